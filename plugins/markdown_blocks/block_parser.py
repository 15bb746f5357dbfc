"""Speed up Python-Markdown's block parser.

Python-Markdown tests each block with every processor, although most blocks are plain paragraphs. ``FastBlockParser``
calls a processor only for a block that contains one of its marks. The result is the same, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from time import thread_time
from typing import Self
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor

from plugins.markdown_blocks.complexity import TIME, TimeLimitError

#: By name of a processor: marks of which every block that it accepts contains at least one. Other processors are
#: called for every block.
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
#: Every block contains this mark.
_ANY = ("",)
#: The processor of ``///`` blocks, which may take any block after it has found the first, and the mark of that.
_BLOCKS, _BLOCK_MARK = "blocks", "///"


class FastBlockParser(BlockParser):
    """Calls only the processors whose marks a block contains."""

    _has_blocks = True

    @cached_property
    def _all_steps(self) -> list[tuple[BlockProcessor, tuple[str, ...]]]:
        """The processors with their marks, read on first use, when all extensions are loaded."""
        named = {self.blockprocessors[name]: marks for name, marks in MARKS.items() if name in self.blockprocessors}
        return [(processor, named.get(processor, _ANY)) for processor in self.blockprocessors]

    @cached_property
    def _steps_without_blocks(self) -> list[tuple[BlockProcessor, tuple[str, ...]]]:
        return [step for step in self._all_steps if step[0] is not self.blockprocessors[_BLOCKS]]

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802 - Python-Markdown's name
        """Return the tree of the text with ``lines``."""
        text = list(lines)
        self._has_blocks = any(_BLOCK_MARK in line for line in text)
        return super().parseDocument(text)

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802 - Python-Markdown's name
        """Append the elements of ``blocks`` to ``parent``, and empty the list."""
        steps = self._all_steps if self._has_blocks else self._steps_without_blocks
        while blocks:
            if isinstance(self.md, FastMarkdown):
                self.md.check_time()
            for processor, marks in steps:
                block = blocks[0]
                for mark in marks:
                    if mark in block:
                        break
                else:
                    continue
                if processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break


class FastMarkdown(Markdown):
    """Python-Markdown with ``FastBlockParser`` and a time limit."""

    _deadline = float("inf")

    def start_timer(self) -> None:
        """Start the time limit of a text."""
        self._deadline = thread_time() + TIME

    def check_time(self) -> None:
        """Check the time limit.

        Raises:
            TimeLimitError: when the text has taken too long.
        """
        if thread_time() > self._deadline:
            raise TimeLimitError

    @cached_property
    def _block_tags(self) -> frozenset[str]:
        return frozenset(self.block_level_elements)

    def is_block_level(self, tag: object) -> bool:
        """Return whether ``tag`` is a block element, from a set because it is called often."""
        return isinstance(tag, str) and tag.lower().rstrip("/") in self._block_tags

    def build_parser(self) -> Self:
        """Replace Python-Markdown's block parser, and keep its processors."""
        super().build_parser()
        parser = FastBlockParser(self)
        parser.blockprocessors = self.parser.blockprocessors
        for processor in parser.blockprocessors:
            processor.parser = parser
        self.parser = parser
        return self
