"""Opener: the first line of a ``///`` block, read and judged by itself."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from plugins.base.problem import Position, Problem
from plugins.markdown_blocks.block_kinds import BLOCK_KINDS, BlockKind, Need
from plugins.markdown_blocks.context import Context
from plugins.markdown_blocks.quote_permission import check_source

_NAME = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Opener:
    """The line that opens a block.

    Attributes:
        position: where its slashes stand.
        slashes: how many there are.
        rest: what follows them, without the spaces around it.
        rest_column: where that begins.
    """

    position: Position
    slashes: int
    rest: str
    rest_column: int

    @property
    def name(self) -> str:
        """What stands before the bar, in lower case."""
        return self.rest.partition("|")[0].rstrip(" ").lower()

    @property
    def argument(self) -> str:
        """What stands after the bar."""
        return self.rest.partition("|")[2].strip(" ")

    @property
    def kind(self) -> BlockKind | None:
        """The kind of block that is opened, or None if there is no such kind."""
        return BLOCK_KINDS.get(self.name) if _NAME.fullmatch(self.name) else None

    def problems(self, context: Context) -> Iterator[Problem]:
        """Yield what is wrong with the line.

        Args:
            context: which commitments and help contacts there are.
        """
        kind = self.kind
        if kind is None:
            yield self._unknown(context)
        elif kind.argument is Need.NONE and self.argument:
            yield self._refused(kind, context)
        elif kind.argument is Need.REQUIRED and not self.argument.strip(" ,"):
            yield context.problem(
                self.position,
                "missing-argument",
                f"the block `{kind.name}` needs {kind.argument_is}",
                f"write it after a bar: `{kind.opener}`",
            )
        elif kind.name == "quote":
            yield from check_source(self.argument, self.position, context)
        elif kind.name == "commitments":
            for wanted, position in self._ids(context.commitment_ids):
                yield context.problem(
                    position,
                    "unknown-commitment",
                    f"there is no commitment with the id `{wanted}`",
                    self._meant(wanted, context.commitment_ids) or "use the id of a file in content/commitments",
                )
        elif kind.name == "help":
            for wanted, position in self._ids(context.contacts):
                yield context.problem(
                    position,
                    "unknown-contact",
                    f"the help register has no contact `{wanted}`",
                    self._meant(wanted, context.contacts) or "use an id that stands in content/register/help.yaml",
                )

    def _ids(self, known: Collection[str]) -> Iterator[tuple[str, Position]]:
        """Yield each id of the argument that is not ``known``, with its place."""
        start = self.rest_column + self.rest.index("|") + 1
        for part in re.finditer(r"[^,]+", self.rest.partition("|")[2]):
            wanted = part[0].strip()
            if wanted and wanted not in known:
                column = start + part.start() + len(part[0]) - len(part[0].lstrip())
                yield wanted, Position(self.position.line, column)

    def _meant(self, wanted: str, known: Collection[str]) -> str:
        """A mend that names the nearest of ``known`` which the argument does not name yet; "" where there is none."""
        named = {part.strip() for part in self.rest.partition("|")[2].split(",")}
        return _near(wanted, [name for name in known if name not in named])

    def _unknown(self, context: Context) -> Problem:
        first, _, more = self.rest.partition(" ")
        kind = BLOCK_KINDS.get(first.lower())
        if kind and kind.argument is Need.NONE:
            return self._refused(kind, context)
        if kind:
            return context.problem(
                self.position,
                "missing-bar",
                f"the block `{kind.name}` and its text stand on one line without a bar between them",
                f"write `{'/' * self.slashes} {kind.name} | {more.lstrip(' |')}`",
            )
        plain = re.sub(r"[\W_]+", "-", self.name).strip("-")
        near = difflib.get_close_matches(plain, BLOCK_KINDS, n=1)
        return context.problem(
            self.position,
            "unknown-block",
            f"there is no block called `{self.name}`" if self.name else "a block has no name",
            f"write `{BLOCK_KINDS[near[0]].opener}`"
            if near
            else f"use one of {', '.join(BLOCK_KINDS)}; for text that begins with slashes, write `\\///`",
        )

    def _refused(self, kind: BlockKind, context: Context) -> Problem:
        return context.problem(
            Position(self.position.line, self.rest_column + len(kind.name)),
            "argument-not-taken",
            f"the block `{kind.name}` takes nothing after its name",
            f"write `{kind.opener}` and the text on the next line",
        )


def _near(wanted: str, known: Iterable[str]) -> str:
    """Return how to mend ``wanted`` if it is nearly one of ``known``, else ""."""
    near = difflib.get_close_matches(wanted, list(known), n=1)
    return f"write `{near[0]}`" if near else ""
