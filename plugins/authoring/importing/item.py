"""Data classes for one text of a source. Every source reader returns them."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field


class Urgency(enum.StrEnum):
    """The urgency of a note, the most urgent first."""

    DECIDE = "decide"
    LOST = "lost"
    CHANGED = "changed"
    LEFT_OUT = "left-out"


class Note(Struct, frozen=True):
    """A remark on a part of a text that was changed or left out.

    Attributes:
        urgency: how soon a person must act on it.
        what: the kind of part and what was done. The same words for each part of the kind.
        detail: identifies the part, for example its address or text.
    """

    urgency: Urgency
    what: str
    detail: str = ""


_LONGEST_DETAIL = 300
#: Comments of readers or editors are never imported.
COMMENTS_LEFT_OUT = "comments were left out"
CONTENTS_LEFT_OUT = "a table of contents was left out: each page makes its own"
DELETED_TEXT_LEFT_OUT = "text that had been deleted was left out"
BUILDER_OPENED = "a part of a page builder became its words and pictures alone"
KEPT_ITS_WORDS = "a shortcode was taken off, and its words were kept"
SHEET_LEFT_OUT = "the head or the foot of the pages was left out"
PAGE_BREAK_LEFT_OUT = "a break between pages was left out"


def comments_left_out(number: int) -> tuple[Note, ...]:
    """Return the note that ``number`` comments were left out, if there were any."""
    return (Note(Urgency.LEFT_OUT, COMMENTS_LEFT_OUT, str(number)),) if number else ()


def shortened(text: str) -> str:
    """Return ``text`` as one line that is short enough for the detail of a note."""
    return " ".join(text.split())[:_LONGEST_DETAIL]


class Photo(Struct, frozen=True):
    """A picture that a text refers to.

    Attributes:
        address: its web address, its path in the source, or its name in ``Item.files``.
        alt: its alternative text, or "".
    """

    address: str
    alt: str = ""


Kind = Literal["post", "page"]
Status = Literal["public", "draft", "private", "planned", "password"]


class Item(Struct, frozen=True):
    """One text.

    Attributes:
        key: permanent identifier of the text in its source, by which a second run finds it again.
        place: where it stands, for people.
        html: its body.
        title: its name, or "".
        slug: the last part of its old address, or "".
        summary: a short text about it, or "".
        published: the day on which it appeared, or None.
        updated: the day of its last change, or None.
        author: the name in the source, or "".
        categories: names of its categories, the first one first.
        tags: names of its tags.
        kind: post or page.
        status: who could read it.
        feed_id: its id in the feeds of the old site, or "".
        addresses: its old addresses: URLs, or paths that begin with a slash.
        names: other names that links within the source use for it, such as its path.
        photo: its featured picture.
        files: bytes of embedded pictures, by name.
        notes: parts that the source reader left out.
    """

    key: str
    place: str
    html: str
    title: str = ""
    slug: str = ""
    summary: str = ""
    published: dt.date | None = None
    updated: dt.date | None = None
    author: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    kind: Kind = "post"
    status: Status = "public"
    feed_id: str = ""
    addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    photo: Photo | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
