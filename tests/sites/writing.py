"""Write entries and content folders from fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml

from plugins.base.problem import Severity
from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment
from plugins.content_model.entry import Entry
from plugins.content_model.library import Library
from plugins.content_model.loader import parse_entry
from plugins.content_model.page import Page, Person
from plugins.content_model.registers import Registers, Topic
from plugins.content_model.story import Story

TODAY = dt.date(2026, 11, 23)

_E = TypeVar("_E", bound=Entry)

_COMMON: dict[str, Any] = {
    "title": "A title",
    "summary": "A summary.",
    "status": "published",
    "published": "2026-06-01",
}
_STORY = {
    "author": "editor",
    "narrator": {"display_name": "Ash", "display": "pseudonym"},
    "narrator_role": "person",
    "pathway": "mutual-aid",
    "illustrative": "true",
}
_COMMITMENT = {
    "statement": "We listen.",
    "you_can_expect": "I am heard.",
    "in_practice": ["We ask."],
    "made_with": "Readers",
    "owner_role": "Editor",
    "measure": "We ask again.",
    "progress": "limited",
    "log": [{"on": "2026-06-01", "said": "We said.", "did": "We did.", "by_role": "Editor"}],
    "review_due": "2027-06-01",
    "redress": "elm-tree-hub",
}
_DEFAULTS: dict[type[Entry], dict[str, Any]] = {
    Article: {**_COMMON, "author": "editor", "kind": "guide"},
    Story: {**_COMMON, **_STORY},
    Commitment: {**_COMMON, **_COMMITMENT},
    Page: dict(_COMMON),
    Person: {**_COMMON, "role": "Editor"},
}


def text(fields: Mapping[str, Any], body: str = "Some text.\n") -> str:
    """Return a file with ``fields`` as its front matter, without fields that are None."""
    given = {name: value for name, value in fields.items() if value is not None}
    return f"---\n{yaml.safe_dump(given, sort_keys=False, allow_unicode=True, width=1000)}---\n\n{body}"


def fields(kind: type[Entry], slug: str, /, **changes: Any) -> dict[str, Any]:
    """Return the fields of a valid entry of ``kind``, with ``changes``."""
    return {"id": f"entry-id-{slug}", "slug": slug, **_DEFAULTS[kind], **changes}


def entry(kind: type[_E], slug: str, body: str = "Some text.\n", /, **changes: Any) -> _E:
    """Return a valid entry of ``kind``, with ``changes``."""
    folder = {Article: "articles", Story: "stories", Commitment: "commitments", Page: "pages", Person: "people"}[kind]
    made, problems = parse_entry(text(fields(kind, slug, **changes), body), f"{folder}/{slug}/index.md", kind)
    assert not [problem for problem in problems if problem.severity is Severity.ERROR], problems
    assert isinstance(made, kind)
    return made


def article(slug: str, body: str = "Some text.\n", /, **changes: Any) -> Article:
    """Return a valid article, with ``changes``."""
    return entry(Article, slug, body, **changes)


def library(*entries: Entry, topics: tuple[str, ...] = (), as_of: dt.date = TODAY) -> Library:
    """Return a library of ``entries`` and ``topics``."""
    known = {key: Topic(key=key, name=key.title(), summary=f"About {key}.") for key in topics}
    return Library(entries, Registers(topics=known), as_of)


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write ``files`` below ``root`` and return it."""
    for path, data in files.items():
        assert not path.startswith("/"), f"{path} would name a file of the machine's root"
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)
    return root
