"""Find the position of a text in the source.

Markdown's tree has no positions. A text from the tree is looked up in the source outside of code. Repeated look-ups
return successive occurrences, and then the last one again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from plugins.base.problem import Position
from plugins.content_model.markdown_line import Line, LineKind, without_code
from plugins.markdown_blocks.context import Context

_ADDRESS = re.compile(
    r"\]\(\s*(?:<(?P<angled>[^>]*)>|(?P<inline>(?:[^\s()]|\([^\s()]*\))+))"
    r"|^ {0,3}\[[^\]]+\]:\s*<?(?P<defined>[^\s>]+)"
    r"|<(?P<auto>[a-zA-Z][a-zA-Z0-9+.-]*:[^>\s]+)>"
    r"|(?P<bare>(?:https?://|www\.)[^\s<>]+)"
)
#: A reference definition, and a picture that uses one.
_DEFINED = re.compile(r" {0,3}\[([^\]]+)\]:\s*<?([^\s>]+)")
_PICTURE = re.compile(r"!\[([^\[\]]*)\](?:\[([^\[\]]*)\])?(?![(:])")
#: A tuple, because hashing a member of an enumeration is slower than four comparisons.
_NO_PROSE = (LineKind.BLANK, LineKind.CODE, LineKind.FENCE, LineKind.COMMENT)
#: Every match of ``_ADDRESS`` contains at least one of these.
_ADDRESS_MARKS = ("](", "]:", "<", "://", "www.")


class SourcePositions:
    """Looks up positions in one source."""

    def __init__(self, lines: Sequence[Line], context: Context) -> None:
        """Collect the positions of addresses and headings.

        Args:
            lines: the outline of the source.
            context: gives the number of its first line.
        """
        self._context = context
        self._texts = list(prose(lines))
        self._found: dict[str, list[Position]] = {}
        self._next: dict[object, int] = defaultdict(int)
        self._addresses: dict[str, list[Position]] = defaultdict(list)
        for address, position in self._find_addresses():
            self._addresses[address].append(position)
        self._pictures = self._find_pictures()
        self._headings: dict[int, list[Position]] = defaultdict(list)
        for line in lines:
            if line.level:
                number = line.number if line.text.startswith("#") else line.number - 1
                self._headings[line.level].append(context.position(number))

    def address(self, address: str) -> Position:
        """Return the position of the next link or picture with ``address``."""
        return self._next_position(("address", address), self._addresses.get(address, ())) or self.text(address)

    def picture(self, address: str) -> Position | None:
        """Return the position of the next picture that uses a reference to ``address``, or None."""
        return self._next_position(("picture", address), self._pictures.get(address, ()))

    def heading(self, level: int) -> Position:
        """Return the position of the next heading of ``level``."""
        return self._next_position(("heading", level), self._headings.get(level, ())) or self.text("#" * level)

    def text(self, *texts: str) -> Position:
        """Return the position of the first of ``texts`` that is found, or the start of the body."""
        for text in filter(None, texts):
            if text not in self._found:
                pattern = re.compile(re.escape(text), re.IGNORECASE)
                self._found[text] = [
                    self._context.position(number, match.start() + 1)
                    for number, source in self._texts
                    for match in pattern.finditer(source)
                ]
            if position := self._next_position(("text", text), self._found[text]):
                return position
        return self._context.position(0)

    def _next_position(self, key: object, positions: Sequence[Position]) -> Position | None:
        if not positions:
            return None
        at = self._next[key]
        self._next[key] += 1
        return positions[min(at, len(positions) - 1)]

    def _find_pictures(self) -> dict[str, list[Position]]:
        """Return the positions of pictures with references, by address."""
        defined = {
            " ".join(found[1].split()).casefold(): found[2]
            for _, text in self._texts
            if "]:" in text and (found := _DEFINED.match(text))
        }
        pictures: dict[str, list[Position]] = defaultdict(list)
        for number, text in self._texts if defined else ():
            for picture in _PICTURE.finditer(text) if "![" in text else ():
                address = defined.get(" ".join((picture[2] or picture[1]).split()).casefold())
                if address:
                    pictures[address].append(self._context.position(number, picture.start() + 1))
        return pictures

    def _find_addresses(self) -> Iterable[tuple[str, Position]]:
        for number, text in self._texts:
            for mark in _ADDRESS_MARKS:
                if mark in text:
                    break
            else:
                continue
            for match in _ADDRESS.finditer(text):
                group = match.lastgroup or ""
                yield match[group], self._context.position(number, match.start(group) + 1)


def prose(lines: Iterable[Line]) -> Iterator[tuple[int, str]]:
    """Yield number and text of each line that is not code, with inline code replaced by spaces."""
    return ((line.number, without_code(line.without_comments())) for line in lines if line.kind not in _NO_PROSE)
