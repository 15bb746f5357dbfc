"""Define files with a mistake that only ``inv check`` reports, and their reports."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from tests.sites.writing import write

HEAD = """\
---
id: entry-id-a
title: A title
slug: a
summary: A summary.
status: published
{extra}---

"""
#: The number of lines of a file above its body.
BODY = 8
LANGUAGE = """\
- id: addict
  terms: [addict, drug addict]
  suggest: a person with an addiction
  why: it makes an illness the whole of a person
  exempt: [quote, story, name]
  sources: [NIDA]
  reviewed_on: 2026-11-23
- id: alcoholic
  terms: [alcoholic]
  suggest: a person who is dependent on alcohol
  why: it makes an illness the whole of a person
  exempt: [quote, story, name]
  not_before: [drink, drinks]
  sources: [NIDA]
  reviewed_on: 2026-11-23
"""
HELP = """\
- id: emergency
  name: Emergency services
  who_for: Anyone in danger
  number: "999"
  hours: Always
  nations: [england, scotland, wales, northern-ireland]
  cost: Free
  crisis: true
  source: GOV.UK
- id: elm-tree-hub
  name: Elm Tree Hub
  who_for: Anyone
  url: https://a.example/
  hours: By day
  nations: [england]
  cost: Free
  source: Ours
"""


class Bad(Struct, frozen=True):
    """A file with a mistake and its report.

    Attributes:
        name: the name of the problem.
        body: the text.
        line: the line in the text, from 1.
        column: the column in that line.
        message: a part of the message.
        mended: the text after ``--fix``; None if an author must decide.
    """

    name: str
    body: str
    line: int
    column: int
    message: str
    mended: str | None = None


def page(body: str, extra: str = "") -> str:
    """Return a page with ``body`` and the front-matter lines ``extra``."""
    return HEAD.format(extra=extra) + body


def content(folder: Path, file: str, *, path: str = "pages/a/index.md") -> Path:
    """Return a content folder with ``file`` and the registers that checks need."""
    return write(
        folder,
        {
            path: file,
            "register/language.yaml": LANGUAGE,
            "register/help.yaml": HELP,
            "register/spelling.yaml": "- word: Recieve\n  reason: The name of a band that the site writes about.\n",
        },
    )
