"""A copy of the project for tests, and reproducible random edits of it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from msgspec.structs import replace

from tests.engine.incremental.building import BuildSetup
from tests.sites.building import AS_OF, ROOT, SITES
from tests.sites.sample_project import write_sample_settings

#: An edit of a project. Its random choices depend only on the project and the generator.
Edit = Callable[["Project", Random], None]

#: Chapters of the handbook in the copy. All chapters would take as long to build as the site.
_CHAPTERS = ("01-handbook.md", "04-blocks.md", "14-problems.md", "problems.yaml")
#: End of a consent of ``sites/full`` in the copy. The help contacts are still verified on this day.
LAPSE = "2026-12-20"
#: Days on which every consent is valid.
DAYS = ("2026-11-19", "2026-11-22", AS_OF, "2026-11-24", "2026-12-02", "2026-12-19")
#: Articles that edits may remove. Links to them are lines of their own.
FREE = "articles/free-*/index.md"
#: Texts that may change without an approval.
TEXTS = ("articles/*/index.md", "stories/sample/index.md", "pages/*/index.md", "people/*/index.md")


class Project:
    """A copy of the project that edits change.

    Args:
        folder: for the copy (``project``), the site (``output``) and the cache (``cache``).
    """

    def __init__(self, folder: Path) -> None:
        self.root = folder / "project"
        self.output, self.cache = folder / "output", folder / "cache"
        self.kept = folder / "kept"
        self.setup = BuildSetup()
        self._number = 0
        self._broken: list[tuple[Path, bytes | None]] = []
        self._states: list[tuple[BuildSetup, dict[str, dict[str, bytes]]]] = []
        self._last_good_setup: BuildSetup | None = None
        _write_project(self.root)
        for _ in range(5):
            add(self, Random(self._number))  # noqa: S311 - an edit, not a secret

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.root / self.setup.content

    @property
    def theme(self) -> Path:
        """The folder of the theme."""
        return self.root / (self.setup.theme or "theme")

    @property
    def is_broken(self) -> bool:
        """Whether the project has a mistake that must fail every build."""
        return bool(self._broken) or self._last_good_setup is not None

    def fresh(self) -> int:
        """Return an unused number."""
        self._number += 1
        return self._number

    def files(self, *patterns: str) -> list[Path]:
        """Return the content files that match one of ``patterns``, sorted."""
        return sorted(file for pattern in patterns for file in self.content.glob(pattern))

    def free(self, rng: Random) -> Path:
        """Return an article that edits may change in any way. Add one if there is none."""
        if not self.files(FREE):
            add(self, rng)
        return rng.choice(self.files(FREE))

    def replace(self, file: Path, pattern: str, by: str) -> None:
        """Replace the first match of ``pattern`` in ``file``. It must match."""
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
        """Remove every line that links to an article, because it may become unpublished."""
        address = f"/articles/{field_of(file, 'slug')}/"
        for other in self.files("**/*.md"):
            text = other.read_text(encoding="utf-8")
            if address in text:
                kept = [line for line in text.splitlines(keepends=True) if f"({address})" not in line]
                other.write_text("".join(kept), encoding="utf-8")

    def damage(self, file: Path, data: bytes | None) -> None:
        """Replace ``file`` by ``data``, or remove it if None, until ``repair``."""
        self._broken.append((file, file.read_bytes() if file.is_file() else None))
        if data is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)

    def use_bad_setup(self, setup: BuildSetup) -> None:
        """Use a setup that cannot be built, until ``repair``."""
        self._last_good_setup, self.setup = self.setup, setup

    def repair(self) -> None:
        """Undo every mistake."""
        while self._broken:
            file, data = self._broken.pop()
            if data is None:
                file.unlink()
            else:
                file.write_bytes(data)
        self.setup, self._last_good_setup = self._last_good_setup or self.setup, None

    def remember(self) -> None:
        """Save the content, theme and handbook for ``go_back``."""
        parts = {name: _read(self.root / name) for name in (self.setup.content, self.setup.theme or "theme", "docs")}
        self._states.append((self.setup, parts))

    def go_back(self, rng: Random) -> None:
        """Restore a saved state, with its day and settings."""
        setup, parts = rng.choice(self._states)
        for name in (self.setup.content, self.setup.theme or "theme", "docs"):
            shutil.rmtree(self.root / name)
        for name, files in parts.items():
            for path, data in files.items():
                file = self.root / name / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
        self.setup = setup


def _write_project(root: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "node_modules")
    for name in ("plugins", "theme"):
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    write_sample_settings(root)
    for name in (f"docs/handbook/{chapter}" for chapter in _CHAPTERS):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    content = shutil.copytree(SITES / "full", root / "content")
    for path, old, new in (
        # A release refuses unverified crisis contacts.
        ("register/help.yaml", '  text: {number: "85258"', '  verified_on: 2026-11-01\n  text: {number: "85258"'),
        ("stories/told/index.md", "expires: 2027-12-29", f"expires: {LAPSE}"),
    ):
        text = (content / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old} is not in {path}"
        (content / path).write_text(text.replace(old, new), encoding="utf-8")


def _read(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def field_of(file: Path, name: str) -> str:
    """Return a one-line field of an entry, or ""."""
    found = re.search(rf"^{name}: (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else ""


def add(project: Project, rng: Random) -> None:
    """Add an article."""
    number = project.fresh()
    file = project.content / "articles" / f"free-{number}" / "index.md"
    file.parent.mkdir()
    file.write_text(
        f"---\nid: free-article-{number}\ntitle: Free {number}\nslug: free-{number}\nsummary: Summary {number}.\n"
        f"status: published\npublished: 2026-{rng.randint(5, 10):02}-{rng.randint(1, 28):02}\n"
        f"author: {rng.choice(('editor', 'guest'))}\ntopics: {rng.choice(_TOPICS)}\n"
        f"kind: {rng.choice(('guide', 'news', 'opinion'))}\nmedical: false\n---\n\n"
        f"It counts {1000 + number}, and the WHO counts too.\n\nSee [everything](/articles/everything/).\n",
        encoding="utf-8",
    )


_TOPICS = ("[families]", "[sleep]", "[families, sleep]", "[sleep, families]", "[]")


def touch(project: Project, rng: Random) -> None:
    """Change the modification time of every file."""
    for file in sorted(project.root.rglob("*")):
        os.utime(file, (1_700_000_000, 1_700_000_000 + rng.randint(0, 1000)))


def back(project: Project, rng: Random) -> None:
    """Restore an earlier state."""
    project.go_back(rng)


def day(project: Project, rng: Random) -> None:
    """Change the day of the build: scheduled entries appear, others expire."""
    project.setup = replace(project.setup, day=rng.choice([day for day in DAYS if day != project.setup.day]))


def lapse(project: Project, rng: Random) -> None:
    """Build on a day after the end of a consent: a release leaves the story out, any other build fails."""
    project.replace(project.content / "stories/told/index.md", r"^  expires: .*$", f"  expires: {LAPSE}")
    setup = replace(project.setup, day=rng.choice((LAPSE, "2026-12-24")))
    if project.setup.release:
        project.setup = setup
    else:
        project.use_bad_setup(setup)


def release(project: Project, rng: Random) -> None:
    """Switch release builds on or off. Without release, the day must be within every consent."""
    to_day = AS_OF if project.setup.release else project.setup.day
    project.setup = replace(project.setup, release=not project.setup.release, day=to_day)
