"""Run the engines that check pages in Chromium."""

from __future__ import annotations

import contextlib
import os
import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct
from playwright.sync_api import Browser, Page, sync_playwright

from plugins.link_check.built_site import BuiltPage, BuiltSite
from plugins.link_check.violation import Violation
from tests.site_audit.rules import Finding
from tests.site_audit.tools import Tools

_PROBES = Path(__file__).resolve().parents[1] / "probes"
_PRELUDE = ("describe", "look")
#: The timeout of loading a page in milliseconds.
_PATIENCE = 30_000
#: The default width and height of a window in CSS pixels.
_DESK = (1280, 900)

Scheme = Literal["light", "dark"]
Motion = Literal["no-preference", "reduce"]


class Windows:
    """The windows of one Chromium, new or reused.

    Args:
        browser: a running browser, whose windows are closed when it ends.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._open: dict[tuple[tuple[str, bool], ...], Page] = {}

    @contextlib.contextmanager
    def new(self, *, width: int = _DESK[0], height: int = _DESK[1], **options: Any) -> Iterator[Page]:
        """Open an empty window with a context of its own.

        Args:
            width: of the window, in CSS pixels.
            height: of the window.
            **options: of Playwright's ``new_context``.
        """
        window = self._made(viewport={"width": width, "height": height}, **options)
        try:
            yield window
        finally:
            window.context.close()

    def standing(self, **options: bool) -> Page:
        """Return the reused window with ``options``, because opening one takes longer than loading a page."""
        kind = tuple(sorted(options.items()))
        if kind not in self._open:
            self._open[kind] = self._made(**options)
        return self._open[kind]

    def _made(self, **options: Any) -> Page:
        window = self._browser.new_context(ignore_https_errors=True, **options).new_page()
        window.set_default_timeout(_PATIENCE)
        return window


class Look(Struct, frozen=True):
    """A page that an engine checks.

    Attributes:
        windows: the windows of a running Chromium.
        site: the site.
        url: its local URL without a slash at the end.
        page: the page.
    """

    windows: Windows
    site: BuiltSite
    url: str
    page: BuiltPage

    def open(
        self, *, width: int = _DESK[0], height: int = _DESK[1], motion: Motion = "no-preference", **options: bool
    ) -> Page:
        """Open the page in a reused window, for checks that do not depend on the browser's state.

        Args:
            width: of the window, in CSS pixels.
            height: of the window.
            motion: the reader's preference for motion.
            **options: of Playwright's ``new_context``.
        """
        window = self.windows.standing(**options)
        window.set_viewport_size({"width": width, "height": height})
        window.emulate_media(media="screen", color_scheme="light", forced_colors="none", reduced_motion=motion)
        self.load(window)
        return window

    def load(self, window: Page) -> None:
        """Load the page in ``window``."""
        window.goto(f"{self.url}{self.page.address}", wait_until="load")

    def violations(self, rule: str, found: Iterable[Mapping[str, str]], where: str = "") -> Iterator[Violation]:
        """Yield a violation of ``rule`` for each result of a probe. ``where`` describes the window."""
        for one in found:
            detail = f"{one['detail']} ({where})" if where else one["detail"]
            yield Violation(self.page.address, rule, one["element"], detail)


Check = Callable[[Look], Iterable[Finding]]


def probe(window: Page, name: str, argument: object = None) -> Any:
    """Run the script ``name`` of ``probes/`` in ``window`` and return its result."""
    prelude = "\n".join((_PROBES / f"{part}.js").read_text(encoding="utf-8") for part in _PRELUDE)
    script = (_PROBES / f"{name}.js").read_text(encoding="utf-8")
    return window.evaluate(
        f"async (argument) => {{\n{prelude}\nconst probe =\n{script};\nreturn await probe(argument);\n}}", argument
    )


def look_at(
    site: BuiltSite,
    url: str,
    pages: Sequence[BuiltPage],
    checks: Sequence[Check],
    *,
    tools: Tools,
    tick: Callable[[], None],
) -> list[Finding]:
    """Run ``checks`` on ``pages`` in one thread for each processor, and return their findings.

    Args:
        site: the site.
        url: its local URL.
        pages: the pages.
        checks: the checks, which are called with one page.
        tools: has the path of Chromium.
        tick: called after each page.
    """
    waiting: queue.SimpleQueue[BuiltPage] = queue.SimpleQueue()
    for page in pages:
        waiting.put(page)
    found: list[Finding] = []
    failures: list[BaseException] = []

    def work() -> None:
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=tools.chromium, args=list(tools.chromium_flags))
                windows = Windows(browser)
                while not failures:
                    try:
                        page = waiting.get_nowait()
                    except queue.Empty:
                        break
                    look = Look(windows, site, url, page)
                    for check in checks:
                        found.extend(check(look))
                    tick()
                browser.close()
        except BaseException as failure:  # noqa: BLE001 - raised again by the thread that waits
            failures.append(failure)

    # A Playwright browser can be used only by the thread that started it.
    threads = [threading.Thread(target=work, daemon=True) for _ in range(min(os.cpu_count() or 1, len(pages)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return found
