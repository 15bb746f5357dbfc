"""Find the values of front matter and registers that are prose, and the position of words in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pydantic import BaseModel

from plugins.base.positions import FieldPath
from plugins.base.problem import Position

#: Fields without prose: keys, addresses, file names, hashes, and the reference of a consent.
NO_SENTENCES = frozenset(
    {
        "id",
        "feed_id",
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


def text_values(
    value: object, way: FieldPath = (), left_out: Collection[str] = NO_SENTENCES
) -> Iterator[tuple[FieldPath, str]]:
    """Yield each text of ``value``, an entry or a part of one, with its path, without the fields ``left_out``."""
    if isinstance(value, str):
        yield way, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in left_out:
                yield from text_values(getattr(value, name), (*way, name), left_out)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from text_values(item, (*way, number), left_out)


def locate(words: str, value: Position, text: str) -> Position:
    """Return the position of ``words`` within a value, which may have several lines.

    Args:
        words: a part of the value, with runs of white space as one space.
        value: position of the value.
        text: the whole text of the file.

    Returns:
        ``value`` if the words are not found, because the file writes them with an escape.
    """
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: value.line - 1]) + value.column - 1
    found = re.compile(r"\s+".join(re.escape(word) for word in words.split())).search(text, start)
    if found is None:
        return value
    return Position().within(text, found.start())
