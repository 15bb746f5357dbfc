"""Check the requests, storage and console messages of loading a page, and the page without JavaScript."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

from plugins.link_check.pages import HELP
from plugins.link_check.violation import Violation
from tests.site_audit.engines.browser import Look, probe
from tests.site_audit.pages import page_type
from tests.site_audit.rules import ARTICLE_REQUESTS, ARTICLE_WEIGHT, Figure, Finding

_BLOCKED = """
window.blocked = [];
document.addEventListener("securitypolicyviolation", (event) => window.blocked.push({
  element: `${event.effectiveDirective} ${event.blockedURI}`,
  detail: `blocked at line ${event.lineNumber} ${event.sample}`.trim(),
}));
"""
#: The types of pages that are weighed.
_WEIGHED = frozenset({"articles/*", ""})
#: Widths of windows with twice the density, in CSS pixels: a phone and a tablet.
_PICTURE_WIDTHS = (360, 768)
#: The types of console messages that are violations.
_COMPLAINTS = frozenset({"error", "warning", "assert"})
_GOOD = 400


def check(look: Look) -> Iterator[Finding]:
    """Yield the violations of loading the page."""
    failed: list[dict[str, str]] = []
    said: list[dict[str, str]] = []
    with look.windows.new() as window:
        window.add_init_script(_BLOCKED)
        window.on(
            "requestfailed", lambda request: failed.append({"element": request.url, "detail": str(request.failure)})
        )
        window.on(
            "response",
            lambda got: (
                failed.append({"element": got.url, "detail": f"status {got.status}"}) if got.status >= _GOOD else None
            ),
        )
        window.on(
            "console",
            lambda line: said.append({"element": line.text, "detail": line.type}) if line.type in _COMPLAINTS else None,
        )
        window.on("pageerror", lambda error: said.append({"element": str(error), "detail": "uncaught error"}))
        look.load(window)
        _to_the_end(window)
        yield from look.violations("csp", window.evaluate("window.blocked"))
        yield from look.violations("request-failed", (one for one in failed if "csp" not in one["detail"]))
        # Requests that the policy blocks are reported above.
        yield from look.violations(
            "console-error", (one for one in said if "Content Security Policy" not in one["element"])
        )
        cookies = window.context.cookies()
        yield from look.violations(
            "cookie", ({"element": str(one.get("name")), "detail": "it is set"} for one in cookies)
        )
        yield from look.violations("storage", probe(window, "stored"))
        with_script = probe(window, "words")
    yield from _of_other_hosts(look)
    yield from _without_script(look, with_script)
    if b"fetchpriority" in look.page.data:
        yield from _pictures(look)
    if page_type(look.page) in _WEIGHED:
        yield from _weight(look)


def _to_the_end(window: Page) -> None:
    """Scroll through the page, so that lazy content is loaded."""
    window.evaluate("""async () => {
        for (let y = 0; y < document.scrollingElement.scrollHeight; y += innerHeight) {
            scrollTo({ top: y, behavior: "instant" });
            await new Promise(requestAnimationFrame);
        }
        scrollTo({ top: 0, behavior: "instant" });
        const waiting = [...document.images].filter((image) => !image.complete);
        const come = (image) => new Promise((done) => { image.onload = image.onerror = done; });
        // One that is out of sight, or that the policy blocks, may never come.
        await Promise.race([Promise.all(waiting.map(come)), new Promise((done) => { setTimeout(done, 2000); })]);
    }""")


def _of_other_hosts(look: Look) -> Iterator[Violation]:
    """Load the page from a host that sends no policy, and report its requests to other hosts."""
    place = urlsplit(look.url)
    own = (f"{place.scheme}://{place.netloc}/", "data:", "blob:")
    asked: list[str] = []
    window = look.windows.standing(bypass_csp=True)
    window.on("request", note := lambda request: asked.append(request.url))
    _to_the_end(look.open(bypass_csp=True))
    window.remove_listener("request", note)
    foreign = dict.fromkeys(url for url in asked if not url.startswith(own))
    yield from look.violations(
        "third-party-request", ({"element": url, "detail": "it is asked for"} for url in foreign)
    )


def _without_script(look: Look, with_script: dict[str, Any]) -> Iterator[Violation]:
    without = probe(look.open(java_script_enabled=False), "words")
    missing = Counter(with_script["words"]) - Counter(without["words"])
    if missing:
        yield Violation(
            look.page.address, "no-script", "body", f"missing without JavaScript: {' '.join(list(missing)[:8])}"
        )
    lost = [href for href in with_script["links"] if href not in without["links"]]
    for href in lost[:5]:
        yield Violation(look.page.address, "no-script", f"a[href={href}]", "this link is missing without JavaScript")
    leads_to_help = any(urlsplit(href).path.endswith(HELP) for href in without["links"])
    if look.page.address != HELP and not leads_to_help:
        yield Violation(look.page.address, "no-script", "body", "no link to help can be seen without JavaScript")


def _pictures(look: Look) -> Iterator[Violation]:
    """Report a first picture that a phone or a tablet loads in the wrong width."""
    for width in _PICTURE_WIDTHS:
        # A browser takes a larger picture that it has already, so each window is new.
        with look.windows.new(width=width, height=740, device_scale_factor=2) as window:
            look.load(window)
            yield from look.violations("picture-width", probe(window, "pictures"))


def _weight(look: Look) -> Iterator[Finding]:
    """Measure what a phone loads of a page before scrolling."""
    weights: list[float] = []
    urls: set[str] = set()
    with look.windows.new(width=360, height=740, device_scale_factor=2) as window:
        session = window.context.new_cdp_session(window)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", lambda event: urls.add(event["request"]["url"]))
        session.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
        look.load(window)
        window.wait_for_load_state("networkidle")
        eager = window.locator("main img:not([loading=lazy])").count()
    yield Figure(look.page.address, "weight", sum(weights))
    yield Figure(look.page.address, "requests", len(urls))
    if eager > 1 or page_type(look.page) != "articles/*":
        return
    if sum(weights) > ARTICLE_WEIGHT:
        yield Violation(look.page.address, "article-weight", "", f"a phone loads {sum(weights):,.0f} bytes")
    if len(urls) > ARTICLE_REQUESTS:
        yield Violation(look.page.address, "article-requests", "", f"a phone makes {len(urls)} requests")
