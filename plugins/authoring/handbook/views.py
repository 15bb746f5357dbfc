"""The views that the template of the handbook receives."""

from __future__ import annotations

from msgspec import Struct

from plugins.views.blocks import BlockView
from plugins.views.body import Body, Heading
from plugins.views.views import Link

#: The label above a text that is shown as written, by the kind of its segment.
LABELS = {"mistake": "You write", "problem": "You are told"}


class FieldRow(Struct, frozen=True):
    """A field of the front matter; ``name`` of a field in a group has the group's name before it."""

    name: str
    needed: bool
    meaning: str
    words: str
    example: str


class ProblemRow(Struct, frozen=True):
    """A kind of problem: the message and the hint of one case."""

    name: str
    severity: str
    message: str
    hint: str


class ChapterPart(Struct, frozen=True):
    """A part of a chapter; what its ``kind`` does not need is empty.

    Attributes:
        kind: "prose", "example", "listing", "fields", "blocks" or "problems".
        body: of prose, or of a rendered example.
        text: shown as written.
        label: the label above the text.
        fields: rows of a table.
        blocks: rows of a table.
        problems: rows of a list.
    """

    kind: str
    body: Body = Body.of("")
    text: str = ""
    label: str = ""
    fields: tuple[FieldRow, ...] = ()
    blocks: tuple[BlockView, ...] = ()
    problems: tuple[ProblemRow, ...] = ()


class ChapterLink(Struct, frozen=True):
    """A chapter in the list of them."""

    title: str
    summary: str
    href: str


class ChapterView(Struct, frozen=True):
    """A chapter.

    Attributes:
        title: plain text.
        summary: plain text.
        parts: in order.
        headings: those of its prose.
        chapters: all chapters, on the first one; on others none.
        previous: the chapter before, or None.
        next: the chapter after, or None.
    """

    title: str
    summary: str
    parts: tuple[ChapterPart, ...]
    headings: tuple[Heading, ...]
    chapters: tuple[ChapterLink, ...]
    previous: Link | None
    next: Link | None
