"""Check the syntax of the ``///`` blocks of a source.

Python-Markdown shows an invalid block as text, or loses its text, without an error. Every line that looks like part of
a block is parsed or reported here. ``render`` compares the blocks found here with those that were rendered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from plugins.base.problem import Position, Problem
from plugins.content_model.markdown_line import Line, LineKind
from plugins.markdown_blocks.block_header import BlockHeader
from plugins.markdown_blocks.block_kinds import BLOCK_KINDS, BlockKind, Need
from plugins.markdown_blocks.block_scanner import FENCE
from plugins.markdown_blocks.context import Context

_SLASHES = re.compile(r"(?P<slashes>/{3,}+) *+(?P<rest>.*)")
_HIDDEN = re.compile(r"(?:[ >]|[-*+] |\d+[.)] |\[\^[^\]]*\]:|: )*/{3}")
_TWO_SLASHES = re.compile(r" *+//(?!/) *+(?P<name>[\w-]*+) *+(?:\||$)")

#: Contexts that cannot contain a block: description and hint.
_MISPLACED = {
    "html": ("raw HTML", "take out the HTML tags around the block"),
    "quote": ("lines that begin with `>`", "take the `>` off every line of the block"),
    "list": (
        "a list or a note",
        "begin every line of the block, its text too, without spaces, and leave a blank line before the block",
    ),
}


class FoundBlock(Struct, frozen=True):
    """A block in a source."""

    name: str
    position: Position


class Syntax(Struct, frozen=True):
    """The result of the syntax check.

    Attributes:
        problems: the problems of the blocks.
        blocks: the valid blocks, in order.
        lines: the outline, with slashes escaped in invalid lines, because Python-Markdown hangs on some of them.
    """

    problems: tuple[Problem, ...]
    blocks: tuple[FoundBlock, ...]
    lines: tuple[Line, ...]


def check(lines: Sequence[Line], context: Context) -> Syntax:
    """Check the blocks of a source.

    Args:
        lines: the outline of the source.
        context: gives commitments, help contacts and positions in the file.
    """
    return _Checker(context).check(lines)


class _Open(Struct):
    """An open block.

    ``kind`` is None if no more checks apply. ``sound`` is False if Python-Markdown must not parse the block.
    """

    number: int
    slashes: int
    name: str
    position: Position
    kind: BlockKind | None
    sound: bool
    filled_at: Position | None = None
    has_list: bool = False
    too_many_slashes: list[_Open] = field(default_factory=list)


class _Checker:
    """Checks lines in order, and tracks open blocks."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._open: list[_Open] = []
        self._problems: list[Problem] = []
        self._sound: dict[int, FoundBlock | None] = {}

    def check(self, lines: Sequence[Line]) -> Syntax:
        previous: Line | None = None
        for line in lines:
            if line.kind is LineKind.SLASHES or _is_hidden(line):
                self._slashes(line, previous)
            elif line.kind not in (LineKind.BLANK, LineKind.COMMENT):
                self._content(line, previous)
            previous = line
        for block in self._open:
            self._unclosed(block)
        blocks = tuple(block for _, block in sorted(self._sound.items()) if block)
        return Syntax(tuple(self._problems), blocks, tuple(self._readable(line) for line in lines))

    def _readable(self, line: Line) -> Line:
        if line.number in self._sound or not (line.kind is LineKind.SLASHES or _is_hidden(line)):
            return line
        return replace(line, text=line.text.replace("///", "\\///", 1))

    def _report(self, position: Position, name: str, message: str, hint: str) -> None:
        self._problems.append(self._context.problem(position, name, message, hint))

    def _at(self, line: Line, column: int | None = None) -> Position:
        written = line.without_comments()
        return self._context.position(line.number, column or len(written) - len(written.lstrip()) + 1)

    def _slashes(self, line: Line, previous: Line | None) -> None:
        """Open or close a block at a line with slashes, even if the line is misplaced."""
        found = _SLASHES.search(line.without_comments().replace("\t", " ").rstrip(" "))
        if found is None:
            return
        position = self._at(line, found.start("slashes") + 1)
        misplaced = self._misplaced(line, position)
        if not found["rest"]:
            self._close(line.number, len(found["slashes"]), position, sound=not misplaced)
            return
        opener = BlockHeader(position, len(found["slashes"]), found["rest"], found.start("rest") + 1)
        kind = None if misplaced else opener.kind
        block = _Open(line.number, opener.slashes, opener.name, position, kind, sound=kind is not None)
        self._problems += opener.problems(self._context)
        if not misplaced and previous is not None and previous.kind not in (LineKind.BLANK, LineKind.SLASHES):
            block.sound = False
            self._report(
                position,
                "block-needs-blank-line",
                "a block begins straight after other text",
                "leave a blank line before it",
            )
        if kind:
            self._nesting(block, kind)
        if self._open:
            self._open[-1].filled_at = self._open[-1].filled_at or position
        self._open.append(block)

    def _misplaced(self, line: Line, position: Position) -> bool:
        """Report a block in a context that cannot contain one; return whether it was reported."""
        where = ""
        if line.kind is LineKind.HTML:
            where = "html"
        elif line.prefix or line.text.lstrip().startswith(">"):
            where = "quote"
        elif line.depth or line.kind is not LineKind.SLASHES:
            where = "list"
        if where:
            within, hint = _MISPLACED[where]
            self._report(position, f"block-inside-{where}", f"a block cannot stand inside {within}", hint)
        return bool(where)

    def _nesting(self, block: _Open, kind: BlockKind) -> None:
        parent = self._open[-1] if self._open else None
        if parent is None or parent.kind is None:
            return
        if block.slashes >= parent.slashes:
            block.sound = False
            parent.too_many_slashes.append(block)
        elif kind.name not in parent.kind.holds:
            self._report(
                block.position,
                "wrong-nesting",
                f"a block `{kind.name}` cannot stand inside a block `{parent.name}`",
                f"close `{parent.name}` before this line",
            )

    def _close(self, number: int, slashes: int, position: Position, *, sound: bool) -> None:
        if not self._open:
            self._report(
                position,
                "stray-closer",
                "this line closes a block, but none is open",
                "take the line out, or write the line that opens the block",
            )
            return
        if slashes not in (block.slashes for block in self._open):
            block = self._open[-1]
            self._report(
                position,
                "closer-length",
                f"this line has {slashes} slashes, but `{block.name}` on line {block.position.line} was opened with "
                f"{block.slashes}",
                f"write `{'/' * block.slashes}`",
            )
            slashes, sound = block.slashes, False
        while self._open[-1].slashes != slashes:
            self._unclosed(self._open.pop())
        block = self._open.pop()
        if block.sound and sound:
            self._sound |= {block.number: FoundBlock(block.name, block.position), number: None}
        self._closed(block)

    def _unclosed(self, block: _Open) -> None:
        self._report(
            block.position,
            "unclosed-block",
            f"the block `{block.name}` is opened here and never closed",
            f"write `{'/' * block.slashes}` on a line of its own after its text",
        )

    def _closed(self, block: _Open) -> None:
        """Check the content of a closed block."""
        for inner in block.too_many_slashes:
            self._report(
                inner.position,
                "wrong-nesting",
                f"a block inside another needs fewer slashes than the one around it, `{block.name}` on line "
                f"{block.position.line}",
                f"open and close `{block.name}` with `{'/' * (inner.slashes + 1)}`",
            )
        kind = block.kind
        if kind is None:
            return
        if kind.body is Need.REQUIRED and block.filled_at is None:
            self._report(
                block.position,
                "empty-block",
                f"the block `{kind.name}` has no text",
                "write its text before it is closed",
            )
        elif kind.body is Need.NONE and block.filled_at is not None:
            self._report(
                block.filled_at,
                "body-not-taken",
                f"the block `{kind.name}` takes no text, so this would be lost",
                "close the block straight after its first line, and write the text after it",
            )
        elif kind.needs_list and not block.has_list:
            self._report(
                block.position,
                "reflection-without-list",
                f"the block `{kind.name}` holds a list of questions, and there is none",
                "begin each question with `- `",
            )

    def _content(self, line: Line, previous: Line | None) -> None:
        """Record a line of content, and report it if it resembles the syntax of blocks."""
        if line.kind is LineKind.TEXT:
            self._near_miss(line)
        if not self._open:
            return
        block = self._open[-1]
        if block.sound and previous and previous.number == block.number and line.text.startswith("    "):
            block.sound = False
            self._report(
                self._at(line),
                "block-options",
                "options under the first line of a block are not supported",
                "take the line out; if it is text of the block, begin it at the start of the line",
            )
            return
        block.filled_at = block.filled_at or self._at(line)
        block.has_list = block.has_list or (line.kind is LineKind.ITEM and not line.prefix)

    def _near_miss(self, line: Line) -> None:
        two = "//" in line.text and _TWO_SLASHES.match(line.text)
        if two and (two["name"].lower() in BLOCK_KINDS or (self._open and two[0].strip() == "//")):
            self._report(
                self._at(line),
                "too-few-slashes",
                "a line of a block has only two slashes",
                "write three slashes, or more",
            )
        fence = ("`" in line.text or "~" in line.text) and FENCE.fullmatch(line.text)
        if fence:
            self._report(
                self._at(line),
                "unclosed-fence",
                "a fence of code is opened here and never closed",
                f"write  {fence['fence']}  on a line of its own after the code",
            )


def _is_hidden(line: Line) -> bool:
    """Return whether ``line`` looks like part of a block, but something precedes its slashes."""
    if "///" not in line.text:  # as nearly every line
        return False
    return line.kind in (LineKind.TEXT, LineKind.ITEM, LineKind.HTML) and _HIDDEN.match(line.text) is not None
