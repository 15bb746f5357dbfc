"""Sentences: the values of front matter and registers that people read as words, and the place of a word in one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from plugins.base.positions import FieldPath
from plugins.base.problem import Position

#: Fields that hold no sentence: keys, addresses, names of files, hashes, and a pointer to a record kept elsewhere.
NO_SENTENCES = frozenset(
    {
        "id",
        "key",
        "slug",
        "author",
        "topics",
        "topic",
        "redress",
        "url",
        "file",
        "aliases",
        "wording",
        "approved_text",
        "ref",
        "source",
    }
)


def text_values(value: object, way: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    """Yield each sentence below ``value``, an entry or a part of one, with the way to it."""
    if isinstance(value, str):
        yield way, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in NO_SENTENCES:
                yield from text_values(getattr(value, name), (*way, name))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from text_values(item, (*way, number))


def locate(words: str, value: Position, text: str) -> Position:
    """Return where ``words`` stand in the value that begins at ``value``; a value may run over several lines.

    Args:
        words: a part of the value, runs of white space as one space.
        value: where the value begins.
        text: the whole file.
    """
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: value.line - 1]) + value.column - 1
    found = re.compile(r"\s+".join(re.escape(word) for word in words.split())).search(text, start)
    if found is None:  # written with an escape
        return value
    return Position().within(text, found.start())
