"""The plan of the files of a build: each has one owner before anything is rendered."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct

from plugins.base.problem import Position, Problem

_T = TypeVar("_T")
#: Stands where the insert of a file belongs. Escaped text and sanitised HTML cannot contain it.
HOLE = "<insert-here>"


class Claim(enum.IntEnum):
    """The priority of a claim to a path. The lower value wins, and the problem is reported at the other.

    Attributes:
        SITE: a file that every site has, for example a list.
        ENTRY: the page of an entry.
        ALIAS: an old address of an entry.
    """

    SITE = 0
    ENTRY = 1
    ALIAS = 2


class Owner(Struct, frozen=True):
    """The source of an output, for the problem when two claim one path.

    Attributes:
        path: the file of the content.
        find: returns the position in it; called only when there is a problem.
        claim: the priority of the claim.
    """

    path: str
    find: Callable[[], Position] = Position
    claim: Claim = Claim.ENTRY

    @property
    def position(self) -> Position:
        """The position in the file."""
        return self.find()

    @property
    def sort_key(self) -> tuple[Claim, str, Position]:
        """Sort key of claims, independent of the order in which they were made."""
        return (self.claim, self.path, self.position)


class Insert(NamedTuple):
    """A part that many files share, such as the recent articles.

    Attributes:
        data: the bytes.
        effect: a digest of what the rest of a file depends on.
    """

    data: bytes
    effect: bytes


class Hole(NamedTuple):
    """The place of the insert in a file.

    Attributes:
        at: its offset.
        end: the offset of what follows it.
        rest: the SHA-256 of the file with ``HOLE`` in its place.
        insert: the SHA-256 of the insert.
    """

    at: int
    end: int
    rest: bytes
    insert: bytes

    @classmethod
    def of(cls, data: bytes, at: int, end: int) -> Hole:
        """Return the place of the insert that is in ``data`` from ``at`` to ``end``."""
        rest = hashlib.sha256(with_hole(data, at, end)).digest()
        return cls(at, end, rest, hashlib.sha256(data[at:end]).digest())


def with_hole(data: bytes, at: int, end: int) -> bytes:
    """Return the file ``data`` with ``HOLE`` in place of its insert."""
    return b"".join((data[:at], HOLE.encode(), data[end:]))


class Filled(NamedTuple):
    """The bytes of a file, and the place of its insert; None without one, or with several."""

    data: bytes
    hole: Hole | None = None


class Recipe(Struct, Generic[_T], frozen=True):
    """The inputs of a file and the function that renders it. With unchanged inputs the file is not rendered again.

    Attributes:
        inputs: the inputs.
        make: returns the bytes for the inputs, and uses nothing else.
        name_parts: returns all inputs besides the code by names for ``--explain``. The values can be pickled.
        insert: returns the insert, which depends only on the last of these parts. ``make`` leaves ``HOLE`` in its
            place. If nothing but the insert changes, and its effect is the same, it is replaced in the last file.
    """

    inputs: _T
    make: Callable[[_T], bytes]
    name_parts: Callable[[_T], Mapping[str, object]] = lambda inputs: {"what it is made of": inputs}
    insert: Callable[[_T], Insert] | None = None

    def parts(self) -> Mapping[str, object]:
        """Return all inputs by names for ``--explain``."""
        return self.name_parts(self.inputs)

    def __call__(self) -> bytes:
        """Return the bytes."""
        return self.filled().data

    def filled(self) -> Filled:
        """Return the bytes, and the place of the insert."""
        data = self.make(self.inputs)
        if self.insert is None:
            return Filled(data)
        before, *others = data.split(HOLE.encode())
        insert = self.insert(self.inputs).data
        filled, at = insert.join((before, *others)), len(before)
        return Filled(filled, Hole.of(filled, at, at + len(insert)) if len(others) == 1 else None)


class Output(Struct, frozen=True):
    """One file of the site.

    Attributes:
        path: relative to the output folder, with forward slashes.
        owner: the source of the file.
        make: returns the bytes; called when all problems are known. Each build calls one that is not a
            ``Recipe``.
        late: True for a file that describes the others, rendered after them (``files_rendered``).
    """

    path: str
    owner: Owner
    make: Callable[[], bytes]
    late: bool = False

    def filled(self) -> Filled:
        """Return the bytes, and the place of the insert."""
        return self.make.filled() if isinstance(self.make, Recipe) else Filled(self.make())

    @property
    def topic(self) -> str:
        """What it shares with other formats; see ``topic_of``."""
        return topic_of(self.path)


def topic_of(path: str) -> str:
    """Return what the formats of a feed or picture share: the path up to the first dot."""
    return path.partition(".")[0]


class Outputs:
    """The planned files by path. Two owners of one path are a problem that names both."""

    def __init__(self) -> None:
        self._claims: dict[str, list[Output]] = {}
        self._in_order: tuple[Output, ...] | None = None

    def add(self, path: str, owner: Owner, make: Callable[[], bytes], *, late: bool = False) -> None:
        """Plan a file.

        Args:
            path: relative to the output folder.
            owner: the source of the file.
            make: returns its bytes.
            late: True for a file that describes the others.

        Raises:
            ValueError: when ``path`` is absolute or leaves the output folder.
        """
        if path.startswith("/") or ".." in path.split("/"):
            raise ValueError(f"the output {path} is not below the output folder")
        self._in_order = None
        # Some hosts and file systems ignore case.
        self._claims.setdefault(path.casefold(), []).append(Output(path, owner, make, late))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The clashes of paths, including a file where another needs a folder."""
        return tuple(self._clashes())

    def _clashes(self) -> Iterator[Problem]:
        for claims in self._claims.values():
            if len(claims) == 1:
                continue
            first, *others = sorted(claims, key=_precedence)
            address = "/" + first.path.removesuffix("index.html")
            for other in others:
                yield claimed_twice(other.owner, first.owner, f"the address `{address}` is also")
        # A quick test first: a folder that is also the path of a file is rare.
        folders = {path.rpartition("/")[0] for path in self._claims}
        if self._claims.keys().isdisjoint(above for folder in folders for above in _with_parents(folder)):
            return
        for output in self:
            for folder in _with_parents(output.path.casefold().rpartition("/")[0]):
                holders = self._claims.get(folder)
                if holders:
                    holder = min(holders, key=_precedence)
                    what = f"the address `/{output.path}` lies below `/{holder.path}`, which is"
                    yield claimed_twice(output.owner, holder.owner, what)

    def __iter__(self) -> Iterator[Output]:
        """Iterate over the files in the order of their paths."""
        if self._in_order is None:
            claims = self._claims.values()
            winners = (claim[0] if len(claim) == 1 else min(claim, key=_precedence) for claim in claims)
            self._in_order = tuple(sorted(winners, key=attrgetter("path")))
        return iter(self._in_order)

    def __len__(self) -> int:
        return len(self._claims)


def _with_parents(folder: str) -> Iterator[str]:
    """Yield ``folder`` and its parents."""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def _precedence(output: Output) -> tuple[Claim, str, Position]:
    return output.owner.sort_key


def claimed_twice(owner: Owner, other: Owner, what: str) -> Problem:
    """Return the problem of ``owner``: ``other`` claims the same address; ``what`` begins the message."""
    by = f"claimed by {other.path} (line {other.position.line})"
    if other.claim is Claim.SITE:
        by = "one that every site has"
    return Problem(
        owner.path,
        owner.position,
        "address-claimed-twice",
        f"{what} {by}",
        "change the slug or the alias of one of the two" if other.claim is not Claim.SITE else "choose another",
    )
