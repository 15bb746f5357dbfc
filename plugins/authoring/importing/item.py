"""One text of a source, in the form that every reader of a source gives it."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


class Urgency(enum.StrEnum):
    """What a note asks of a person, the most urgent first."""

    DECIDE = "decide"
    LOST = "lost"
    CHANGED = "changed"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class Note:
    """What became of a part of a text.

    Attributes:
        urgency: what it asks of a person.
        what: the kind of part and what became of it, the same words for each of the kind.
        detail: which one it was, such as its address or its words.
    """

    urgency: Urgency
    what: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that a text names.

    Attributes:
        address: its web address, its path in the source, or its name in ``Item.files``.
        alt: what it shows, in words, or "".
    """

    address: str
    alt: str = ""


Kind = Literal["post", "page"]
Status = Literal["public", "draft", "private", "planned", "password"]


@dataclass(frozen=True, slots=True)
class Item:
    """One text.

    Attributes:
        key: names the text in its source for good, so that a second run finds it again.
        place: where it stands, for people.
        html: its body.
        title: its name, or "".
        slug: the last part of its old address, or "".
        summary: a short text about it, or "".
        published: the day on which it appeared, or None.
        updated: the day of its last change, or None.
        author: as the source names them, or "".
        categories: names of its categories, the first one first.
        tags: names of its tags.
        kind: whether it stood in a row of posts or by itself.
        status: who could read it.
        addresses: where it was: whole addresses, or paths that begin with a slash.
        names: other names that links within the source use for it, such as its path.
        photo: the picture that stood for it in lists.
        files: bytes of the pictures that the source holds itself, by name.
        notes: what its reader left out.
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
    addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    photo: Photo | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
