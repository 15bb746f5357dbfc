"""Split a feed into its items and its frame, so that an item that is in many feeds is read once.

A feed is split by its bytes and not by a parser, which would cost as much as reading the whole feed. XML and JSON are
read from left to right, so where the frame can be read without the items, and each item by itself, the feed can be read
and holds what they hold. A feed is read whole where an item might mean something else in its frame: one with comments,
CDATA sections, declarations or instructions, one in another encoding than UTF-8, and a JSON Feed with two lists of
items.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

#: All up to the end of the first tag, with the namespaces that it declares.
_OPENING = re.compile(
    rb"""<\?xml version=['"]1\.0['"] encoding=['"]UTF-8['"]\?>\s*(?:<\?[^<>]*\?>\s*)*<([A-Za-z]+)(?:\s[^<>]*)?>"""
)
_START = re.compile(rb"<(item|entry)>")
#: Where the items of a JSON Feed begin and end. The first quotation mark is none within a text: a backslash would
#: stand before it.
_LIST, _ITEM, _END = b',"items":[', b'{"id":', b"}]}\n"


@dataclass(frozen=True, slots=True)
class SplitFeed:
    """A feed that was taken apart.

    Attributes:
        frame: the feed without its items.
        items: each as a document of its own; in XML it stands in the root of the feed.
    """

    frame: bytes
    items: tuple[bytes, ...]


def split_xml(data: bytes) -> SplitFeed | None:
    """Return the parts of the feed ``data``; None where it is none, or is not to be split."""
    opening = _OPENING.match(data)
    start = _START.search(data, opening.end()) if opening else None
    if opening is None or start is None:
        return None
    root, end = b"</%b>" % opening[1], b"</%b>" % start[1]
    before, *items = data[opening.end() :].split(start[0])
    last, closed, after = items.pop().rpartition(end)
    items.append(last + end)
    # In the place of each item stands an empty one: what is no element must not be where that is.
    frame = b"".join((before, b"<%b/>" % start[1] * len(items), after))
    if not closed or b"<!" in frame or b"<?" in frame:
        return None
    head = opening[0]
    return SplitFeed(head + frame, tuple(b"".join((head, start[0], item, root)) for item in items))


def split_json(data: bytes) -> SplitFeed | None:
    """Return the parts of the feed ``data``; None where it is none, or is not to be split."""
    before, _, items = data.partition(_LIST)
    if not items.startswith(_ITEM) or not items.endswith(_END):
        return None
    frame = before + b"}"
    try:
        said = json.loads(frame)
    except ValueError:
        return None
    if not said or "items" in said:
        return None
    first, *others = items.removesuffix(_END).split(b"}," + _ITEM)
    return SplitFeed(frame, (first + b"}", *(b"".join((_ITEM, item, b"}")) for item in others)))
