"""The audit: the engines that run browsers and other programs; the extra ``check-site`` installs what they import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from plugins.checks.built import BuiltPage, BuiltSite
from plugins.checks.engines import axe, firefox, keyboard, layout, lighthouse, loading, markup, paper
from plugins.checks.engines.browser import Check, look_at
from plugins.checks.gate import Gate
from plugins.checks.report import Progress
from plugins.checks.rules import Finding, Miss
from plugins.checks.serving import serving
from plugins.checks.tools import Tools

#: Engines that look at one page at a time in Chromium.
_IN_CHROMIUM: dict[str, Check] = {
    "loading": loading.check,
    "layout": layout.check,
    "keyboard": keyboard.check,
    "paper": paper.check,
    "axe": axe.check,
}
#: Engines that read all files at once.
_OF_FILES: dict[str, Callable[[BuiltSite, Sequence[BuiltPage], Tools], Iterable[Miss]]] = {
    "nu": markup.nu,
    "html-validate": markup.html_validate,
    "stylelint": markup.stylelint,
}
#: Engines that take seconds a page.
_OF_PAGES: dict[str, Callable[[str, Sequence[BuiltPage], Tools, Callable[[], None]], Iterable[Finding]]] = {
    "firefox": firefox.check,
    "lighthouse": lighthouse.check,
}


def audit(gate: Gate, progress: Progress, *, tools: Tools) -> Iterator[Finding]:
    """Yield what the programs of ``tools`` find; see ``Engines``."""
    for name, engine in _OF_FILES.items():
        if name in gate.asked:
            with progress.of(name, 1) as tick:
                yield from engine(gate.site, [*gate.pages, *gate.redirects], tools)
                tick()
    if gate.asked & {*_IN_CHROMIUM, *_OF_PAGES}:
        with serving(gate.site, tools) as url:
            yield from _served(gate, url, progress, tools)


def _served(gate: Gate, url: str, progress: Progress, tools: Tools) -> Iterator[Finding]:
    chosen = {name: check for name, check in _IN_CHROMIUM.items() if name in gate.asked}
    if chosen:
        with progress.of(", ".join(chosen), len(gate.pages)) as tick:
            yield from look_at(gate.site, url, gate.pages, list(chosen.values()), tools=tools, tick=tick)
    for name, engine in _OF_PAGES.items():
        if name in gate.asked and gate.heavy:
            with progress.of(name, len(gate.heavy)) as tick:
                yield from engine(url, gate.heavy, tools, tick)
