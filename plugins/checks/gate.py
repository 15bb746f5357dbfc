"""The gate: rules on pages of a built site, and the engines that read its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from plugins.checks.built import BuiltPage, BuiltSite
from plugins.checks.engines import feeds, files
from plugins.checks.report import Progress
from plugins.checks.rules import HEAVY, Figure, Finding, Miss, Rule

#: Yields what the engines of some rules find, and shows how far they are.
Engines: TypeAlias = Callable[["Gate", Progress], Iterator[Finding]]


@dataclass(frozen=True)
class Gate:
    """What to check, and with what.

    Attributes:
        site: the built site.
        rules: those to check.
        pages: those to check them on.
        heavy: those of them for the engines that take seconds a page.
        whole: True when ``pages`` are all there are: files that are no pages are checked then too.
        engines: what checks the rules. A rule whose engine is not among them is not checked.
    """

    site: BuiltSite
    rules: Sequence[Rule]
    pages: Sequence[BuiltPage]
    heavy: Sequence[BuiltPage]
    whole: bool
    engines: Sequence[Engines]

    @property
    def asked(self) -> set[str]:
        """The names of the engines that the rules ask for."""
        return {rule.engine for rule in self.rules}

    @property
    def redirects(self) -> Sequence[BuiltPage]:
        """The small pages at old addresses that are checked too."""
        return self.site.redirects if self.whole else ()

    def run(self, progress: Progress) -> tuple[list[Miss], list[Figure]]:
        """Return the misses, in order, each once, and the figures."""
        names = {rule.name for rule in self.rules}
        found = {finding for engines in self.engines for finding in engines(self, progress)}
        misses = sorted(one for one in found if isinstance(one, Miss) and one.rule in names)
        return misses, sorted(one for one in found if isinstance(one, Figure))


def read(gate: Gate, progress: Progress) -> Iterator[Finding]:
    """Yield what can be read from the files of the site, without any other program."""
    if "files" in gate.asked:
        with progress.of("files", len(gate.pages)) as tick:
            for page in gate.pages:
                yield from files.check(gate.site, page)
                tick()
            for page in gate.redirects:
                yield from files.check_redirect(gate.site, page)
            addresses = {page.address for page in gate.pages}
            yield from (miss for miss in files.check_titles(gate.site) if miss.page in addresses)
    if "feeds" in gate.asked:
        with progress.of("feeds", 1) as tick:
            yield from feeds.check(gate.site)
            tick()


def without_heavy(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return ``rules`` without those whose engine takes seconds a page."""
    return tuple(rule for rule in rules if rule.engine not in HEAVY)
