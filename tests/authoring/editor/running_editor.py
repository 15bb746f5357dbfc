"""Run `inv write` on a copy of a content folder, for a browser."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field
from playwright.sync_api import Page

from plugins.authoring.editor.entries.autosave import Autosave
from plugins.engine.workspace import workspace
from tests.authoring.running import running

_FIRST = re.compile(r"http://127\.0\.0\.1:\d+/write/\?token=\S+")
_READY = re.compile("The site is at")


class Running(Struct):
    """A running editor.

    Attributes:
        content: the content folder.
        first: the address of the first visit.
        process: the process of the command.
        said: the lines that it has printed.
    """

    content: Path
    first: str
    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """The origin, without a trailing slash."""
        return self.first.partition("/write/")[0]

    def edit(self, path: str) -> str:
        """Return the address of the editor's page for the entry ``path``."""
        return f"{self.origin}/write/edit/{path}"


@contextlib.contextmanager
def writing(content: Path, port: int = 0) -> Iterator[Running]:
    """Run `inv write` on ``content``."""
    with running("write", content, _READY, port=port) as (process, lines):
        found = _FIRST.search("".join(lines))
        assert found, "".join(lines)
        yield Running(content, found[0], process, lines)


def copied(site: Path, to: Path) -> Path:
    """Return a copy of the content folder ``site`` in a git repository."""
    shutil.copytree(site, to)
    for words in (
        ["init", "--quiet", "--initial-branch=main"],
        ["config", "user.name", "A Writer"],
        ["config", "user.email", "writer@example.org"],
        ["add", "--all"],
        ["commit", "--quiet", "--message", "Begin"],
    ):
        subprocess.run(["git", "-C", str(to), *words], check=True, capture_output=True)
    return to


def forget(content: Path) -> None:
    """Delete the autosaved versions of ``content`` from the project's cache."""
    kept = Autosave(workspace(str(content)).cache, content)
    for unsaved in list(kept.all()):
        kept.delete(unsaved.path)
    with contextlib.suppress(OSError):
        kept.folder.rmdir()


def until(told: object, patience: float = 30.0) -> None:
    """Wait until ``told`` returns a true value."""
    end = time.monotonic() + patience
    assert callable(told)
    while not told():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.05)


def opened(page: Page, running: Running, path: str) -> None:
    """Open an entry, and wait until it is checked."""
    page.goto(running.edit(path))
    page.wait_for_selector(".ProseMirror")
    page.wait_for_selector("[data-kept]:text-matches('^(Kept|Saved)')")
