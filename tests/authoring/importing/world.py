"""Helpers for import tests: make a content folder, run an import, read its results."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import yaml
from PIL import Image
from turbohtml import Element

from plugins.authoring.importing.command import FOLDER, import_files
from plugins.authoring.importing.conversion import Converted, convert
from plugins.authoring.importing.item import Note
from plugins.authoring.importing.report import Report
from plugins.authoring.importing.wordpress_body import plain_html
from plugins.markdown_blocks.context import Context
from plugins.markdown_blocks.render import Renderer
from plugins.views.views import Picture
from tests.authoring.check.world import HELP
from tests.sites.building import AS_OF
from tests.sites.writing import write

_PERSON = """\
---
id: editorial-team-id
title: Editorial team
slug: editorial-team
summary: Writes here.
status: published
role: Writes
---

Words.
"""
_TOPICS = """\
- key: alcohol
  name: Alcohol
  summary: About drink.
- key: families
  name: Families and friends
  summary: For families.
"""
_HELP = HELP.replace("url: https://a.example/", 'number: "020 8191 9191"')
#: Problems that an imported text may have. Each needs a person's decision.
TO_DOS = frozenset(
    {"unknown-person", "raw-phone-number", "raw-email", "dose", "unknown-address", "broken-link", "unclosed-comment"}
)


def new_content(folder: Path) -> Path:
    """Return a content folder with a person, two topics and two help contacts."""
    return write(
        folder,
        {
            "people/editorial-team/index.md": _PERSON,
            "register/topics.yaml": _TOPICS,
            "register/help.yaml": _HELP,
        },
    )


def bring(content: Path, *paths: Path | str, **options: Any) -> Report:
    """Import ``paths`` into ``content``."""
    return import_files([str(path) for path in paths], content=str(content), as_of=AS_OF, **options)


def report_data(content: Path) -> dict[str, Any]:
    """Return the data of ``report.json``."""
    read: dict[str, Any] = json.loads((content.parent / FOLDER / "report.json").read_text(encoding="utf-8"))
    return read


def actions(report: Report) -> Counter[str]:
    """Return the number of texts for each action."""
    return Counter(outcome.action for outcome in report.outcomes)


def notes(report: Report) -> set[str]:
    """Return the kinds of all notes in the report."""
    return {note.what for outcome in report.outcomes for note in outcome.notes}


def entry(content: Path, path: str) -> str:
    """Return the file of an entry."""
    return (content / path / "index.md").read_text(encoding="utf-8")


def front_matter(content: Path, path: str) -> dict[str, object]:
    """Return the fields of an entry."""
    # All values are strings, as the site reads them: `on` is no boolean, `2020-06-01` no date.
    read: dict[str, object] = yaml.load(entry(content, path).split("---\n")[1], yaml.BaseLoader)  # noqa: S506
    return read


def body(content: Path, path: str) -> str:
    """Return the text of an entry, without its front matter."""
    return entry(content, path).split("---\n", 2)[2].strip()


def picture(colour: str = "navy", size: tuple[int, int] = (40, 30), form: str = "PNG") -> bytes:
    """Return a picture."""
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, form)
    return stream.getvalue()


def written_text(content: Path) -> str:
    """Return every file that an import writes, as one text."""
    files = [*content.rglob("*"), *(content.parent / FOLDER).rglob("*")]
    return "\n".join(file.read_bytes().decode("utf-8", "replace") for file in files if file.is_file())


class Rendering:
    """Renders Markdown as the site does. Every picture counts as present."""

    def __init__(self) -> None:
        self._renderer = Renderer()

    def html(self, markdown: str) -> str:
        """Return the HTML of ``markdown``."""
        shown = Picture(src="/any.jpg", width=1, height=1, alt="")
        return self._renderer.render(markdown, Context("articles/a/index.md", picture=lambda _: shown)).body.html


def _as_it_is(_root: Element, _notes: list[Note]) -> Counter[str]:
    """Leave every address as it is."""
    return Counter()


def converted(html: str, rendering: Rendering | None = None, title: str = "") -> Converted:
    """Convert ``html`` without changing its addresses."""
    return convert(html, resolve=_as_it_is, render=(rendering or Rendering()).html, title=title)


def converted_post(text: str) -> tuple[str, list[Note]]:
    """Convert ``text``, the body of a post, and return its Markdown and notes."""
    html, found = plain_html(text, gallery=lambda _: (), pattern=lambda _: None)
    made = converted(html)
    assert made.proof.holds, made.proof
    return made.markdown, [*found, *made.notes]


def words(text: str) -> Counter[str]:
    """Return the words of ``text``."""
    return Counter(re.findall(r"\w+", text.casefold()))


def aliases(content: Path, path: str) -> object:
    """Return the old addresses of an entry."""
    return front_matter(content, path).get("aliases", [])
