"""Make small projects whose engine is a few files, and sites that are started from them."""

from __future__ import annotations

from pathlib import Path

from plugins.authoring.new_site.repository import FILES
from plugins.authoring.new_site.start import start_site
from tests.publishing.test_git_status import git
from tests.sites.building import snapshot
from tests.sites.writing import write

#: The list of a small engine, and its files.
ENGINE: dict[str, str | bytes] = {
    FILES: "# A list.\nplugins\ntasks.py\ntheme\nmissing\n!theme/own\n.gitignore\n",
    ".gitignore": "/output/\n",
    "tasks.py": "one\ntwo\nthree\nfour\nfive\nsix\nseven\n",
    "theme/tokens.css": "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\n",
    "theme/icon.png": b"\x89PNG\0first",
    "theme/old.html": "old\n",
}
#: Files of the project that are no part of its engine.
_OTHERS: dict[str, str | bytes] = {
    "theme/own/logo.svg": "logo", "content/articles/a/index.md": "Of the project.", "README.md": "Of the project.",
    "notes.txt": "Of the project.", "output/index.html": "made",
}  # fmt: skip
NAME, URL = "River Lane", "https://community.example.org"


def project(folder: Path, **changed: str | bytes) -> Path:
    """Write a small project; ``changed`` has other texts of files, named with ``_`` for the dot."""
    named = {name.replace("_", "."): data for name, data in changed.items()}
    return write(folder, {**ENGINE, **_OTHERS, **named})


def started(root: Path) -> Path:
    """Start a site from a small project below ``root``, and return its folder, which has spaces in its name."""
    folder = root / "a new site"
    start_site(project(root / "project"), folder, name=NAME, url=URL)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Return the files of a site without those of git."""
    return {path: data for path, data in snapshot(folder).items() if not path.startswith(".git/")}


def commit(folder: Path) -> None:
    """Commit everything."""
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Write")
