"""Check the source of a quotation, and the permission to reprint it.

``/// quote | Source | permission: reference``. Literature of the fellowships may be reprinted only with written
permission. A quotation from it states where the permission is recorded, or which role decided that none is needed.
Readers see only the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from plugins.base.problem import Position, Problem, Severity
from plugins.content_model.fellowships import find_literature
from plugins.content_model.invisible_characters import is_blank
from plugins.markdown_blocks.context import Context

_PERMISSION = re.compile(r"permission:\s*(\S.*)", re.IGNORECASE)
#: A misspelled permission, which must not be shown as part of the source.
_MISSPELLED = re.compile(r"per\w{2,10}\s*[:=]?.*", re.IGNORECASE)
_FORM = "/// quote | Source | permission: where it is recorded, or which role decided"


class QuoteSource(Struct, frozen=True):
    """The parsed first line of a quotation.

    Attributes:
        words: the source for readers.
        permission: where the permission is recorded, or "".
        slip: a misspelled permission, or "".
    """

    words: str
    permission: str = ""
    slip: str = ""


def read_source(argument: str) -> QuoteSource:
    """Return the parsed ``argument``, the text after the first bar; the source may contain bars."""
    words, bar, last = (part.strip(" ") for part in argument.rpartition("|"))
    if permission := _PERMISSION.fullmatch(last):
        return QuoteSource(words, permission[1])
    if bar and _MISSPELLED.fullmatch(last):
        return QuoteSource(words, slip=last)
    return QuoteSource(argument.strip(" "))


def check_source(argument: str, position: Position, context: Context) -> Iterator[Problem]:
    """Yield the problems of the source of a quotation.

    Args:
        argument: the text after the first bar.
        position: of the block.
        context: whether the build is a release.
    """
    source = read_source(argument)
    if source.slip:
        yield context.problem(
            position,
            "bad-permission",
            f"`{source.slip}` is not a permission to reprint in the form that is kept from readers",
            f"write `{_FORM}`",
        )
    elif is_blank(source.words):
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
