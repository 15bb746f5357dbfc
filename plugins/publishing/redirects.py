"""Collect the redirects from the aliases of entries."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from msgspec import Struct

from plugins.base.problem import Problem
from plugins.content_model.entry import Entry
from plugins.content_model.permalink import file, split_query, suffix
from plugins.engine.outputs import Claim, Owner, claimed_twice


class Redirect(Struct, frozen=True):
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
        """Whether a redirect page stands at the alias.

        At an old file of a feed the feed itself does. No file stands at an alias with a query.
        """
        return not (self.media_type and suffix(self.alias)) and not split_query(self.alias)[1]

    @property
    def file(self) -> str:
        """The output file of the redirect page. Two aliases with one file are one address."""
        return file(self.alias)


def redirects(entries: Iterable[Entry]) -> tuple[list[Redirect], list[Problem]]:
    """Return the redirects of ``entries``, one for each file, and the problems of aliases.

    The outputs report two entries with one redirect page. This function reports two entries with one alias that has no
    page, because of its query.
    """
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
            if first.target != redirect.target and redirect.has_page:
                clashes.append(redirect)
            elif first.target != redirect.target:
                problems.append(claimed_twice(owner, first.owner, f"the address `{alias}` is also"))
    return [*found.values(), *clashes], problems
