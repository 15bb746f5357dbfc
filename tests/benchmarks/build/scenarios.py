"""Define the scenarios: a change of a site since its last build, and what the next build must show."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from tests.benchmarks.build.corpus import Article, Corpus
from tests.benchmarks.build.measuring import Failed, Measurement
from tests.benchmarks.build.site import Site


class Scenario(Struct, frozen=True):
    """A change of a site.

    Attributes:
        name: its name in reports.
        prepare: makes the change with a word that is not on the site yet.
        shown_on: returns the article whose page must show that word, or None.
        tidy: undoes the change where it cannot be repeated, or None.
        only_ours: True if the scenario applies only to tools with a cache.
    """

    name: str
    prepare: Callable[[Site, str], None]
    shown_on: Callable[[Corpus], Article] | None = None
    tidy: Callable[[Site], None] | None = None
    only_ours: bool = False

    def measure(self, site: Site, turn: int) -> Measurement:
        """Make the change for the ``turn``-th time, build the site, and return the measurements.

        Raises:
            Failed: when the build fails or does not show the change.
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
    """Change nothing."""


def _edit_body(site: Site, word: str) -> None:
    site.write(site.corpus.old, f"Edited paragraph {word}.")


def _edit_title(site: Site, word: str) -> None:
    site.write(_titled(site.corpus.articles[-1], word))


def _add(site: Site, word: str) -> None:
    site.write(_titled(site.corpus.added, word))


def _remove_added(site: Site) -> None:
    """Remove the added article. An incremental tool builds again, so that its next build has one change."""
    site.remove(site.corpus.added)
    if site.tool.remembers:
        site.build()


def _titled(article: Article, word: str) -> Article:
    return replace(article, title=f"{word} {article.title}")


COLD = Scenario("cold", _cold)
RESTORED = Scenario("cold output, cache restored", _restored, only_ours=True)
UNCHANGED = Scenario("nothing changed", _unchanged)
BODY = Scenario("one body edited", _edit_body, lambda corpus: corpus.old)
TITLE = Scenario("newest title edited", _edit_title, lambda corpus: corpus.articles[0])
ADDED = Scenario("one article added", _add, lambda corpus: corpus.articles[0], _remove_added)
#: In the order of measurement. Each scenario starts with the result of the one before.
SCENARIOS = (COLD, RESTORED, UNCHANGED, BODY, TITLE, ADDED)
