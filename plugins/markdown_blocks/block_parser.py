"""Block parser: Python-Markdown's pass over the blocks of a text, without the questions whose answer is known.

Python-Markdown asks each of its processors of each block whether it is theirs, with a regular expression or two, and
most blocks are plain paragraphs. Here a processor is asked only of a block that holds its mark. What comes out is the
same, byte for byte.
"""

from __future__ import annotations

from functools import cached_property
from time import thread_time
from typing import Self
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor

from plugins.markdown_blocks.bounds import TIME, TooMuchError

#: By the name of a processor: what stands in every block that it takes, or, of several, one of them. A processor that
#: is not named here is always asked.
MARKS: dict[str, tuple[str, ...]] = {
    "indent": ("    ",),
    "defindent": ("    ",),
    "code": ("    ",),
    "table": ("|",),
    "hashheader": ("#",),
    "setextheader": ("\n=", "\n-"),
    "hr": ("-", "*", "_"),
    "olist": (". ",),
    "ulist": ("- ", "* ", "+ "),
    "deflist": (": ",),
    "quote": (">",),
    "footnote": ("[^",),
    "abbr": ("*[",),
    "reference": ("]:",),
}
#: Stands in every block.
_ANY = ("",)


class FastBlockParser(BlockParser):
    """Asks fewer processors."""

    @cached_property
    def _steps(self) -> list[tuple[BlockProcessor, tuple[str, ...]]]:
        """The processors with their marks; read when the first text comes, and all extensions are loaded."""
        named = {self.blockprocessors[name]: marks for name, marks in MARKS.items() if name in self.blockprocessors}
        return [(processor, named.get(processor, _ANY)) for processor in self.blockprocessors]

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802 - Python-Markdown's name
        """Make elements of ``blocks`` at the end of ``parent``, and empty the list."""
        while blocks:
            if isinstance(self.md, FastMarkdown):
                self.md.look_at_time()
            for processor, marks in self._steps:
                block = blocks[0]
                for mark in marks:
                    if mark in block:
                        break
                else:
                    continue
                if processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break


class FastMarkdown(Markdown):
    """Python-Markdown with that parser."""

    _ends = float("inf")

    def begin(self) -> None:
        """Take the time from here on."""
        self._ends = thread_time() + TIME

    def look_at_time(self) -> None:
        """Go on, unless the text has taken too long.

        Raises:
            TooMuchError: when it has.
        """
        if thread_time() > self._ends:
            raise TooMuchError

    @cached_property
    def _block_tags(self) -> frozenset[str]:
        return frozenset(self.block_level_elements)

    def is_block_level(self, tag: object) -> bool:
        """Tell whether ``tag`` is the name of a block; asked of each element several times, so not of a long list."""
        return isinstance(tag, str) and tag.lower().rstrip("/") in self._block_tags

    def build_parser(self) -> Self:
        """Put the parser in the place of Python-Markdown's own, with its processors."""
        super().build_parser()
        quick = FastBlockParser(self)
        quick.blockprocessors = self.parser.blockprocessors
        for processor in quick.blockprocessors:
            processor.parser = quick
        self.parser = quick
        return self
