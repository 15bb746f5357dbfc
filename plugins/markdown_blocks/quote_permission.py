"""Permissions: the source of a quotation, and the leave to reprint it.

``/// quote | Source | permission: reference``. The fellowships' literature may be reprinted with written permission
only, so a quotation from it says where the permission is recorded, or which role decided that none is needed. Readers
see the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.base.problem import Position, Problem, Severity
from plugins.content_model.fellowships import find_literature
from plugins.markdown_blocks.context import Context

_PERMISSION = re.compile(r"permission:\s*(\S.*)", re.IGNORECASE)
#: Whatever means to be one, slips of the keyboard too: it must not be printed as part of the source.
_MEANT = re.compile(r"per\w{2,10}\s*[:=]?.*", re.IGNORECASE)
_FORM = "/// quote | Source | permission: where it is recorded, or which role decided"


@dataclass(frozen=True, slots=True)
class QuoteSource:
    """What the first line of a quotation says.

    Attributes:
        words: who said it, for readers.
        permission: where the permission is recorded, or "".
        slip: what means to be a permission and is none, or "".
    """

    words: str
    permission: str = ""
    slip: str = ""


def read_source(argument: str) -> QuoteSource:
    """Return what ``argument``, the text after the first bar, says; bars within the source belong to it."""
    words, bar, last = (part.strip(" ") for part in argument.rpartition("|"))
    if permission := _PERMISSION.fullmatch(last):
        return QuoteSource(words, permission[1])
    if bar and _MEANT.fullmatch(last):
        return QuoteSource(words, slip=last)
    return QuoteSource(argument.strip(" "))


def check_source(argument: str, position: Position, context: Context) -> Iterator[Problem]:
    """Yield what is wrong with the source of a quotation.

    Args:
        argument: the text after the first bar.
        position: where the block begins.
        context: whether the body goes to readers.
    """
    source = read_source(argument)
    if source.slip:
        yield context.problem(
            position,
            "bad-permission",
            f"`{source.slip}` is not a permission to reprint in the form that is kept from readers",
            f"write `{_FORM}`",
        )
    elif not source.words:
        yield context.problem(
            position,
            "missing-argument",
            "the block `quote` needs the source of the quotation",
            f"write it after a bar: `{_FORM}`",
        )
    elif (named := find_literature(source.words)) and not source.permission:
        stops = context.release and not context.is_draft
        yield context.problem(
            position,
            "quote-without-permission",
            f"“{named[0]}” is literature of a fellowship, and nothing says that it may be reprinted here",
            f"ask the fellowship's office, then write `{_FORM}`; or say it in your own words",
            Severity.ERROR if stops else Severity.WARNING,
        )
