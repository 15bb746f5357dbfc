"""Blocks: the HTML of each ``///`` block.

Each class says what its block becomes. Whether an author used a block rightly is for ``syntax`` to say: a class
here makes the best of what it is given.
"""

from __future__ import annotations

from typing import ClassVar
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from pymdownx.blocks import BlocksExtension, BlocksProcessor  # type: ignore[import-untyped]  # the same
from pymdownx.blocks.block import Block  # type: ignore[import-untyped]  # pymdownx carries no types

from plugins.markdown_blocks.block_kinds import ids
from plugins.markdown_blocks.quote_permission import read_source
from plugins.markdown_blocks.render_state import RenderState

#: What the title of a reflection says when its author gives none.
REFLECTION_TITLE = "Questions to ask yourself"

#: Marks the heading of a block, which no list of contents shows.
TITLE_SUFFIX = "__title"


class _OurBlock(Block):  # type: ignore[misc]  # pymdownx carries no types
    """A block of ours: it reports that it was made, so that none can be missed without a word."""

    ARGUMENT = None

    @property
    def job(self) -> RenderState:
        """The body that is being rendered."""
        job: RenderState = self.config["job"]
        return job

    def on_create(self, parent: Element) -> Element:
        """Return the block's element, put at the end of ``parent``."""
        self.job.blocks.append(self.NAME)
        return self._element(parent)

    def _element(self, parent: Element) -> Element:
        """Return the block's element, put at the end of ``parent``."""
        raise NotImplementedError


class Quote(_OurBlock):
    """A quotation and who said it."""

    NAME = "quote"

    def _element(self, parent: Element) -> Element:
        figure = SubElement(parent, "figure", {"class": "quote"})
        SubElement(figure, "blockquote")
        SubElement(figure, "figcaption").text = read_source(self.argument or "").words
        return figure

    def on_add(self, block: Element) -> Element:
        """Return the element that takes the text of the block."""
        return block[0]


class _Titled(_OurBlock):
    """A section under its own heading."""

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
    """What the reader may do next."""

    NAME = "call-to-action"


class ContentNote(_OurBlock):
    """What a reader may want to know before reading on."""

    NAME = "content-note"

    def _element(self, parent: Element) -> Element:
        return SubElement(parent, "div", {"class": "content-note"})

    def on_end(self, block: Element) -> None:
        """Put the words "Content note:" before the text."""
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


class _Cards(_OurBlock):
    """Cards that other parts of the site draw, put in as they are."""

    LIST_CLASS: ClassVar[str] = ""

    def _element(self, parent: Element) -> Element:
        cards = SubElement(parent, "div", {"class": self.LIST_CLASS})
        html = "".join(self._card(card_id) for card_id in ids(self.argument or "") if self._knows(card_id))
        self.job.trusted.add(self.md.htmlStash.html_counter)
        cards.text = self.md.htmlStash.store(html)
        return cards

    def on_add(self, _block: Element) -> Element:
        """Return an element that is thrown away: a list of cards takes no text."""
        return Element("div")

    def _knows(self, card_id: str) -> bool:
        """Tell whether there is a card with this id."""
        raise NotImplementedError

    def _card(self, card_id: str) -> str:
        """Return the HTML of a card."""
        raise NotImplementedError


class Commitments(_Cards):
    """Commitments of the charter."""

    NAME = "commitments"
    LIST_CLASS = "commitment-list"

    def _knows(self, card_id: str) -> bool:
        return card_id in self.job.context.commitment_ids

    def _card(self, card_id: str) -> str:
        return self.job.context.commitment_card(card_id)


class Help(_Cards):
    """Help contacts."""

    NAME = "help"
    LIST_CLASS = "help-list"

    def _knows(self, card_id: str) -> bool:
        return card_id in self.job.context.contacts

    def _card(self, card_id: str) -> str:
        return self.job.context.help_card(card_id)


BLOCKS = (Quote, Reflection, CallToAction, ContentNote, Commitments, Help)


class OurBlocks(BlocksExtension):  # type: ignore[misc]  # pymdownx carries no types
    """Makes the blocks known to Python-Markdown."""

    def __init__(self, job: RenderState) -> None:
        super().__init__()
        self._job = job

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:  # noqa: ARG002, N802 - pymdownx's
        """Register each block."""
        for block in BLOCKS:
            block_mgr.register(block, {"job": self._job})
