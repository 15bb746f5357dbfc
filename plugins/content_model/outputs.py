"""Outputs: the files that a build will write, each claimed by one owner before anything is rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from plugins.content_model.problem import Position, Problem


@dataclass(frozen=True, slots=True)
class Owner:
    """Who wants a file: the entry's file and the place in it that asks, for the problem when two want one."""

    path: str
    position: Position = field(default_factory=Position)


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site.

    Attributes:
        path: relative to the output folder, with forward slashes.
        owner: who asked for it.
        make: returns the bytes; called once, after every problem is known.
    """

    path: str
    owner: Owner
    make: Callable[[], bytes]


class Outputs:
    """The planned files, by path. Two owners of one path are a problem that names both."""

    def __init__(self) -> None:
        self._by_path: dict[str, Output] = {}
        self._problems: list[Problem] = []

    def add(self, path: str, owner: Owner, make: Callable[[], bytes]) -> None:
        """Plan a file.

        Args:
            path: relative to the output folder.
            owner: who asks.
            make: returns its bytes.
        """
        # Hosts and readers' file systems may not tell upper from lower case.
        first = self._by_path.setdefault(path.casefold(), Output(path, owner, make))
        if first.owner is owner and first.make is make:
            return
        address = "/" + path.removesuffix("index.html")
        self._problems.append(
            Problem(
                owner.path,
                owner.position,
                "address-claimed-twice",
                f"the address `{address}` is also claimed by {first.owner.path} (line {first.owner.position.line})",
                "change the slug or the alias of one of the two",
            ),
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The clashes found so far, also those of a file that stands where another needs a folder."""
        folders: list[Problem] = []
        for output in self._by_path.values():
            parts = output.path.casefold().split("/")
            for length in range(1, len(parts)):
                other = self._by_path.get("/".join(parts[:length]))
                if other is not None:
                    folders.append(
                        Problem(
                            output.owner.path,
                            output.owner.position,
                            "address-claimed-twice",
                            f"the address `/{output.path}` lies below `/{other.path}`, which is a file of "
                            f"{other.owner.path} (line {other.owner.position.line})",
                            "change the slug or the alias of one of the two",
                        ),
                    )
        return (*self._problems, *folders)

    def __iter__(self) -> Iterator[Output]:
        return iter(sorted(self._by_path.values(), key=lambda output: output.path))

    def __len__(self) -> int:
        return len(self._by_path)
