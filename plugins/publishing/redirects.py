"""Collect the redirects from the aliases of entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from plugins.base.problem import Problem
from plugins.content_model.entry import Entry
from plugins.content_model.permalink import file
from plugins.engine.outputs import Claim, Owner


@dataclass(frozen=True, slots=True)
class Redirect:
    """A redirect from an alias to an entry.

    Attributes:
        alias: the old address, root-relative, as written in the front matter.
        target: the entry's permalink.
        label: the entry's title.
        owner: the position of the alias in the entry's front matter.
    """

    alias: str
    target: str
    label: str
    owner: Owner

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
