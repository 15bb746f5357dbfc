"""Test the listing and reading of the files of a content folder."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.base.files import FileChangedError, Files, sort_paths
from plugins.content_model.loader import load
from plugins.content_model.page import Page
from plugins.engine.incremental.snapshot import EMPTY, scan
from plugins.engine.incremental.snapshot_files import SnapshotFiles
from tests.sites.writing import TODAY, fields, text, write

#: A difference of times, in nanoseconds, larger than any test takes.
_LATER = 10_000_000_000

Lister = Callable[[Path], Files]


def seen(root: Path) -> Files:
    """Return the files that an incremental build sees."""
    return SnapshotFiles(scan(str(root), EMPTY, now=time.time_ns() + _LATER), root)


@pytest.fixture(params=[Files, seen], ids=["listed", "seen"])
def listing(request: pytest.FixtureRequest) -> Lister:
    """Return each way in which a build lists its files."""
    lister: Lister = request.param
    return lister


def reports(files: Files) -> list[tuple[str, str]]:
    """Return the paths and names of the problems of ``files``."""
    return sorted((problem.path, problem.name) for problem in files.problems)


@pytest.mark.parametrize(
    "name",
    ["~$index.docx", ".~lock.index.odt#", "Thumbs.db", "desktop.ini", ".DS_Store", "a.tmp", "index.md.bak", "index.md~",
     ".index.md.swp", "photo.jpg.crdownload", "__MACOSX/a.md", ".git/a.md", "x/.trash/a.md"],
)  # fmt: skip
def test_files_left_by_programs_are_ignored(tmp_path: Path, listing: Lister, name: str) -> None:
    """Files that editors, office programs, browsers and systems leave are neither read nor reported."""
    files = listing(write(tmp_path, {"pages/a.md": "1", f"pages/{name}": "2"}))
    assert files.paths == ("pages/a.md",)
    assert files.problems == ()


def test_a_link_within_the_content_is_followed(tmp_path: Path, listing: Lister) -> None:
    """A link to a file or a folder of the content is read at the path of the link."""
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


def test_a_link_out_of_the_content_is_a_problem(tmp_path: Path, listing: Lister) -> None:
    """Links out of the content, broken links and circular links are reported and not read."""
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
    assert reports(files) == [
        ("pages/file.md", "link-not-followed"),
        ("pages/folder", "link-not-followed"),
        ("pages/none", "unreadable-file"),
        ("pages/self", "unreadable-file"),
        ("pages/up", "link-not-followed"),
    ]


def test_special_files_are_reported_and_not_opened(tmp_path: Path, listing: Lister, monkeypatch: Any) -> None:
    """A pipe, on which a read blocks, a socket and a link to a device are reported."""
    write(tmp_path, {"content/pages/a.md": "1"})
    monkeypatch.chdir(tmp_path / "content/pages")
    os.mkfifo("pipe.md")
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind("socket.md")
    Path("device.md").symlink_to("/dev/zero")
    files = listing(tmp_path / "content")
    assert files.paths == ("pages/a.md",)
    assert reports(files) == [
        ("pages/device.md", "link-not-followed"),
        ("pages/pipe.md", "unreadable-file"),
        ("pages/socket.md", "unreadable-file"),
    ]
    assert {problem.hint for problem in files.problems if problem.name == "unreadable-file"} == {
        "take it out of the content"
    }


def test_a_pipe_named_like_a_register_is_not_opened(tmp_path: Path) -> None:
    """A register is found by name, and a pipe of that name is not opened."""
    (tmp_path / "register").mkdir()
    os.mkfifo(tmp_path / "register/help.yaml")
    assert {(problem.path, problem.name) for problem in load(tmp_path, as_of=TODAY)[1]} == {
        ("register/help.yaml", "unreadable-file")
    }


def test_a_folder_that_cannot_be_opened_is_a_problem(
    tmp_path: Path, listing: Lister, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder without read permission is a problem, because the site would lack its pages."""
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


def test_a_file_deleted_during_a_build_stops_it(tmp_path: Path) -> None:
    """A file deleted between listing and reading stops the build with an error that names it."""
    found = seen(write(tmp_path, {"pages/a.md": text(fields(Page, "a"))})).find("pages/a.md")
    (tmp_path / "pages/a.md").unlink()
    with pytest.raises(FileChangedError, match=r"pages/a\.md changed while"):
        found.read()


def test_a_file_deleted_before_it_is_read_is_a_problem(tmp_path: Path) -> None:
    """A file deleted after listing is a problem, and the others are read."""
    write(tmp_path, {"pages/a.md": text(fields(Page, "a")), "pages/b.md": text(fields(Page, "b"))})
    files = Files(tmp_path)
    assert len(files.paths) == 2
    (tmp_path / "pages/a.md").unlink()
    library, problems = load(files, as_of=TODAY)
    assert [(problem.path, problem.name) for problem in problems] == [("pages/a.md", "unreadable-file")]
    assert [entry.source.path for entry in library.entries] == ["pages/b.md"]


@given(st.lists(st.text("a-. \t/", min_size=1)))
def test_the_files_of_a_folder_follow_each_other(paths: list[str]) -> None:
    """Paths are sorted part by part, whatever characters their names hold."""
    assert sort_paths(paths) == sorted(paths, key=lambda path: path.split("/"))
