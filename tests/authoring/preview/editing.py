"""Make random but reproducible edits of a site while its preview runs."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.sites.building import ROOT, SITES

Edit = Callable[["Scribe"], None]


class Scribe:
    """Make edits of a copy of ``sites/full`` and of the theme.

    Args:
        folder: the folder of the copies, ``content`` and ``theme``.
        seed: the seed of the random choices.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.content = shutil.copytree(SITES / "full", folder / "content")
        self.theme = shutil.copytree(ROOT / "theme", folder / "theme")
        self.chance = random.Random(seed)  # noqa: S311 - an edit, not a secret
        self.number = 0
        self._broken: list[tuple[Path, bytes]] = []

    def entry(self, pattern: str = "articles/*/*.md") -> Path:
        """Return a random entry."""
        return self.chance.choice(sorted(self.content.glob(pattern)))

    def replace(self, file: Path, pattern: str, by: str) -> None:
        """Replace the first match of ``pattern`` in ``file``."""
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(pattern, by, text, count=1, flags=re.MULTILINE), encoding="utf-8")

    def fresh(self) -> int:
        """Return an unused number."""
        self.number += 1
        return self.number

    def body(self) -> None:
        """Add text to an entry."""
        file = self.entry(self.chance.choice(("articles/*/*.md", "stories/sample/*.md", "pages/*/*.md")))
        with file.open("a", encoding="utf-8") as text:
            text.write(f"\nMore words, {self.fresh()}, and [a link](/articles/plain/) and [help](help:emergency).\n")

    def title(self) -> None:
        """Change a title."""
        self.replace(self.entry(), r"^title: .*$", f"title: Another title {self.fresh()}")

    def day(self) -> None:
        """Change the day of publication."""
        day = self.chance.choice(("2025-03-01", "2026-11-22", "2027-02-01"))
        self.replace(self.entry(), r"^published: .*$", f"published: {day}")

    def topic(self) -> None:
        """Change the topics of an entry."""
        self.replace(self.entry(), r"^kind: .*$", "kind: news")
        self.replace(self.entry(), r"^topics: .*$", self.chance.choice(("topics: [families]", "topics: [sleep]")))

    def add(self) -> None:
        """Add an article."""
        number = self.fresh()
        file = self.content / "articles" / f"new-{number}" / "index.md"
        file.parent.mkdir()
        file.write_text(
            f"---\nid: new-{number}\ntitle: New {number}\nslug: new-{number}\nsummary: New.\nstatus: published\n"
            f"published: 2026-11-0{1 + number % 9}\nauthor: editor\ntopics: [families, sleep]\nkind: news\n---\n\n"
            "New words.\n",
            encoding="utf-8",
        )

    def remove(self) -> None:
        """Remove an article. Links to it make the site invalid until they are corrected."""
        files = sorted(self.content.glob("articles/new-*/index.md")) or [self.entry()]
        shutil.rmtree(files[-1].parent)
        if not list(self.content.glob("articles/*/*.md")):
            self.add()

    def draft(self) -> None:
        """Make an entry a draft, or publish it."""
        file = self.entry("articles/[ns]*/*.md") if list(self.content.glob("articles/[ns]*/*.md")) else self.entry()
        is_draft = "status: draft" in file.read_text(encoding="utf-8")
        self.replace(file, r"^status: .*$", "status: published" if is_draft else "status: draft")

    def template(self) -> None:
        """Change a template or a component."""
        file = self.theme / self.chance.choice(
            (
                "templates/article.html",
                "templates/base.html",
                "components/article-card/macro.html",
                "templates/recent.html",
            )
        )
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("class=", f'data-edit="{self.fresh()}" class=', 1), encoding="utf-8")

    def style(self) -> None:
        """Change a style."""
        with (self.theme / "components/article-card/article-card.css").open("a", encoding="utf-8") as text:
            text.write(f"\n.article-card {{\n  --edit: {self.fresh()};\n}}\n")

    def register(self) -> None:
        """Change a topic, a contact or an abbreviation."""
        number = self.fresh()
        if number % 3 == 0:
            self.replace(self.content / "register/topics.yaml", r"^  name: .*$", f"  name: Topic {number}")
        elif number % 3 == 1:
            self.replace(self.content / "register/help.yaml", r"^  who_for: .*$", f"  who_for: Anyone {number}")
        else:
            self.replace(self.content / "register/glossary.yaml", r"^  meaning: .*$", f"  meaning: Meaning {number}")

    def picture(self) -> None:
        """Replace a picture by another of the same name."""
        pictures = sorted(self.content.glob("**/*.jpg"))
        one, other = self.chance.sample(pictures, 2)
        one_data, other_data = one.read_bytes(), other.read_bytes()
        one.write_bytes(other_data)
        other.write_bytes(one_data)

    def break_entry(self) -> None:
        """Make a content file invalid."""
        file = self.entry()
        self._broken.append((file, file.read_bytes()))
        self.replace(file, r"^title: .*$", "title: Broken: in two")

    def break_template(self) -> None:
        """Make a template invalid."""
        file = self.theme / "templates/article.html"
        self._broken.append((file, file.read_bytes()))
        with file.open("a", encoding="utf-8") as text:
            text.write("{% if %}")

    def correct_all(self) -> None:
        """Correct everything that is broken."""
        while self._broken:
            file, data = self._broken.pop()
            if file.parent.is_dir():
                file.write_bytes(data)


EDITS: tuple[Edit, ...] = (
    Scribe.body, Scribe.title, Scribe.day, Scribe.topic, Scribe.add, Scribe.remove, Scribe.draft, Scribe.template,
    Scribe.style, Scribe.register, Scribe.picture, Scribe.break_entry, Scribe.break_template, Scribe.correct_all,
)  # fmt: skip
