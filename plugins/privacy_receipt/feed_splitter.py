"""Split a feed into its items and its frame, so that an item of many feeds is read once.

The split works on bytes, because parsing would take as long as reading the whole feed. XML and JSON are read from left
to right. If the frame is valid without the items and each item by itself, the feed is valid and holds what they hold.
A feed is not split if an item could mean something else in its frame: if it has comments, CDATA sections, declarations
or instructions, another encoding than UTF-8, or two lists of items in JSON Feed.
"""

from __future__ import annotations

import json
import re

from msgspec import Struct

#: Matches everything up to the end of the first tag, with its namespaces.
_OPENING = re.compile(
    rb"""<\?xml version=['"]1\.0['"] encoding=['"]UTF-8['"]\?>\s*(?:<\?[^<>]*\?>\s*)*<([A-Za-z]+)(?:\s[^<>]*)?>"""
)
_START = re.compile(rb"<(item|entry)>")
#: The start and end of the items of a JSON Feed. The quotation mark starts a key: within a string, a backslash would
#: precede it.
_LIST, _ITEM, _END = b',"items":[', b'{"id":', b"}]}\n"


class SplitFeed(Struct, frozen=True):
    """The parts of a feed.

    Attributes:
        frame: the feed without its items.
        items: each item as a document of its own. In XML it is inside the feed's root element.
    """

    frame: bytes
    items: tuple[bytes, ...]


def split_xml(data: bytes) -> SplitFeed | None:
    """Return the parts of the feed ``data``, or None if it is not a feed or cannot be split."""
    opening = _OPENING.match(data)
    start = _START.search(data, opening.end()) if opening else None
    if opening is None or start is None:
        return None
    root, end = b"</%b>" % opening[1], b"</%b>" % start[1]
    before, *items = data[opening.end() :].split(start[0])
    last, closed, after = items.pop().rpartition(end)
    items.append(last + end)
    # An empty element replaces each item, so that the frame is invalid where an item would be.
    frame = b"".join((before, b"<%b/>" % start[1] * len(items), after))
    if not closed or b"<!" in frame or b"<?" in frame:
        return None
    head = opening[0]
    return SplitFeed(head + frame, tuple(b"".join((head, start[0], item, root)) for item in items))


def split_json(data: bytes) -> SplitFeed | None:
    """Return the parts of the feed ``data``, or None if it is not a feed or cannot be split."""
    before, _, items = data.partition(_LIST)
    if not items.startswith(_ITEM) or not items.endswith(_END):
        return None
    frame = before + b"}"
    try:
        frame_data = json.loads(frame)
    except ValueError:
        return None
    if not frame_data or "items" in frame_data:
        return None
    first, *others = items.removesuffix(_END).split(b"}," + _ITEM)
    return SplitFeed(frame, (first + b"}", *(b"".join((_ITEM, item, b"}")) for item in others)))
