"""Test that the preview shows unsaved drafts and returns their problems."""

from __future__ import annotations

import asyncio
import shutil
import time
from pathlib import Path

import pytest

from plugins.authoring.preview.command import builder, serve_options
from plugins.authoring.preview.drafted_files import ScannedFolder
from plugins.authoring.preview.messages import Diagnostics, DraftReport, FilesReply, Rebuild
from plugins.authoring.preview.server import LiveServer
from plugins.authoring.preview.watcher import Folders
from tests import coroutines
from tests.sites.building import AS_OF, ROOT, SITES

#: Nanoseconds after the last change of any file.
_LATER = 10_000_000_000
CHECKER = "plugins.authoring.check.draft_check:checking_drafts"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of ``sites/minimal``."""
    return Path(shutil.copytree(SITES / "minimal", tmp_path / "content"))


def article(content: Path) -> tuple[str, bytes]:
    """Return the path of the article, and its bytes."""
    file = next(content.glob("articles/*/index.md"))
    return file.relative_to(content).as_posix(), file.read_bytes()


def test_a_draft_stands_in_for_a_file(content: Path) -> None:
    """A draft is listed and read in place of a file, even a missing one. The folder is unchanged."""
    path, data = article(content)
    files = ScannedFolder(content).files({path: b"new", "articles/more/index.md": b"more"})
    assert files.find(path).read() == b"new"
    assert files.find("articles/more/index.md").read() == b"more"
    assert "articles/more/index.md" in files.paths
    assert files.paths.count(path) == 1
    assert article(content) == (path, data)


def test_a_file_is_read_again_only_if_it_changed(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second scan hashes only what changed: a file, also of the same length, a new one and one that is gone."""
    path, data = article(content)
    now = time.time_ns() + _LATER
    monkeypatch.setattr("plugins.authoring.preview.drafted_files.time.time_ns", lambda: now)
    read: list[str] = []

    def recorded(place: str) -> bytes:
        read.append(Path(place).relative_to(content).as_posix())
        return Path(place).read_bytes()

    monkeypatch.setattr("plugins.engine.incremental.snapshot._read", recorded)
    folder = ScannedFolder(content)
    before = folder.files({}).paths
    assert set(before) == set(read)
    read.clear()
    assert folder.files({path: b"draft"}).paths == before
    assert read == []
    (content / path).write_bytes(data.swapcase())
    (content / "articles" / "new.md").write_bytes(b"new")
    (content / before[-1]).unlink()
    after = folder.files({})
    assert set(read) == {path, "articles/new.md"}
    assert after.find(path).read() == data.swapcase()
    assert set(after.paths) == {*before, "articles/new.md"} - {before[-1]}


def test_one_build_shows_a_draft_and_tells_what_is_wrong(content: Path) -> None:
    """One build returns the problems, fixes and page of a draft. Without the draft, the site is unchanged."""
    path, data = article(content)
    told: list[object] = []
    building = builder(serve_options(content=str(content), as_of=AS_OF, draft_checker=CHECKER), told.append)
    page = f"articles/{path.split('/')[1]}/index.html"

    def tried(draft: bytes, number: int) -> tuple[DraftReport, bytes]:
        told.clear()
        building.take(Rebuild((page,), {path: draft}, number))
        (found,) = [message for message in told if isinstance(message, DraftReport)]
        made = [message.data for message in told if isinstance(message, FilesReply) and message.path == page]
        return found, made[-1] if made and made[-1] else b""

    slip = data + b"\nA seperate color.\n"
    found, shown = tried(slip, 1)
    assert {problem.name for problem in found.problems} == {"misspelling", "american-spelling"}
    assert found.fixed[path] == slip.decode().replace("color", "colour")
    assert b"A seperate color." in shown
    wrong, shown = tried(data.replace(b"title:", b"titel:"), 2)
    assert {problem.name for problem in wrong.problems} >= {"unknown-field"}
    assert shown == b""
    assert any(isinstance(message, Diagnostics) and message.problems for message in told)
    told.clear()
    building.take(Rebuild((page,), {}, 3))
    assert [message for message in told if isinstance(message, DraftReport)] == [DraftReport(3, (), {})]
    assert article(content) == (path, data)


def test_who_waits_is_told_when_the_process_that_builds_ends(content: Path) -> None:
    """A waiting request fails when the worker process ends."""
    server = LiveServer(
        serve_options(content=str(content)), Folders(content, ROOT / "theme", ROOT), lambda _: None, lambda _: None
    )

    async def tried() -> DraftReport:
        # No process was started.
        return await asyncio.wait_for(server.show_drafts({"a": b""}), 10)

    assert "ended" in coroutines.run(tried()).failed
