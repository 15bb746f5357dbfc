"""Listing and reading the files of a content folder."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plugins.base.files import FileChangedError, Files
from plugins.content_model.loader import load
from plugins.content_model.page import Page
from plugins.engine.incremental.plugin import SnapshotFiles
from plugins.engine.incremental.snapshot import EMPTY, scan
from tests.sites.writing import TODAY, fields, text, write

#: Far enough from the change of any file of a test, in nanoseconds.
_LATER = 10_000_000_000

Lister = Callable[[Path], Files]


def seen(root: Path) -> Files:
    """The files as an incremental build sees them."""
    return SnapshotFiles(scan(str(root), EMPTY, now=time.time_ns() + _LATER), root)


@pytest.fixture(params=[Files, seen], ids=["listed", "seen"])
def listing(request: pytest.FixtureRequest) -> Lister:
    """Each way in which a build lists its files."""
    lister: Lister = request.param
    return lister


def told(files: Files) -> list[tuple[str, str]]:
    """The paths and names of what is told of ``files``."""
    return sorted((problem.path, problem.name) for problem in files.problems)


@pytest.mark.parametrize(
    "name",
    ["~$index.docx", ".~lock.index.odt#", "Thumbs.db", "desktop.ini", ".DS_Store", "a.tmp", "index.md.bak", "index.md~",
     ".index.md.swp", "photo.jpg.crdownload", "__MACOSX/a.md", ".git/a.md", "x/.trash/a.md"],
)  # fmt: skip
def test_what_programs_leave_is_passed_over(tmp_path: Path, listing: Lister, name: str) -> None:
    """What editors, office programs, browsers and systems leave is neither read nor told."""
    files = listing(write(tmp_path, {"pages/a.md": "1", f"pages/{name}": "2"}))
    assert files.paths == ("pages/a.md",)
    assert files.problems == ()


def test_a_link_is_what_it_leads_to_within_the_content(tmp_path: Path, listing: Lister) -> None:
    """A link to a file or a folder of the content is read in its own place."""
    write(tmp_path, {"shared/pictures/a.jpg": "1", "shared/.kept/b.jpg": "2", "pages/a/index.md": "3"})
    (tmp_path / "pages/a/pictures").symlink_to("../../shared/pictures")
    (tmp_path / "pages/a/kept").symlink_to(tmp_path / "shared/.kept")
    (tmp_path / "pages/a/b.jpg").symlink_to("pictures/a.jpg")
    files = listing(tmp_path)
    assert files.paths == (
        "pages/a/b.jpg", "pages/a/index.md", "pages/a/kept/b.jpg", "pages/a/pictures/a.jpg", "shared/pictures/a.jpg"
    )  # fmt: skip
    assert files.problems == ()
    assert [files.find(path).read() for path in files.paths] == [b"1", b"3", b"2", b"1", b"1"]


def test_a_link_that_leaves_the_content_is_told(tmp_path: Path, listing: Lister) -> None:
    """Links out of the content, links to nothing and links to themselves are told and not read."""
    write(tmp_path, {"outside/b/index.md": "1", "content/pages/a.md": "2"})
    pages = tmp_path / "content/pages"
    links = {
        "folder": "../../outside/b",
        "file.md": "../../outside/b/index.md",
        "up": "..",
        "none": "x",
        "self": "self",
    }
    for name, target in links.items():
        (pages / name).symlink_to(target)
    files = listing(tmp_path / "content")
    assert files.paths == ("pages/a.md",)
    assert told(files) == [
        ("pages/file.md", "link-not-followed"),
        ("pages/folder", "link-not-followed"),
        ("pages/none", "unreadable-file"),
        ("pages/self", "unreadable-file"),
        ("pages/up", "link-not-followed"),
    ]


def test_what_is_no_file_is_told_and_never_opened(tmp_path: Path, listing: Lister, monkeypatch: Any) -> None:
    """A pipe, whose reader would wait for ever, a socket and a link to a device are told."""
    write(tmp_path, {"content/pages/a.md": "1"})
    monkeypatch.chdir(tmp_path / "content/pages")
    os.mkfifo("pipe.md")
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind("socket.md")
    Path("device.md").symlink_to("/dev/zero")
    files = listing(tmp_path / "content")
    assert files.paths == ("pages/a.md",)
    assert told(files) == [
        ("pages/device.md", "link-not-followed"),
        ("pages/pipe.md", "unreadable-file"),
        ("pages/socket.md", "unreadable-file"),
    ]
    assert {problem.hint for problem in files.problems if problem.name == "unreadable-file"} == {
        "take it out of the content"
    }


def test_a_register_that_is_a_pipe_is_told(tmp_path: Path) -> None:
    """A register is found by its name, and a pipe of that name is not opened either."""
    (tmp_path / "register").mkdir()
    os.mkfifo(tmp_path / "register/help.yaml")
    assert {(problem.path, problem.name) for problem in load(tmp_path, as_of=TODAY)[1]} == {
        ("register/help.yaml", "unreadable-file")
    }


def test_a_folder_that_cannot_be_opened_is_told(
    tmp_path: Path, listing: Lister, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages of a folder that is closed to whoever builds would be missing from the site."""
    write(tmp_path, {"pages/a.md": "1", "pages/b/index.md": "2"})
    scandir = os.scandir

    def closed(place: Any) -> Any:
        if str(place).endswith("/b"):
            raise PermissionError(13, "Permission denied", str(place))
        return scandir(place)

    monkeypatch.setattr(os, "scandir", closed)
    files = listing(tmp_path)
    assert files.paths == ("pages/a.md",)
    assert [(problem.path, problem.message) for problem in files.problems] == [
        ("pages/b", "the folder cannot be read (Permission denied)")
    ]


def test_a_file_that_goes_away_while_it_is_read(tmp_path: Path) -> None:
    """A file that was there when the build began and is gone when it is read stops the build, which says so."""
    found = seen(write(tmp_path, {"pages/a.md": text(fields(Page, "a"))})).find("pages/a.md")
    (tmp_path / "pages/a.md").unlink()
    with pytest.raises(FileChangedError, match=r"pages/a\.md changed while"):
        found.read()


def test_a_file_that_goes_away_before_it_is_read_is_told(tmp_path: Path) -> None:
    """A file that is listed and gone a moment later is told, and the others are read."""
    write(tmp_path, {"pages/a.md": text(fields(Page, "a")), "pages/b.md": text(fields(Page, "b"))})
    files = Files(tmp_path)
    assert len(files.paths) == 2
    (tmp_path / "pages/a.md").unlink()
    library, problems = load(files, as_of=TODAY)
    assert [(problem.path, problem.name) for problem in problems] == [("pages/a.md", "unreadable-file")]
    assert [entry.source.path for entry in library.entries] == ["pages/b.md"]
