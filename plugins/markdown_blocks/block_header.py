"""Parse and check the first line of a ``///`` block."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct

from plugins.base.problem import Position, Problem
from plugins.content_model.invisible_characters import is_blank
from plugins.markdown_blocks.block_kinds import BLOCK_KINDS, BlockKind, Need
from plugins.markdown_blocks.context import Context
from plugins.markdown_blocks.quote_permission import check_source

_NAME = re.compile(r"[\w-]+")


class BlockHeader(Struct, frozen=True):
    """The first line of a block.

    Attributes:
        position: of its slashes.
        slashes: the number of slashes.
        rest: the text after the slashes, without outer spaces.
        rest_column: the column of ``rest``.
    """

    position: Position
    slashes: int
    rest: str
    rest_column: int

    @property
    def name(self) -> str:
        """The text before the bar, in lower case."""
        return self.rest.partition("|")[0].rstrip(" ").lower()

    @property
    def argument(self) -> str:
        """The text after the bar."""
        return self.rest.partition("|")[2].strip(" ")

    @property
    def kind(self) -> BlockKind | None:
        """The kind of block, or None if it is unknown."""
        return BLOCK_KINDS.get(self.name) if _NAME.fullmatch(self.name) else None

    def problems(self, context: Context) -> Iterator[Problem]:
        """Yield the problems of the line.

        Args:
            context: gives the ids of commitments and help contacts.
        """
        kind = self.kind
        if kind is None:
            yield self._unknown(context)
        elif kind.argument is Need.NONE and self.argument:
            yield self._unexpected_argument(kind, context)
        elif kind.argument is Need.REQUIRED and is_blank(self.argument.replace(",", "")):
            yield context.problem(
                self.position,
                "missing-argument",
                f"the block `{kind.name}` needs {kind.argument_is}",
                f"write it after a bar: `{kind.opener}`",
            )
        elif self.argument and is_blank(self.argument):
            yield context.problem(
                self.position,
                "missing-argument",
                f"what stands after the bar of the block `{kind.name}` shows nothing",
                "write words after the bar, or take the bar out",
            )
        elif kind.name == "quote":
            yield from check_source(self.argument, self.position, context)
        elif kind.name == "commitments":
            for unknown, position in self._ids(context.commitment_ids):
                yield context.problem(
                    position,
                    "unknown-commitment",
                    f"there is no commitment with the id `{unknown}`",
                    self._suggestion(unknown, context.commitment_ids) or "use the id of a file in content/commitments",
                )
        elif kind.name == "help":
            for unknown, position in self._ids(context.contacts):
                yield context.problem(
                    position,
                    "unknown-contact",
                    f"the help register has no contact `{unknown}`",
                    self._suggestion(unknown, context.contacts)
                    or "use an id that stands in content/register/help.yaml",
                )

    def _ids(self, known: Collection[str]) -> Iterator[tuple[str, Position]]:
        """Yield each id of the argument that is not in ``known``, with its position."""
        start = self.rest_column + self.rest.index("|") + 1
        for part in re.finditer(r"[^,]+", self.rest.partition("|")[2]):
            unknown = part[0].strip()
            if unknown and unknown not in known:
                column = start + part.start() + len(part[0]) - len(part[0].lstrip())
                yield unknown, Position(self.position.line, column)

    def _suggestion(self, unknown: str, known: Collection[str]) -> str:
        """Return a hint with the most similar id in ``known`` that the argument does not contain yet, or ""."""
        used = {part.strip() for part in self.rest.partition("|")[2].split(",")}
        return _near(unknown, [name for name in known if name not in used])

    def _unknown(self, context: Context) -> Problem:
        first, _, more = self.rest.partition(" ")
        kind = BLOCK_KINDS.get(first.lower())
        if kind and kind.argument is Need.NONE:
            return self._unexpected_argument(kind, context)
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

    def _unexpected_argument(self, kind: BlockKind, context: Context) -> Problem:
        return context.problem(
            Position(self.position.line, self.rest_column + len(kind.name)),
            "argument-not-taken",
            f"the block `{kind.name}` takes nothing after its name",
            f"write `{kind.opener}` and the text on the next line",
        )


def _near(unknown: str, known: Iterable[str]) -> str:
    """Return a hint with the most similar name in ``known``, or ""."""
    near = difflib.get_close_matches(unknown, list(known), n=1)
    return f"write `{near[0]}`" if near else ""
