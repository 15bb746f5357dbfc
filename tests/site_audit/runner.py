"""Run the engines that the selected rules need on the pages of a built site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from plugins.link_check import feeds, pages
from plugins.link_check.built_site import BuiltPage, BuiltSite
from plugins.link_check.violation import Violation
from tests.site_audit.engines import axe, files, firefox, keyboard, layout, lighthouse, loading, markup, print_media
from tests.site_audit.engines.browser import Check, look_at
from tests.site_audit.report import Progress
from tests.site_audit.rules import Figure, Finding, Rule
from tests.site_audit.server import serving
from tests.site_audit.tools import Tools

#: Engines that check one page at a time in Chromium.
_IN_CHROMIUM: dict[str, Check] = {
    "loading": loading.check,
    "layout": layout.check,
    "keyboard": keyboard.check,
    "print": print_media.check,
    "axe": axe.check,
}
#: Checkers that read all files at once.
_OF_FILES: dict[str, Callable[[BuiltSite, Sequence[BuiltPage], Tools], Iterable[Violation]]] = {
    "nu": markup.nu,
    "html-validate": markup.html_validate,
    "stylelint": markup.stylelint,
}
#: Engines that take seconds for a page.
_OF_PAGES: dict[str, Callable[[str, Sequence[BuiltPage], Tools, Callable[[], None]], Iterable[Finding]]] = {
    "firefox": firefox.check,
    "lighthouse": lighthouse.check,
}


class Audit(Struct, frozen=True):
    """The parts of an audit.

    Attributes:
        site: the built site.
        rules: the rules to check.
        pages: the pages to check.
        heavy: the pages for the engines that take seconds for a page.
        whole: True if ``pages`` are all pages. Other files are then checked as well.
        tools: the programs.
    """

    site: BuiltSite
    rules: Sequence[Rule]
    pages: Sequence[BuiltPage]
    heavy: Sequence[BuiltPage]
    whole: bool
    tools: Tools

    def run(self, progress: Progress) -> tuple[list[Violation], list[Figure]]:
        """Return the sorted violations without duplicates, and the figures."""
        names = {rule.name for rule in self.rules}
        found = set(self._findings({rule.engine for rule in self.rules}, progress))
        violations = sorted(one for one in found if isinstance(one, Violation) and one.rule in names)
        return violations, sorted(one for one in found if isinstance(one, Figure))

    def _findings(self, engines: set[str], progress: Progress) -> Iterator[Finding]:
        redirects = self.site.redirects if self.whole else ()
        if "files" in engines:
            with progress.of("files", len(self.pages)) as tick:
                for page in self.pages:
                    yield from files.check(self.site, page)
                    tick()
                for page in redirects:
                    yield from pages.check_redirect(self.site, page)
                addresses = {page.address for page in self.pages}
                yield from (one for one in files.check_titles(self.site) if one.page in addresses)
        if "feeds" in engines:
            with progress.of("feeds", 1) as tick:
                yield from feeds.check(self.site)
                tick()
        for name, engine in _OF_FILES.items():
            if name in engines:
                with progress.of(name, 1) as tick:
                    yield from engine(self.site, [*self.pages, *redirects], self.tools)
                    tick()
        if engines & {*_IN_CHROMIUM, *_OF_PAGES}:
            with serving(self.site, self.tools) as url:
                yield from self._served(engines, url, progress)

    def _served(self, engines: set[str], url: str, progress: Progress) -> Iterator[Finding]:
        checks = {name: check for name, check in _IN_CHROMIUM.items() if name in engines}
        if checks:
            with progress.of(", ".join(checks), len(self.pages)) as tick:
                yield from look_at(self.site, url, self.pages, list(checks.values()), tools=self.tools, tick=tick)
        for name, engine in _OF_PAGES.items():
            if name in engines and self.heavy:
                with progress.of(name, len(self.heavy)) as tick:
                    yield from engine(url, self.heavy, self.tools, tick)
