"""Warn of Markdown and HTML in fields, which are published as plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5

from pydantic import BaseModel

from plugins.base.positions import Positions
from plugins.base.problem import Problem, Severity
from plugins.content_model.text_fields import locate, text_values

_MARK = re.compile(
    r"""!?\[[^\[\]]*\]\([^()\s]*\)                 # a link or a picture
    | \*\*[^*\s][^*]*\*\* | (?<![\w*])\*[^*\s](?:[^*]*[^*\s])?\*(?![\w*])
    | (?<!\w)__[^_\s][^_]*__(?!\w) | (?<!\w)_[^_\s](?:[^_]*[^_\s])?_(?!\w)
    | ~~[^~]+~~ | `[^`]+` | ^\#{1,6}\ | \[\[[^\]]+\]\] | \{%.*?%\} | \{\{.*?\}\}
    | </?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>
    """,
    re.VERBOSE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


def check_fields(model: BaseModel, path: str, positions: Positions, text: str) -> Iterator[Problem]:
    """Yield a warning for each piece of markup and each character reference in the text fields of ``model``.

    Args:
        model: an entry, or an item of a register.
        path: its file.
        positions: positions of its fields.
        text: the text of the file.
    """
    for way, sentence in text_values(model):
        for found, message, hint in _seen(sentence):
            place = locate(found, positions.of(way), text)
            yield Problem(path, place, "mark-in-field", message, hint, Severity.WARNING)


def _seen(sentence: str) -> Iterator[tuple[str, str, str]]:
    for mark in _MARK.finditer(sentence):
        yield (
            mark[0],
            f"a field takes no marks of Markdown or HTML, so readers would see `{mark[0]}` as it is",
            "write the words alone",
        )
    for entity in _ENTITY.finditer(sentence):
        if entity[0][1] == "#" or entity[0][1:] in html5:
            character = html.unescape(entity[0])
            yield entity[0], f"readers would see `{entity[0]}` as it is", f"write `{character}` itself"
