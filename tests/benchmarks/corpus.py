"""Corpus: content folders of any size, the same for the same size, for benchmarks that need whole files."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.sites.building import CONTENT

#: About as long as the articles of the site.
_PARAGRAPHS, _SENTENCES = 18, 5
_PEOPLE = ("editorial-team", "treatment-team")
_TOPICS = ("wellbeing", "alcohol", "drugs", "work", "families")
_WHO = (
    "A friend",
    "My sister",
    "The group",
    "Somebody kind",
    "A nurse",
    "Your doctor",
    "The whole family",
    "One person",
)
_DOES = (
    "listens to",
    "writes about",
    "asks for",
    "remembers",
    "makes time for",
    "speaks of",
    "waits for",
    "learns from",
)
_WHAT = ("a quiet morning", "the long walk home", "an honest answer", "the first cup of tea", "a plan for the evening",
         "what helped last time", "the people who stayed", "a small and steady change")  # fmt: skip
_WHEN = (
    "before work",
    "after the meeting",
    "on a hard day",
    "when the kettle boils",
    "at the end of the week",
    "most days",
)


def write_corpus(root: Path, articles: int) -> Path:
    """Write a content folder of ``articles`` articles below ``root``, with the site's own registers and people.

    The text of an article depends on its number alone.
    """
    for folder in ("register", "people"):
        shutil.copytree(CONTENT / folder, root / folder)
    for number in range(articles):
        file = root / "articles" / f"article-{number:05d}" / "index.md"
        file.parent.mkdir(parents=True)
        file.write_text(_article(number), encoding="utf-8")
    return root


def _article(number: int) -> str:
    chance = random.Random(number)  # noqa: S311 - nothing secret
    published = dt.date(2026, 11, 20) - dt.timedelta(days=number % 2000)
    linked = f"article-{number - 1:05d}" if number else "article-00000"
    head = (
        f"---\nid: corpus-article-{number:05d}\ntitle: Article number {number}\nslug: article-{number:05d}\n"
        f"summary: {_sentence(chance)}\nstatus: published\npublished: {published}\n"
        f"author: {chance.choice(_PEOPLE)}\ntopics: [{', '.join(chance.sample(_TOPICS, 2))}]\nkind: guide\n---\n"
    )
    return "\n".join([head, *_body(chance, linked)])


def _body(chance: random.Random, linked: str) -> Iterator[str]:
    for number in range(_PARAGRAPHS):
        if number % 3 == 0:
            yield f"## Part {number // 3 + 1} of the way\n"
        yield " ".join(_sentence(chance) for _ in range(_SENTENCES)) + "\n"
        if number % 6 == 2:
            yield "".join(f"- {_sentence(chance)}\n" for _ in range(3))
    yield f"Read [what came before]({{filename}}/articles/{linked}/index.md), or call [Samaritans](help:samaritans).\n"
    yield "/// quote | A friend of the site\nIt was a quiet morning, and that was enough.\n///\n"


def _sentence(chance: random.Random) -> str:
    who, does, what, when = (chance.choice(words) for words in (_WHO, _DOES, _WHAT, _WHEN))
    return f"{who} **{does}** {what} {when}." if chance.random() < 0.1 else f"{who} {does} {what} {when}."
