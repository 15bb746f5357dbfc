"""Write the file of an imported entry: a draft, with to-dos for information that the source lacks."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from plugins.authoring.new.templates import quoted
from plugins.content_model.placeholders import Placeholder

#: Placeholder for an author who is not chosen yet. No person has this key.
NOBODY = "to-be-chosen"


class DraftEntry(Struct, frozen=True):
    """The data of an imported entry.

    Attributes:
        kind: article, story or page.
        article_kind: guide, opinion or news.
        image: the file beside the text, or "".
        image_alt: its alternative text, or "" for a to-do.
        feed_id: its id in the feeds of the old site, or "".
    """

    kind: str
    article_kind: str
    id: str
    title: str
    slug: str
    summary: str
    published: dt.date | None
    updated: dt.date | None
    topics: tuple[str, ...]
    author: str
    image: str
    image_alt: str
    aliases: tuple[str, ...]
    body: str
    feed_id: str = ""


def write_entry(entry: DraftEntry) -> str:
    """Return the file of ``entry``, with front matter and text."""
    lines = [
        f"id: {entry.id}",
        f"title: {quoted(entry.title)}",
        f"slug: {entry.slug}",
        f"summary: {quoted(entry.summary)}" if entry.summary else f'#summary: "{Placeholder.SUMMARY}"',
        "status: draft",
    ]
    if entry.published is not None and entry.kind != "page":
        lines.append(f"published: {entry.published}")
        if entry.updated is not None and entry.updated > entry.published:
            lines += ["updated:", f"  - on: {entry.updated}", "    what: Revised on our former site."]
    if entry.topics and entry.kind != "page":
        lines.append(f"topics: [{', '.join(entry.topics)}]")
    if entry.kind != "page":
        lines.append(f"author: {entry.author or NOBODY}")
    if entry.image:
        lines += ["image:", f"  file: {entry.image}", f"  alt: {quoted(entry.image_alt or Placeholder.PICTURE)}"]
    if entry.aliases:
        lines += ["aliases:", *(f"  - {quoted(alias)}" for alias in entry.aliases)]
    if entry.feed_id:
        lines.append(f"feed_id: {quoted(entry.feed_id)}")
    lines += _own_fields(entry)
    return "---\n" + "\n".join(lines) + f"\n---\n\n{entry.body.strip()}\n"


def _own_fields(entry: DraftEntry) -> list[str]:
    if entry.kind == "article":
        return [f"kind: {entry.article_kind}", "medical: false"]
    if entry.kind == "page":
        return ["layout: page"]
    # Fields of the source could identify the narrator, and the source is not a consent.
    return [
        "narrator:",
        f"  display_name: {Placeholder.NARRATOR}",
        "  display: pseudonym",
        "narrator_role: person",
        "pathway: mutual-aid",
        "# Before it is published, it needs the narrator's consent, a safeguarding review, and  inv approve .",
    ]
