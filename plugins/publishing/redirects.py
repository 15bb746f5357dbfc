"""Collect the redirects from the aliases of entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from plugins.base.problem import Problem
from plugins.content_model.entry import Entry
from plugins.content_model.permalink import file, suffix
from plugins.engine.outputs import Claim, Owner


@dataclass(frozen=True, slots=True)
class Redirect:
    """A redirect from an alias to an entry or a feed.

    Attributes:
        alias: the old address, root-relative and decoded.
        target: the permalink of the entry or of the feed.
        label: the title of the entry or of the feed.
        owner: the position of the alias in the entry's front matter, or the settings.
        media_type: of a feed; "" for an entry.
    """

    alias: str
    target: str
    label: str
    owner: Owner
    media_type: str = ""

    @property
    def has_page(self) -> bool:
        """Whether a redirect page stands at the alias. At an old file of a feed the feed itself does."""
        return not (self.media_type and suffix(self.alias))

    @property
    def file(self) -> str:
        """The output file of the redirect page."""
        return file(self.alias)


def redirects(entries: Iterable[Entry]) -> tuple[list[Redirect], list[Problem]]:
    """Return the redirects of ``entries``, one for each file, and a problem for each alias of an entry to itself."""
    found: dict[str, Redirect] = {}
    clashes: list[Redirect] = []
    problems: list[Problem] = []
    for entry in entries:
        for number, alias in enumerate(entry.aliases):
            owner = Owner(entry.source.path, partial(entry.source.position, "aliases", number), Claim.ALIAS)
            redirect = Redirect(alias, entry.permalink, entry.title, owner)
            if redirect.file == file(entry.permalink):
                problems.append(
                    Problem(
                        owner.path,
                        owner.position,
                        "alias-of-itself",
                        f"`{alias}` is the entry's own address",
                        "delete the alias",
                    ),
                )
                continue
            first = found.setdefault(redirect.file, redirect)
            # `/blog/slug` and `/blog/slug/` of one entry are the same page. Two entries with one alias clash.
            if first.target != redirect.target:
                clashes.append(redirect)
    return [*found.values(), *clashes], problems
