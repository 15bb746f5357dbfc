"""Write content folders with everything that feeds contain."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment, wording_hash
from plugins.content_model.page import Person
from plugins.content_model.story import Story, approval_hash
from tests.sites.building import SITES
from tests.sites.writing import entry, fields, text, write

AUTHORITY = "elmtreehub.example,2026"
HUB = "https://hub.example.org/"
#: The day on which an article of ``whole_site`` was withdrawn.
WITHDRAWN_ON = dt.date(2026, 11, 1)
_FIRST = dt.date(2026, 1, 1)
_BODY = """\
An opening paragraph with [a link]({filename}/articles/text-1/index.md) and [another](https://example.com/?a=1&b=2).

## A heading

- one
- two

![What the picture shows](cover.jpg)

/// quote | Elm Tree Hub community charter
We listen before we advise.
///
"""


def picture() -> bytes:
    """Return the bytes of a small JPEG picture."""
    data = io.BytesIO()
    Image.new("RGB", (40, 24), "#1f4d4a").save(data, "JPEG")
    return data.getvalue()


def small_site(root: Path, articles: int = 3) -> Path:
    """Write a site of plain articles, one a day, and return its folder."""
    return write(
        root, {**_registers(), **{path: data for n in range(1, articles + 1) for path, data in plain(n).items()}}
    )


def plain(number: int, /, **changes: Any) -> dict[str, str]:
    """Return the file of plain article ``number``, published on day ``number``."""
    day = (_FIRST + dt.timedelta(days=number)).isoformat()
    given = fields(Article, f"text-{number}", **{"title": f"Text {number}", "published": day, **changes})
    return {f"articles/text-{number}/index.md": text(given, f"What text {number} says.\n")}


def whole_site(root: Path) -> Path:
    """Write a site with every kind of entry, including removed ones, and return its folder."""
    files: dict[str, str | bytes] = {**_registers()}
    for number in range(1, 46):
        files |= plain(number, topics=["work", "alcohol"] if number % 3 else ["families"])
    for number in (43, 44, 45):
        folder = f"articles/text-{number}"
        detailed = _fields_of(files[f"{folder}/index.md"]) | {
            "title": f"Text {number}: rest & recovery, 1 < 2",
            "image": {"file": "cover.jpg", "alt": 'A "picture" & more', "credit": "Somebody"},
            "content_notes": ["alcohol", "loss"],
            "sources": [
                {"title": "A page", "publisher": "NHS", "url": "https://www.nhs.uk/page", "accessed": "2026-05-01"}
            ],
            "updated": [{"on": "2026-06-01", "what": "Added a section."}],
        }
        files |= {f"{folder}/index.md": text(detailed, _BODY), f"{folder}/cover.jpg": picture()}
    files |= _story("made-up", illustrative="true", title="A sample story", content_notes=["drug use"])
    files |= _story("told", consent=_consent("web", "feed"), title="A story for feeds")
    files |= _story("web-only", consent=_consent("web"), title="A story for the web alone")
    log = [{"on": f"2026-0{n}-01", "said": f"Said {n}.", "did": f"Did {n}.", "by_role": "Editor"} for n in (2, 5, 9)]
    log[-1]["evidence"] = "A page that shows it."
    promise = fields(Commitment, "we-listen", title="We listen", topics=["families"], log=log)
    log[-1] |= {
        "wording": wording_hash(entry(Commitment, "we-listen", log=log)),
        "next_review": promise["review_due"],
    }
    files["commitments/we-listen/index.md"] = text(promise)
    over = fields(Article, "over", title="Over", published="2026-03-03", expires="2026-10-30", topics=["work"])
    files["articles/over/index.md"] = text(over)
    files["register/withdrawn.yaml"] = yaml.safe_dump([
        _stone("gone-of-late", "article", WITHDRAWN_ON, topics=["work"], author="editor"),
        _stone("gone-long-ago", "story", dt.date(2026, 4, 1), topics=["families"]),
    ])  # fmt: skip
    return write(root, files)


def _registers() -> dict[str, str | bytes]:
    """Return the registers and the person that every site needs."""
    topics = [{"key": key, "name": key.title(), "summary": f"About {key}."} for key in ("work", "alcohol", "families")]
    topics[1]["safety"] = "Do not stop suddenly & alone."
    person = fields(Person, "editor", title="Editorial team", published=None)
    return {
        "register/topics.yaml": yaml.safe_dump(topics),
        "register/help.yaml": (SITES / "cases" / "base" / "register" / "help.yaml").read_bytes(),
        "people/editor/index.md": text(person),
    }


def _fields_of(file: str | bytes) -> dict[str, Any]:
    front = str(file).split("---\n")[1]
    return {**yaml.load(front, yaml.BaseLoader)}  # noqa: S506 - reads what this module has just written


def _consent(*scope: str) -> dict[str, Any]:
    return {"ref": "C-1", "given_on": "2026-01-10", "form_version": "1", "scope": list(scope)}


def _story(slug: str, **changes: Any) -> dict[str, str]:
    body = "What a narrator tells.\n"
    given: Mapping[str, Any] = {
        "published": "2026-04-04", "topics": ["families"], "illustrative": None, **changes,
    }  # fmt: skip
    if given.get("consent"):
        private = {"safeguarding": {"reviewed_on": "2026-02-01", "by_role": "Lead"}}
        draft = entry(Story, slug, body, **{**given, **private, "status": "draft"})
        given = {**given, **private, "approved_text": approval_hash(draft)}
    return {f"stories/{slug}/index.md": text(fields(Story, slug, **given), body)}


def _stone(slug: str, kind: str, withdrawn_on: dt.date, **more: Any) -> dict[str, Any]:
    section = {"article": "articles", "story": "stories"}[kind]
    return {
        "id": f"entry-id-{slug}", "kind": kind, "address": f"/{section}/{slug}/", "published": "2026-02-02",
        "withdrawn_on": withdrawn_on.isoformat(), **more,
    }  # fmt: skip
