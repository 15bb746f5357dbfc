"""Write a reproducible content folder of any size.

It contains the site's own content and generated articles with headings, lists, links and blocks.
"""

from __future__ import annotations

import datetime as dt
import random
import shutil
from pathlib import Path

from tests.sites.building import CONTENT

_NOUNS = """
    morning evening kitchen river road window garden group friend family sister brother neighbour meeting promise
    habit season letter table chair coffee walk answer question story silence practice patience courage summer winter
    """.split()  # noqa: SIM905 - a list of words is read as words
_VERBS = "keeps makes takes gives finds brings tells asks shows helps feels seems becomes begins holds".split()  # noqa: SIM905
_SMALL = "the a of and to in for with on at from by about into over after before between through".split()  # noqa: SIM905
_MANNERS = "small long hard good new old first early late simple clear steady gentle slow open quiet".split()  # noqa: SIM905
_TOPICS = ("recovery-community", "getting-help", "families", "students", "work", "alcohol")
_AUTHORS = ("community-lead", "editorial-team", "family-support-worker", "treatment-team")
_NEWEST = dt.date(2026, 11, 20)
#: Words of a body, like an article of the site.
WORDS = 900


def write(folder: Path, articles: int, *, words: int = WORDS) -> Path:
    """Write a content folder with ``articles`` articles of about ``words`` words each, and return it."""
    shutil.copytree(CONTENT, folder, dirs_exist_ok=True)
    for number in range(articles):
        file = folder / "articles" / slug(number) / "index.md"
        file.parent.mkdir(parents=True)
        file.write_text(article(number, articles, words=words), encoding="utf-8")
    return folder


def slug(number: int) -> str:
    """Return the slug of article ``number``; 0 is the newest."""
    return f"sample-{number:05d}"


def article(number: int, articles: int, *, words: int = WORDS) -> str:
    """Return the whole file of article ``number`` of ``articles``."""
    rng = random.Random(f"article-{number}")  # noqa: S311 - a corpus, not a secret
    topics = ", ".join(rng.sample(_TOPICS, 3))
    day = _NEWEST - dt.timedelta(days=number // 2)
    front = (
        f'---\nid: sample-{number:05d}\ntitle: "{_title(rng)} {number}"\nslug: {slug(number)}\n'
        f'summary: "{_sentence(rng)}"\nstatus: published\npublished: {day}\nauthor: {rng.choice(_AUTHORS)}\n'
        f"topics: [{topics}]\nkind: guide\nmedical: false\n---\n\n"
    )
    return front + _body(rng, number, articles, words)


def _title(rng: random.Random) -> str:
    return f"The {rng.choice(_MANNERS)} {rng.choice(_NOUNS)} and the {rng.choice(_NOUNS)}".capitalize()


def _sentence(rng: random.Random) -> str:
    length = rng.randint(8, 16)
    words = [rng.choice(rng.choice((_NOUNS, _VERBS, _SMALL, _SMALL, _MANNERS))) for _ in range(length)]
    return f"{' '.join(words).capitalize()}."


def _marked(rng: random.Random) -> str:
    first, second = rng.choice(_MANNERS), rng.choice(_NOUNS)
    mark = rng.choice(("*", "**", ""))
    return f"{_sentence(rng)[:-1]} {mark}{first} {second}{mark}."


def _paragraph(rng: random.Random) -> str:
    return " ".join(_marked(rng) if rng.random() < 0.3 else _sentence(rng) for _ in range(5))


def _body(rng: random.Random, number: int, articles: int, words: int) -> str:
    parts = [_paragraph(rng)]
    while sum(len(part.split()) for part in parts) < words:
        parts.append(f"## {_title(rng)}")
        parts += [_paragraph(rng) for _ in range(2)]
        parts.append("\n".join(f"- {_sentence(rng)}" for _ in range(4)))
        other = rng.randrange(max(1, articles))
        if other != number:
            parts.append(f"See [what came before](/articles/{slug(other)}/), or [talk to us](help:frank).")
    parts.append(f"/// quote | A reader\n{_sentence(rng)}\n///")
    parts.append("/// reflection\n- What would help you today?\n- Who could you ask?\n///")
    return "\n\n".join(parts) + "\n"
