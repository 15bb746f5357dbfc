"""Check the layout on small screens, with large text, wide spacing, touch and reduced motion."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from playwright.sync_api import Page

from plugins.link_check.violation import Violation
from tests.site_audit.engines.browser import Look, probe
from tests.site_audit.rules import PINNED, TARGET

_NARROWEST, _PHONE, _DESK = 320, 360, 1280
#: A screen of 1280 × 1024 at a zoom of 400 %.
_ZOOMED = {"width": 320, "height": 256, "deviceScaleFactor": 4, "mobile": False}
_DOUBLE = """() => {
    const root = document.documentElement;
    root.style.fontSize = `${2 * parseFloat(getComputedStyle(root).fontSize)}px`;
}"""
_SINGLE = "() => { document.documentElement.style.fontSize = ''; }"
#: Text spacing of WCAG 1.4.12, as a style sheet that the page's policy does not block.
_SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
        p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
}"""
_UNSPACED = "() => { document.adoptedStyleSheets = []; }"


def check(look: Look) -> Iterator[Violation]:
    """Yield the violations in all layouts of the page."""
    told: set[tuple[str, str]] = set()
    for violation in _check(look):
        # A violation is reported for the first window that shows it.
        if (violation.rule, violation.element) not in told:
            told.add((violation.rule, violation.element))
            yield violation


def _check(look: Look) -> Iterator[Violation]:
    window = look.open(width=_DESK, motion="reduce")
    yield from look.violations("reduced-motion", probe(window, "motion"))
    yield from look.violations("target-size", probe(window, "targets", TARGET), f"{_DESK} px")
    yield from _changed(look, window, _DESK)
    window.set_viewport_size({"width": _PHONE, "height": 740})
    yield from look.violations("target-size", probe(window, "targets", TARGET), f"{_PHONE} px")
    yield from _changed(look, window, _PHONE)
    window.set_viewport_size({"width": _NARROWEST, "height": 568})
    yield from _fits(look, window, "reflow", f"{_NARROWEST} px")
    with _as(window, _SPACED, _UNSPACED):
        yield from _fits(look, window, "text-spacing", f"{_NARROWEST} px, wide spacing")
    with _zoomed(window):
        yield from _fits(look, window, "zoom", "400 % zoom")
        yield from look.violations("pinned", probe(window, "pinned", PINNED))


def _changed(look: Look, window: Page, width: int) -> Iterator[Violation]:
    """Check the page as it is, with large text and with wide spacing in a window of ``width``."""
    yield from look.violations("cut-text", probe(window, "cut"), f"{width} px")
    with _as(window, _DOUBLE, _SINGLE):
        yield from _fits(look, window, "text-size", f"{width} px, text at 200 %")
    with _as(window, _SPACED, _UNSPACED):
        yield from _fits(look, window, "text-spacing", f"{width} px, wide spacing")


@contextlib.contextmanager
def _as(window: Page, do: str, undo: str) -> Iterator[None]:
    window.evaluate(do)
    yield
    window.evaluate(undo)


@contextlib.contextmanager
def _zoomed(window: Page) -> Iterator[None]:
    session = window.context.new_cdp_session(window)
    session.send("Emulation.setDeviceMetricsOverride", dict(_ZOOMED))
    yield
    session.detach()


def _fits(look: Look, window: Page, rule: str, where: str) -> Iterator[Violation]:
    yield from look.violations(rule, probe(window, "sideways"), where)
    yield from look.violations("cut-text", probe(window, "cut"), where)
