"""Write the corpus in our own content model, with tags and categories as topics and authors as people.

Pictures are left out, because ours belong to one entry each, are encoded, and need alt texts.
"""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path

from plugins.content_model.fields import SUMMARY_LENGTH
from tests.benchmarks.build.corpus import AUTHORS, CATEGORIES, TAGS, Article, slug
from tests.sites.building import CONTENT

#: The content folder, relative to the site.
FOLDER = "content"
#: Registers of our content that do not depend on articles.
_REGISTERS = ("glossary.yaml", "help.yaml", "language.yaml", "spelling.yaml")


def front(article: Article) -> str:
    """Return the front matter of ``article``."""
    topics = ", ".join(slug(name) for name in (article.category, *article.tags))
    return (
        f'---\nid: sample-{article.number:05d}\ntitle: "{article.title}"\nslug: {article.slug}\n'
        f'summary: "{textwrap.shorten(article.summary, SUMMARY_LENGTH, placeholder="…")}"\n'
        f"status: published\npublished: {article.date:%Y-%m-%d}\nauthor: {slug(article.author)}\n"
        f"topics: [{topics}]\nkind: guide\nmedical: false\n---\n\n"
    )


def link(article: Article) -> str:
    """Return the address of a link to ``article``."""
    return f"{{filename}}/articles/{article.slug}/index.md"


def file(article: Article) -> str:
    """Return the file of ``article``, relative to the site."""
    return f"{FOLDER}/articles/{article.slug}/index.md"


def surround(folder: Path) -> None:
    """Write the registers, and a page for each author."""
    registers = folder / FOLDER / "register"
    registers.mkdir(parents=True)
    for name in _REGISTERS:
        shutil.copy(CONTENT / "register" / name, registers)
    topics = "\n".join(
        f"- key: {slug(name)}\n  name: {name.capitalize()}\n  summary: What we have about {name.lower()}.\n"
        for name in (*CATEGORIES, *TAGS)
    )
    (registers / "topics.yaml").write_text(topics, encoding="utf-8")
    for name in AUTHORS:
        person = folder / FOLDER / "people" / slug(name) / "index.md"
        person.parent.mkdir(parents=True)
        person.write_text(
            f'---\nid: person-{slug(name)}\ntitle: "{name}"\nslug: {slug(name)}\nsummary: Writes here.\n'
            f"status: published\nrole: Writes articles\n---\n\nWrites articles for this site.\n",
            encoding="utf-8",
        )
