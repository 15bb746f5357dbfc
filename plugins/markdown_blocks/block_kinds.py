"""List the kinds of ``///`` blocks with their fields; ``blocks.py`` renders them."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct


class Need(enum.Enum):
    """Whether a block takes an argument or a body."""

    REQUIRED = enum.auto()
    OPTIONAL = enum.auto()
    NONE = enum.auto()


class BlockKind(Struct, frozen=True):
    """A kind of block.

    Attributes:
        name: as authors write it.
        argument: whether an argument follows the ``|``.
        body: whether text is between the first and the last line.
        opener: an example of the first line, for authors.
        argument_is: description of the argument, or "".
        holds: the kinds of blocks that are allowed inside.
        needs_list: whether the text must contain a list.
    """

    name: str
    argument: Need
    body: Need
    opener: str
    argument_is: str = ""
    holds: frozenset[str] = frozenset()
    needs_list: bool = False


#: By name, in the order of the documentation for authors.
BLOCK_KINDS: Mapping[str, BlockKind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            BlockKind("quote", Need.REQUIRED, Need.REQUIRED, "/// quote | Who said it", "the source of the quotation"),
            BlockKind("reflection", Need.OPTIONAL, Need.REQUIRED, "/// reflection", "a heading", needs_list=True),
            BlockKind("commitments", Need.REQUIRED, Need.NONE, "/// commitments | id, id", "the ids of commitments"),
            BlockKind(
                "call-to-action",
                Need.REQUIRED,
                Need.REQUIRED,
                "/// call-to-action | A short heading",
                "a heading",
                frozenset({"quote", "help", "commitments"}),
            ),
            BlockKind("content-note", Need.NONE, Need.REQUIRED, "/// content-note", holds=frozenset({"help"})),
            BlockKind("help", Need.REQUIRED, Need.NONE, "/// help | id", "the ids of help contacts"),
        )
    }
)


def ids(argument: str) -> tuple[str, ...]:
    """Return the ids of a list such as ``we-listen, we-stay``."""
    return tuple(part for part in (part.strip() for part in argument.split(",")) if part)
