"""Render each kind of ``///`` block as HTML.

``syntax`` checks whether a block is valid. The classes here render any block.
"""

from __future__ import annotations

from typing import ClassVar
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from pymdownx.blocks import BlocksExtension, BlocksProcessor
from pymdownx.blocks.block import Block

from plugins.markdown_blocks.block_kinds import ids
from plugins.markdown_blocks.quote_permission import read_source
from plugins.markdown_blocks.render_state import RenderState

#: The default title of a reflection.
REFLECTION_TITLE = "Questions to ask yourself"

#: Suffix of the class of a block's heading, which lists of contents omit.
TITLE_SUFFIX = "__title"


class _BaseBlock(Block):  # type: ignore[misc]  # pymdownx carries no types
    """Base class of blocks, which records each rendered block for the comparison with the source."""

    ARGUMENT = None

    @property
    def state(self) -> RenderState:
        """The state of the body."""
        state: RenderState = self.config["state"]
        return state

    def on_create(self, parent: Element) -> Element:
        """Append the block's element to ``parent`` and return it."""
        self.state.blocks.append(self.NAME)
        return self._element(parent)

    def _element(self, parent: Element) -> Element:
        """Append the block's element to ``parent`` and return it."""
        raise NotImplementedError


class Quote(_BaseBlock):
    """A quotation with its source."""

    NAME = "quote"

    def _element(self, parent: Element) -> Element:
        figure = SubElement(parent, "figure", {"class": "quote"})
        SubElement(figure, "blockquote")
        SubElement(figure, "figcaption").text = read_source(self.argument or "").words
        return figure

    def on_add(self, block: Element) -> Element:
        """Return the element for the text of the block."""
        return block[0]


class _Titled(_BaseBlock):
    """A section with a heading."""

    DEFAULT_TITLE: ClassVar[str] = ""

    def _element(self, parent: Element) -> Element:
        section = SubElement(parent, "section", {"class": self.NAME})
        title = SubElement(section, "h2", {"class": f"{self.NAME}{TITLE_SUFFIX}"})
        title.text = self.argument or self.DEFAULT_TITLE
        return section


class Reflection(_Titled):
    """Questions for the reader."""

    NAME = "reflection"
    DEFAULT_TITLE = REFLECTION_TITLE


class CallToAction(_Titled):
    """An invitation to act."""

    NAME = "call-to-action"


class ContentNote(_BaseBlock):
    """A warning about the content."""

    NAME = "content-note"

    def _element(self, parent: Element) -> Element:
        return SubElement(parent, "div", {"class": "content-note"})

    def on_end(self, block: Element) -> None:
        """Insert the label "Content note:" before the text."""
        label = Element("strong")
        label.text = "Content note:"
        if len(block) and block[0].tag == "p":
            paragraph = block[0]
            label.tail = f" {paragraph.text or ''}"
            paragraph.text = None
        else:
            paragraph = Element("p")
            block.insert(0, paragraph)
        paragraph.insert(0, label)


class _Cards(_BaseBlock):
    """Cards as trusted HTML of the theme."""

    LIST_CLASS: ClassVar[str] = ""

    def _element(self, parent: Element) -> Element:
        cards = SubElement(parent, "div", {"class": self.LIST_CLASS})
        html = "".join(self._card(card_id) for card_id in ids(self.argument or "") if self._knows(card_id))
        self.state.trusted.add(self.md.htmlStash.html_counter)
        cards.text = self.md.htmlStash.store(html)
        return cards

    def on_add(self, _block: Element) -> Element:
        """Return an element that is discarded, because a list of cards has no text."""
        return Element("div")

    def _knows(self, card_id: str) -> bool:
        """Return whether a card with this id exists."""
        raise NotImplementedError

    def _card(self, card_id: str) -> str:
        """Return the HTML of a card."""
        raise NotImplementedError


class Commitments(_Cards):
    """Commitments of the charter."""

    NAME = "commitments"
    LIST_CLASS = "commitment-list"

    def _knows(self, card_id: str) -> bool:
        return card_id in self.state.context.commitment_ids

    def _card(self, card_id: str) -> str:
        return self.state.context.commitment_card(card_id)


class Help(_Cards):
    """Help contacts."""

    NAME = "help"
    LIST_CLASS = "help-list"

    def _knows(self, card_id: str) -> bool:
        return card_id in self.state.context.contacts

    def _card(self, card_id: str) -> str:
        return self.state.context.help_card(card_id)


BLOCKS = (Quote, Reflection, CallToAction, ContentNote, Commitments, Help)


class BlockExtension(BlocksExtension):  # type: ignore[misc]  # pymdownx carries no types
    """Registers the blocks with Python-Markdown."""

    def __init__(self, state: RenderState) -> None:
        super().__init__()
        self._state = state

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:  # noqa: ARG002, N802 - pymdownx's
        """Register each block."""
        for block in BLOCKS:
            block_mgr.register(block, {"state": self._state})
