"""Editing: a project of its own, and what people do to its content, at random but the same each time."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

from tests.engine.incremental.building import Wish
from tests.sites.building import AS_OF, ROOT, SITES

#: Something that is done to a project; what it chooses depends on the project and on the chance alone.
Edit = Callable[["Scribe", Random], None]

#: Chapters of the handbook that a project has; all of them would take as long as the site.
_CHAPTERS = ("01-handbook.md", "04-blocks.md", "14-problems.md", "problems.yaml")
#: A consent of ``sites/full`` ends on this day in a project, soon enough for the contacts still to be verified then.
LAPSE = "2026-12-20"
#: The ends of the days on which every consent holds.
DAYS = ("2026-11-19", "2026-11-22", AS_OF, "2026-11-24", "2026-12-02", "2026-12-19")
#: Articles that others link to only by lines of their own, which can go.
FREE = "articles/free-*/index.md"
#: Every text that may change without somebody's approval.
TEXTS = ("articles/*/index.md", "stories/sample/index.md", "pages/*/index.md", "people/*/index.md")


class Scribe:
    """Changes a project.

    Args:
        folder: where the project is made, as ``project``; the site goes to ``output`` beside it, memories to ``cache``.
    """

    def __init__(self, folder: Path) -> None:
        self.root = folder / "project"
        self.output, self.cache = folder / "output", folder / "cache"
        self.kept = folder / "kept"
        self.wish = Wish()
        self._number = 0
        self._broken: list[tuple[Path, bytes | None]] = []
        self._states: list[tuple[Wish, dict[str, dict[str, bytes]]]] = []
        self._last_good_wish: Wish | None = None
        _write_project(self.root)
        for _ in range(5):
            add(self, Random(self._number))  # noqa: S311 - an edit, not a secret

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.root / self.wish.content

    @property
    def theme(self) -> Path:
        """The folder of the theme."""
        return self.root / (self.wish.theme or "theme")

    @property
    def is_broken(self) -> bool:
        """Whether a mistake was made that no build may pass."""
        return bool(self._broken) or self._last_good_wish is not None

    def fresh(self) -> int:
        """Return a number that was not used before."""
        self._number += 1
        return self._number

    def files(self, *patterns: str) -> list[Path]:
        """Return the files of the content that match one of ``patterns``, in order."""
        return sorted(file for pattern in patterns for file in self.content.glob(pattern))

    def free(self, chance: Random) -> Path:
        """Return an article that may become anything; a new one where there is none."""
        if not self.files(FREE):
            add(self, chance)
        return chance.choice(self.files(FREE))

    def replace(self, file: Path, pattern: str, by: str) -> None:
        """Replace what ``pattern`` first finds in ``file``; it finds something."""
        text, count = re.subn(pattern, by, file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
        assert count, f"{pattern} is not in {file}"
        file.write_text(text, encoding="utf-8")

    def add_line(self, file: Path, line: str) -> None:
        """Add a line to the front matter of ``file``."""
        self.replace(file, r"^status: ", f"{line}\nstatus: ")

    def append(self, file: Path, text: str) -> None:
        """Add to the end of ``file``."""
        with file.open("a", encoding="utf-8") as stream:
            stream.write(text)

    def isolate(self, file: Path) -> None:
        """Take away every line that links to an article, because readers will not find it for some time."""
        address = f"/articles/{field_of(file, 'slug')}/"
        for other in self.files("**/*.md"):
            text = other.read_text(encoding="utf-8")
            if address in text:
                kept = [line for line in text.splitlines(keepends=True) if f"({address})" not in line]
                other.write_text("".join(kept), encoding="utf-8")

    def ruin(self, file: Path, data: bytes | None) -> None:
        """Put ``data`` in place of ``file`` until the mistake is mended; None takes the file away."""
        self._broken.append((file, file.read_bytes() if file.is_file() else None))
        if data is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)

    def misguide(self, wish: Wish) -> None:
        """Ask for what cannot be built until the mistake is mended."""
        self._last_good_wish, self.wish = self.wish, wish

    def repair(self) -> None:
        """Undo every mistake."""
        while self._broken:
            file, data = self._broken.pop()
            if data is None:
                file.unlink()
            else:
                file.write_bytes(data)
        self.wish, self._last_good_wish = self._last_good_wish or self.wish, None

    def remember(self) -> None:
        """Keep the state of the texts and of the theme, to go back to some day."""
        parts = {name: _read(self.root / name) for name in (self.wish.content, self.wish.theme or "theme", "docs")}
        self._states.append((self.wish, parts))

    def go_back(self, chance: Random) -> None:
        """Make texts, theme, day and settings what they once were."""
        wish, parts = chance.choice(self._states)
        for name in (self.wish.content, self.wish.theme or "theme", "docs"):
            shutil.rmtree(self.root / name)
        for name, files in parts.items():
            for path, data in files.items():
                file = self.root / name / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
        self.wish = wish


def _write_project(root: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "node_modules")
    for name in ("plugins", "theme"):
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    for name in ("pelicanconf.py", "publishconf.py", *(f"docs/handbook/{chapter}" for chapter in _CHAPTERS)):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    content = shutil.copytree(SITES / "full", root / "content")
    for path, old, new in (
        # A release refuses a line for a crisis that nobody has verified.
        ("register/help.yaml", '  text: {number: "85258"', '  verified_on: 2026-11-01\n  text: {number: "85258"'),
        ("stories/told/index.md", "expires: 2027-12-29", f"expires: {LAPSE}"),
    ):
        text = (content / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old} is not in {path}"
        (content / path).write_text(text.replace(old, new), encoding="utf-8")


def _read(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def field_of(file: Path, name: str) -> str:
    """Return a field of one line of an entry, or ""."""
    found = re.search(rf"^{name}: (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else ""


def add(scribe: Scribe, chance: Random) -> None:
    """Add an article."""
    number = scribe.fresh()
    file = scribe.content / "articles" / f"free-{number}" / "index.md"
    file.parent.mkdir()
    file.write_text(
        f"---\nid: free-article-{number}\ntitle: Free {number}\nslug: free-{number}\nsummary: Summary {number}.\n"
        f"status: published\npublished: 2026-{chance.randint(5, 10):02}-{chance.randint(1, 28):02}\n"
        f"author: {chance.choice(('editor', 'guest'))}\ntopics: {chance.choice(_TOPICS)}\n"
        f"kind: {chance.choice(('guide', 'news', 'opinion'))}\nmedical: false\n---\n\n"
        f"It counts {1000 + number}, and the WHO counts too.\n\nSee [everything](/articles/everything/).\n",
        encoding="utf-8",
    )


_TOPICS = ("[families]", "[sleep]", "[families, sleep]", "[sleep, families]", "[]")


def touch(scribe: Scribe, chance: Random) -> None:
    """Give every file another time."""
    for file in sorted(scribe.root.rglob("*")):
        os.utime(file, (1_700_000_000, 1_700_000_000 + chance.randint(0, 1000)))


def back(scribe: Scribe, chance: Random) -> None:
    """Go back to what once was."""
    scribe.go_back(chance)


def day(scribe: Scribe, chance: Random) -> None:
    """Build on another day: what was planned appears, what expires goes."""
    scribe.wish = replace(scribe.wish, day=chance.choice([day for day in DAYS if day != scribe.wish.day]))


def lapse(scribe: Scribe, chance: Random) -> None:
    """Build on a day when a consent has ended: a release leaves the story out, no other build goes on."""
    scribe.replace(scribe.content / "stories/told/index.md", r"^  expires: .*$", f"  expires: {LAPSE}")
    wish = replace(scribe.wish, day=chance.choice((LAPSE, "2026-12-24")))
    if scribe.wish.release:
        scribe.wish = wish
    else:
        scribe.misguide(wish)


def release(scribe: Scribe, chance: Random) -> None:
    """Build for readers, or no longer; then on a day on which every consent holds."""
    to_day = AS_OF if scribe.wish.release else scribe.wish.day
    scribe.wish = replace(scribe.wish, release=not scribe.wish.release, day=to_day)
