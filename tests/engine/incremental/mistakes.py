"""Edits that must fail every build, and are undone after it."""

from __future__ import annotations

from random import Random

from msgspec.structs import replace

from tests.engine.incremental.editing import Edit, Project


def _changed(project: Project, rng: Random, old: str, new: str) -> None:
    file = project.free(rng)
    project.damage(file, file.read_text(encoding="utf-8").replace(old, new, 1).encode())


def split(project: Project, rng: Random) -> None:
    """Write front matter that cannot be read."""
    _changed(project, rng, "title: ", "title: Broken: ")


def broken_link(project: Project, rng: Random) -> None:
    """Add a broken link."""
    _changed(project, rng, "It counts", "See [nothing](/articles/nowhere/). It counts")


def unknown_author(project: Project, rng: Random) -> None:
    """Name an unknown author."""
    _changed(project, rng, "author: ", "author: not-")


def taken_address(project: Project, rng: Random) -> None:
    """Give two entries the same address."""
    # A published page, because the address of a draft or an expired article is free.
    pages = [file for file in project.files("pages/*/index.md") if b"status: published" in file.read_bytes()]
    file = rng.choice(pages)
    project.damage(file.parent / "second.md", file.read_bytes().replace(b"id: ", b"id: second-", 1))


def person_gone(project: Project, rng: Random) -> None:
    """Remove an author of articles."""
    project.damage(project.content / "people/editor/index.md", None)


def topic_gone(project: Project, rng: Random) -> None:
    """Remove a topic that entries have."""
    file = project.content / "register/topics.yaml"
    project.damage(file, file.read_bytes().replace(b"- key: families", b"- key: relatives", 1))


def contact_gone(project: Project, rng: Random) -> None:
    """Remove a contact that texts link to."""
    file = project.content / "register/help.yaml"
    project.damage(file, file.read_bytes().replace(b"- id: samaritans", b"- id: listeners", 1))


def damaged_picture(project: Project, rng: Random) -> None:
    """Truncate a picture."""
    file = project.content / "articles/everything/gate.png"
    project.damage(file, file.read_bytes()[:60])


def torn_template(project: Project, rng: Random) -> None:
    """Leave an incomplete tag in a template."""
    file = project.theme / f"templates/{rng.choice(('article', 'home', 'document'))}.html"
    project.damage(file, file.read_bytes() + b"{% if %}")


def failing_template(project: Project, rng: Random) -> None:
    """Use an undefined value in a template, which fails when it is rendered."""
    file = project.theme / "components/article-card/macro.html"
    project.damage(file, file.read_bytes().replace(b"{{ card.title }}", b"{{ card.title.nothing.at_all }}", 1))


def wrong_setting(project: Project, rng: Random) -> None:
    """Use an invalid setting."""
    every: tuple[dict[str, object], ...] = ({"PAGE_SIZE": 0}, {"SITEURL": "nowhere"}, {})
    wrong = rng.choice(every)
    day = project.setup.day if wrong else "tomorrow"
    project.use_bad_setup(replace(project.setup, day=day, settings={**project.setup.settings, **wrong}))


def leak(project: Project, rng: Random) -> None:
    """Load a picture from another host, which fails the privacy receipt."""
    file = project.theme / "templates/base.html"
    added = b'<img src="https://www.example.org/x.png" alt="">'
    project.damage(file, file.read_bytes().replace(b"{% block main %}", added + b"{% block main %}", 1))


def failing_code(project: Project, rng: Random) -> None:
    """Break a module of the code."""
    file = project.root / "plugins/pages/lists.py"
    project.damage(file, file.read_bytes() + rng.choice((b"\nraise ValueError\n", b"\ndef\n")))


MISTAKES: tuple[Edit, ...] = (
    broken_link, contact_gone, damaged_picture, failing_code, failing_template, leak, person_gone, split, taken_address,
    topic_gone, torn_template, unknown_author, wrong_setting,
)  # fmt: skip
#: Mistakes that need a new process, because the old one has imported the code.
IN_CODE: tuple[Edit, ...] = (failing_code,)
