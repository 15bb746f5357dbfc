"""Outputs: the files that a build will write, each claimed by one owner before anything is rendered."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Generic, TypeVar

from plugins.base.problem import Position, Problem

_T = TypeVar("_T")


class Claim(enum.IntEnum):
    """How good a claim to a file is; of two, the lower stands and the other is the one to change.

    Attributes:
        SITE: a file that every site has, such as a list.
        ENTRY: the page of an entry.
        ALIAS: an old address of an entry.
    """

    SITE = 0
    ENTRY = 1
    ALIAS = 2


@dataclass(frozen=True, slots=True)
class Owner:
    """Who wants a file, for the problem when two want one.

    Attributes:
        path: the file of the content that asks.
        find: returns the place in it that asks; called only when there is a problem.
        claim: how good the claim is.
    """

    path: str
    find: Callable[[], Position] = Position
    claim: Claim = Claim.ENTRY

    @property
    def position(self) -> Position:
        """The place in the file that asks."""
        return self.find()

    @property
    def sort_key(self) -> tuple[Claim, str, Position]:
        """The order of claims, whatever the order in which they were made."""
        return (self.claim, self.path, self.position)


@dataclass(frozen=True, slots=True)
class Recipe(Generic[_T]):
    """How a file is made of what it depends on: a build that knows the file of the same inputs makes it no more.

    Attributes:
        inputs: what the file is made of.
        make: returns the bytes. It is given the inputs, and uses nothing else.
        name_parts: returns all that the file depends on, besides the code itself, under names for people, who may ask
            why a file was made anew. The values can be pickled.
    """

    inputs: _T
    make: Callable[[_T], bytes]
    name_parts: Callable[[_T], Mapping[str, object]] = lambda inputs: {"what it is made of": inputs}

    def parts(self) -> Mapping[str, object]:
        """Return all that the file depends on, under names for people."""
        return self.name_parts(self.inputs)

    def __call__(self) -> bytes:
        """Return the bytes."""
        return self.make(self.inputs)


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site.

    Attributes:
        path: relative to the output folder, with forward slashes.
        owner: who asked for it.
        make: returns the bytes; called after every problem is known. One that is no ``Recipe`` is called in each build.
        late: made after the others, when what they hold is known (``files_rendered``).
    """

    path: str
    owner: Owner
    make: Callable[[], bytes]
    late: bool = False


class Outputs:
    """The planned files, by path. Two owners of one path are a problem that names both."""

    def __init__(self) -> None:
        self._claims: dict[str, list[Output]] = {}
        self._in_order: tuple[Output, ...] | None = None

    def add(self, path: str, owner: Owner, make: Callable[[], bytes], *, late: bool = False) -> None:
        """Plan a file.

        Args:
            path: relative to the output folder.
            owner: who asks.
            make: returns its bytes.
            late: True for a file that tells of the others.

        Raises:
            ValueError: when ``path`` leads out of the output folder, or names a file of the machine's root.
        """
        if path.startswith("/") or ".." in path.split("/"):
            raise ValueError(f"the output {path} is not below the output folder")
        # Hosts and readers' file systems may not tell upper from lower case.
        self._in_order = None
        self._claims.setdefault(path.casefold(), []).append(Output(path, owner, make, late))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The clashes found so far, also those of a file that stands where another needs a folder."""
        return tuple(self._clashes())

    def _clashes(self) -> Iterator[Problem]:
        for claims in self._claims.values():
            if len(claims) == 1:
                continue
            first, *others = sorted(claims, key=_precedence)
            address = "/" + first.path.removesuffix("index.html")
            for other in others:
                yield _clash(other, first, f"the address `{address}` is also")
        # Most folders hold many files, and nearly none is the path of one.
        folders = {path.rpartition("/")[0] for path in self._claims}
        if self._claims.keys().isdisjoint(above for folder in folders for above in _with_those_above(folder)):
            return
        for output in self:
            for folder in _with_those_above(output.path.casefold().rpartition("/")[0]):
                holders = self._claims.get(folder)
                if holders:
                    holder = min(holders, key=_precedence)
                    yield _clash(output, holder, f"the address `/{output.path}` lies below `/{holder.path}`, which is")

    def __iter__(self) -> Iterator[Output]:
        """Give the files in the order of their paths."""
        if self._in_order is None:
            claims = self._claims.values()
            standing = (claim[0] if len(claim) == 1 else min(claim, key=_precedence) for claim in claims)
            self._in_order = tuple(sorted(standing, key=attrgetter("path")))
        return iter(self._in_order)

    def __len__(self) -> int:
        return len(self._claims)


def _with_those_above(folder: str) -> Iterator[str]:
    """Yield ``folder``, and each folder that it lies in."""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def _precedence(output: Output) -> tuple[Claim, str, Position]:
    return output.owner.sort_key


def _clash(output: Output, other: Output, what: str) -> Problem:
    by = f"claimed by {other.owner.path} (line {other.owner.position.line})"
    if other.owner.claim is Claim.SITE:
        by = "one that every site has"
    return Problem(
        output.owner.path,
        output.owner.position,
        "address-claimed-twice",
        f"{what} {by}",
        "change the slug or the alias of one of the two" if other.owner.claim is not Claim.SITE else "choose another",
    )
