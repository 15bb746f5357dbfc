"""Edits that stop every build, and are undone after it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.engine.incremental.editing import Edit, Scribe


def _changed(scribe: Scribe, chance: Random, old: str, new: str) -> None:
    file = scribe.free(chance)
    scribe.ruin(file, file.read_text(encoding="utf-8").replace(old, new, 1).encode())


def split(scribe: Scribe, chance: Random) -> None:
    """Write front matter that cannot be read."""
    _changed(scribe, chance, "title: ", "title: Broken: ")


def broken_link(scribe: Scribe, chance: Random) -> None:
    """Link to what is not there."""
    _changed(scribe, chance, "It counts", "See [nothing](/articles/nowhere/). It counts")


def unknown_author(scribe: Scribe, chance: Random) -> None:
    """Name somebody whom nobody knows."""
    _changed(scribe, chance, "author: ", "author: not-")


def taken_address(scribe: Scribe, chance: Random) -> None:
    """Give two entries one address."""
    # A page: an article may have expired, and the address of one that has may be taken.
    file = chance.choice(scribe.files("pages/*/index.md"))
    scribe.ruin(file.parent / "second.md", file.read_bytes().replace(b"id: ", b"id: second-", 1))


def person_gone(scribe: Scribe, chance: Random) -> None:
    """Remove somebody who wrote articles."""
    scribe.ruin(scribe.content / "people/editor/index.md", None)


def topic_gone(scribe: Scribe, chance: Random) -> None:
    """Remove a topic that entries carry."""
    file = scribe.content / "register/topics.yaml"
    scribe.ruin(file, file.read_bytes().replace(b"- key: families", b"- key: relatives", 1))


def contact_gone(scribe: Scribe, chance: Random) -> None:
    """Remove a contact that texts name."""
    file = scribe.content / "register/help.yaml"
    scribe.ruin(file, file.read_bytes().replace(b"- id: samaritans", b"- id: listeners", 1))


def damaged_picture(scribe: Scribe, chance: Random) -> None:
    """Cut a picture off."""
    file = scribe.content / "articles/everything/gate.png"
    scribe.ruin(file, file.read_bytes()[:60])


def torn_template(scribe: Scribe, chance: Random) -> None:
    """Leave a template half written."""
    file = scribe.theme / f"templates/{chance.choice(('article', 'home', 'document'))}.html"
    scribe.ruin(file, file.read_bytes() + b"{% if %}")


def failing_template(scribe: Scribe, chance: Random) -> None:
    """Let a template ask for what is not there, which shows when it is rendered."""
    file = scribe.theme / "components/article-card/macro.html"
    scribe.ruin(file, file.read_bytes().replace(b"{{ card.title }}", b"{{ card.title.nothing.at_all }}", 1))


def wrong_setting(scribe: Scribe, chance: Random) -> None:
    """Ask for what no build can do."""
    every: tuple[dict[str, object], ...] = ({"PAGE_SIZE": 0}, {"SITEURL": "nowhere"}, {})
    wrong = chance.choice(every)
    day = scribe.wish.day if wrong else "tomorrow"
    scribe.misguide(replace(scribe.wish, day=day, settings={**scribe.wish.settings, **wrong}))


def leak(scribe: Scribe, chance: Random) -> None:
    """Let a page ask another host, which is found when all pages are made."""
    file = scribe.theme / "templates/base.html"
    added = b'<img src="https://www.example.org/x.png" alt="">'
    scribe.ruin(file, file.read_bytes().replace(b"{% block main %}", added + b"{% block main %}", 1))


def failing_code(scribe: Scribe, chance: Random) -> None:
    """Break our code."""
    file = scribe.root / "plugins/pages/lists.py"
    scribe.ruin(file, file.read_bytes() + chance.choice((b"\nraise ValueError\n", b"\ndef\n")))


MISTAKES: tuple[Edit, ...] = (
    broken_link, contact_gone, damaged_picture, failing_code, failing_template, leak, person_gone, split, taken_address,
    topic_gone, torn_template, unknown_author, wrong_setting,
)  # fmt: skip
#: Mistakes that a process that has read the code would not see.
IN_CODE: tuple[Edit, ...] = (failing_code,)
