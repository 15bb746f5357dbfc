"""Describe the kinds of block for the handbook and for editors."""

from __future__ import annotations

from msgspec import Struct


class BlockView(Struct, frozen=True):
    """A kind of block.

    Attributes:
        name: its name in Markdown.
        opener: an example of a valid opening line.
        says: description of the argument after the bar, or "" if there is none.
        says_needed: True if the argument is required.
        text: True if the block contains text.
        needs_list: True if that text must contain a list.
        holds: names of the kinds of block that it may contain.
    """

    name: str
    opener: str
    says: str
    says_needed: bool
    text: bool
    needs_list: bool
    holds: tuple[str, ...]
