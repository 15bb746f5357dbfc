"""Scenarios: what happened to a site since it was last built, and what its next build must show."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from tests.benchmarks.build.corpus import Article, Corpus
from tests.benchmarks.build.measuring import Failed, Taken
from tests.benchmarks.build.site import Site


@dataclass(frozen=True, slots=True)
class Scenario:
    """One thing that happens to a site.

    Attributes:
        name: what reports call it.
        prepare: makes it happen; the word that it is given appears nowhere on the site yet.
        shown_on: gives the article whose page must show that word afterwards; None where nothing is to be seen.
        tidy: undoes what a next time could not do again; None where there is nothing such.
        only_ours: whether it says nothing of tools that keep no cache.
    """

    name: str
    prepare: Callable[[Site, str], None]
    shown_on: Callable[[Corpus], Article] | None = None
    tidy: Callable[[Site], None] | None = None
    only_ours: bool = False

    def measure(self, site: Site, turn: int) -> Taken:
        """Let it happen for the ``turn``-th time, build the site, and return what that took.

        Raises:
            Failed: when the build ends badly, or does not show what is new.
        """
        word = f"nonce{self.name.replace(' ', '')}{turn}"
        self.prepare(site, word)
        taken = site.build()
        if self.shown_on and not site.shows(word, shown_on := self.shown_on(site.corpus)):
            raise Failed(f"{site.tool.title}: {self.name}, but the page of `{shown_on.slug}` does not show it")
        if self.tidy:
            self.tidy(site)
        return taken


def _cold(site: Site, _: str) -> None:
    site.remove_output()
    site.remove_caches()


def _restored(site: Site, _: str) -> None:
    site.remove_output()


def _unchanged(_: Site, __: str) -> None:
    """Leave all as it is."""


def _edit_body(site: Site, word: str) -> None:
    site.write(site.corpus.old, f"Edited paragraph {word}.")


def _edit_title(site: Site, word: str) -> None:
    site.write(_titled(site.corpus.articles[-1], word))


def _add(site: Site, word: str) -> None:
    site.write(_titled(site.corpus.added, word))


def _take_away(site: Site) -> None:
    """Remove the article that was added; a tool that remembers builds, so that the next build has one change."""
    site.remove(site.corpus.added)
    if site.tool.remembers:
        site.build()


def _titled(article: Article, word: str) -> Article:
    return dataclasses.replace(article, title=f"{word} {article.title}")


COLD = Scenario("cold", _cold)
RESTORED = Scenario("cold output, cache restored", _restored, only_ours=True)
UNCHANGED = Scenario("nothing changed", _unchanged)
BODY = Scenario("one body edited", _edit_body, lambda corpus: corpus.old)
TITLE = Scenario("newest title edited", _edit_title, lambda corpus: corpus.articles[0])
ADDED = Scenario("one article added", _add, lambda corpus: corpus.articles[0], _take_away)
#: In the order in which they are measured: each begins as the one before it ends.
SCENARIOS = (COLD, RESTORED, UNCHANGED, BODY, TITLE, ADDED)
