"""Report numeric character references, such as ``&#x202e;``, to characters that no text may contain.

The loader reports the characters themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from plugins.base.problem import Position, Problem
from plugins.content_model.invisible_characters import INVISIBLE, TURNING, explain_invisible, explain_turning
from plugins.markdown_blocks.context import Context

_REFERENCE = re.compile(r"&#(?:(?P<decimal>\d{1,7})|[xX](?P<hexadecimal>[0-9a-fA-F]{1,6}));?")


def check_character_references(text: str, html: str, context: Context) -> Iterator[Problem]:
    """Yield a problem for each reference to a control character or to one that changes the direction of the text.

    Args:
        text: the source.
        html: the rendered text.
        context: the context of the body.
    """
    if "&#" not in text or not (TURNING.search(html) or INVISIBLE.search(html)):
        return
    for reference in _REFERENCE.finditer(text):
        character, place = _character(reference), Position(context.first_line).within(text, reference.start())
        if TURNING.fullmatch(character):
            yield context.problem(place, "turning-character", *explain_turning(character))
        elif INVISIBLE.fullmatch(character):
            yield context.problem(place, "control-character", *explain_invisible(character))


def _character(reference: re.Match[str]) -> str:
    """Return the character that browsers show for ``reference``."""
    # `unescape` replaces references as browsers do, but returns "" for those to control characters.
    number = int(reference["decimal"] or reference["hexadecimal"], 10 if reference["decimal"] else 16)
    return unescape(reference[0]) or chr(number)
