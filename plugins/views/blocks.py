"""Block view: a kind of block, as authors are told of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BlockView:
    """A kind of block, as authors are told of it.

    Attributes:
        name: as authors write it.
        opener: an opening line that is right.
        says: what follows the bar, in words; "" where nothing may.
        says_needed: whether it must.
        text: whether text stands inside.
        needs_list: whether that text must hold a list.
        holds: the kinds of block that may stand inside.
    """

    name: str
    opener: str
    says: str
    says_needed: bool
    text: bool
    needs_list: bool
    holds: tuple[str, ...]
