"""Report characters that a text writes as codes, such as ``&#x202e;``, and that no text may hold.

The loader reports those that are written as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from plugins.base.problem import Position, Problem
from plugins.content_model.invisible_characters import INVISIBLE, TURNING, explain_invisible, explain_turning
from plugins.markdown_blocks.context import Context

_CODE = re.compile(r"&#(?:(?P<decimal>\d{1,7})|[xX](?P<hexadecimal>[0-9a-fA-F]{1,6}));?")


def check_character_codes(text: str, html: str, context: Context) -> Iterator[Problem]:
    """Yield a problem for each code of a character that is not allowed, or that turns the direction of the text.

    Args:
        text: the source.
        html: what it became.
        context: of the body.
    """
    for code in _CODE.finditer(text) if TURNING.search(html) or INVISIBLE.search(html) else ():
        character, place = _character(code), Position(context.first_line).within(text, code.start())
        if TURNING.fullmatch(character):
            yield context.problem(place, "turning-character", *explain_turning(character))
        elif INVISIBLE.fullmatch(character):
            yield context.problem(place, "control-character", *explain_invisible(character))


def _character(code: re.Match[str]) -> str:
    """Return the character that browsers make of ``code``."""
    # `unescape` knows those that they make another of, and makes nothing of those that are not allowed.
    number = int(code["decimal"] or code["hexadecimal"], 10 if code["decimal"] else 16)
    return unescape(code[0]) or chr(number)
