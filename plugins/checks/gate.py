"""The gate: every rule on every page of a built site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from plugins.checks.built import BuiltPage, BuiltSite
from plugins.checks.engines import axe, feeds, files, firefox, keyboard, layout, lighthouse, loading, markup, paper
from plugins.checks.engines.browser import Check, look_at
from plugins.checks.report import Progress
from plugins.checks.rules import HEAVY, READING, Figure, Finding, Miss, Rule
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


@dataclass(frozen=True)
class Gate:
    """What to check, and with what.

    Attributes:
        site: the built site.
        rules: those to check.
        pages: those to check them on.
        heavy: those of them for the engines that take seconds a page.
        whole: True when ``pages`` are all there are: files that are no pages are checked then too.
        tools: the programs; None where only rules of the engines ``READING`` are checked.
    """

    site: BuiltSite
    rules: Sequence[Rule]
    pages: Sequence[BuiltPage]
    heavy: Sequence[BuiltPage]
    whole: bool
    tools: Tools | None

    def run(self, progress: Progress) -> tuple[list[Miss], list[Figure]]:
        """Return the misses, in order, each once, and the figures."""
        names = {rule.name for rule in self.rules}
        found = set(self._findings(progress))
        misses = sorted(one for one in found if isinstance(one, Miss) and one.rule in names)
        return misses, sorted(one for one in found if isinstance(one, Figure))

    def _findings(self, progress: Progress) -> Iterator[Finding]:
        asked = {rule.engine for rule in self.rules}
        if "files" in asked:
            yield from self._files(progress)
        if "feeds" in asked:
            with progress.of("feeds", 1) as tick:
                yield from feeds.check(self.site)
                tick()
        if self.tools is not None:
            yield from self._by_programs(asked, progress, self.tools)

    def _by_programs(self, asked: set[str], progress: Progress, tools: Tools) -> Iterator[Finding]:
        for name, engine in _OF_FILES.items():
            if name in asked:
                with progress.of(name, 1) as tick:
                    yield from engine(self.site, [*self.pages, *self._redirects()], tools)
                    tick()
        if asked & {*_IN_CHROMIUM, *_OF_PAGES}:
            yield from self._served(asked, progress, tools)

    def _redirects(self) -> Sequence[BuiltPage]:
        return self.site.redirects if self.whole else ()

    def _files(self, progress: Progress) -> Iterator[Finding]:
        with progress.of("files", len(self.pages)) as tick:
            for page in self.pages:
                yield from files.check(self.site, page)
                tick()
            for page in self._redirects():
                yield from files.check_redirect(self.site, page)
            addresses = {page.address for page in self.pages}
            yield from (miss for miss in files.check_titles(self.site) if miss.page in addresses)

    def _served(self, asked: set[str], progress: Progress, tools: Tools) -> Iterator[Finding]:
        with ExitStack() as stack:
            url = stack.enter_context(serving(self.site, tools))
            chosen = {name: check for name, check in _IN_CHROMIUM.items() if name in asked}
            if chosen:
                with progress.of(", ".join(chosen), len(self.pages)) as tick:
                    checks = list(chosen.values())
                    yield from look_at(self.site, url, self.pages, checks, tools=tools, tick=tick)
            for name, engine in _OF_PAGES.items():
                if name in asked and self.heavy:
                    with progress.of(name, len(self.heavy)) as tick:
                        yield from engine(url, self.heavy, tools, tick)


def without_heavy(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return ``rules`` without those whose engine takes seconds a page."""
    return tuple(rule for rule in rules if rule.engine not in HEAVY)


def without_programs(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return those of ``rules`` that are checked by reading files, without any other program."""
    return tuple(rule for rule in rules if rule.engine in READING)
