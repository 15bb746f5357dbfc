"""Test builds to which the system refuses something: a full disk, a read-only folder, a name that is too long.

Each error is a sentence with the file and what to do, and does not blame the code. The last output stays.
"""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from plugins.authoring.check.command import problems_in
from plugins.engine.moves import Moves
from plugins.images import jobs
from plugins.images import plugin as images
from tests.engine.placing import state
from tests.sites.building import AS_OF, SITES, Run, build_here, command, run_here
from tests.sites.sample_project import project_of
from tests.sites.test_cases import BASE, CASES

_MOUNT = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs"]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Return the content of a field case, with the registers that it needs."""
    folder = tmp_path / "content"
    for part in (BASE, CASES / "disk-full" / "content"):
        shutil.copytree(part, folder, dirs_exist_ok=True)
    return folder


def refused(number: int) -> Callable[..., Any]:
    """Replace a function of the system with one that raises the error ``number``."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


def assert_one_sentence(done: Run, *says: str, outcome: str = "Nothing was written.") -> None:
    """Check that a build ended with one sentence for the author."""
    last = done.stderr.strip().splitlines()[-1]
    assert done.status == 1
    assert last.startswith("error: ")
    assert last.endswith(outcome)
    for text in says:
        assert text in last
    assert "the mistake is ours" not in done.stderr
    assert "bad-picture" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_stops_a_build_before_anything_is_written(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without space for the new files, the error names the disk and not the code, and no file or folder is left."""
    monkeypatch.setattr(Path, "write_bytes", refused(errno.ENOSPC))
    done = run_here(case, tmp_path / "deep" / "output", CACHE_PATH=str(tmp_path / "cache"))
    assert_one_sentence(
        done, "the disk is full: there is no room for", "deep/output/", "Free some space and run this again."
    )
    assert not (tmp_path / "deep").exists()


def test_a_file_size_limit_is_reported(case: Path, tmp_path: Path) -> None:
    """A command with a limit on file sizes reports it. Without the limit the site is complete."""
    words = command(case, tmp_path / "output", CACHE_PATH=str(tmp_path / "cache"))

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, resource.RLIM_INFINITY))

    # Pictures are encoded before, because they exceed the limit.
    build_here(case, tmp_path / "other", CACHE_PATH=str(tmp_path / "cache"))
    found = subprocess.run(words, capture_output=True, text=True, check=False, preexec_fn=limit)
    assert_one_sentence(Run(found.returncode, found.stdout, found.stderr), "(`ulimit -f`)", "output/")
    assert not (tmp_path / "output").exists()
    assert subprocess.run(words, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_an_error_while_files_move_restores_the_output(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """An error half-way restores every file of the last output, and the next build succeeds."""
    output, other = tmp_path / "output", SITES / "minimal"
    cache = str(tmp_path / "cache")
    build_here(case, output, CACHE_PATH=cache)
    before, put, count = state(output), Moves.put, 0

    def sometimes(self: Moves, source: Path, target: Path) -> None:
        nonlocal count
        count += 1
        if count > 20:
            monkeypatch.setattr(Path, "replace", refused(number))
        put(self, source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Moves, "put", sometimes)
        done = run_here(other, output, CACHE_PATH=cache)
    monkeypatch.undo()
    assert_one_sentence(done, "output/")
    assert count > 20
    assert state(output) == before
    assert run_here(other, output, CACHE_PATH=cache).status == 0


def test_a_read_only_parent_folder_is_named(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user without permission to write beside the output gets the name of the folder."""
    monkeypatch.setattr(tempfile, "mkdtemp", refused(errno.EACCES))
    done = run_here(case, tmp_path / "around" / "output", CACHE_PATH=str(tmp_path / "cache"))
    assert_one_sentence(done, "this user may not open or change", "around`", "or choose another folder")
    assert not (tmp_path / "around").exists()


def test_a_mount_point_is_refused_as_the_output(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mount point is refused as the output folder, and the folder in it that the message names is accepted."""
    (tmp_path / "disk").mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "is_mount", lambda self: self == tmp_path / "disk")
        done = run_here(case, tmp_path / "disk", CACHE_PATH=str(tmp_path / "cache"))
        assert done.status == 1
        assert f"choose a folder in it:  -o {tmp_path / 'disk' / 'site'}" in done.stderr
        build_here(case, tmp_path / "disk" / "site", CACHE_PATH=str(tmp_path / "cache"))


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC])
def test_an_unwritable_cache_is_reported_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """A cache without space or permission is reported as such, and no picture is called damaged."""
    cache = tmp_path / "cache"
    monkeypatch.setattr(tempfile, "mkstemp", refused(number))
    done = run_here(SITES / "full", tmp_path / "output", CACHE_PATH=str(cache))
    assert_one_sentence(done, f"{cache}/images")


def test_a_file_where_the_cache_should_be(tmp_path: Path) -> None:
    """A file at the path of the cache of pictures is named. Without it, the build succeeds."""
    (tmp_path / "cache").write_text("not a folder", encoding="utf-8")
    settings = {"CACHE_PATH": str(tmp_path / "cache")}
    assert_one_sentence(
        run_here(SITES / "full", tmp_path / "output", **settings), f"{tmp_path / 'cache'}", "away and run this again"
    )
    (tmp_path / "cache").unlink()
    assert run_here(SITES / "full", tmp_path / "output", **settings).status == 0


def test_a_picture_deleted_during_a_build_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names a file that is deleted between two reads."""
    content = Path(shutil.copytree(SITES / "full", tmp_path / "content"))
    make = jobs.make_missing

    def taken_away(*arguments: Any) -> Any:
        for picture in content.rglob("*.jpg"):
            picture.unlink()
        return make(*arguments)

    monkeypatch.setattr(images, "make_missing", taken_away)
    done = run_here(content, tmp_path / "output", CACHE_PATH=str(tmp_path / "cache"))
    said, outcome = done.stderr.strip().split("\n\n")
    assert said.endswith(".jpg changed while the site was being built; build it again")
    assert (done.status, outcome) == (1, "Nothing was written.")


def test_build_and_check_need_no_network(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build and a check succeed on a machine without a network."""
    monkeypatch.setattr(socket.socket, "connect", refused(errno.ENETUNREACH))
    monkeypatch.setattr(socket, "getaddrinfo", refused(errno.ENETUNREACH))
    build_here(case, tmp_path / "output", CACHE_PATH=str(tmp_path / "cache"))
    assert problems_in(case, as_of=AS_OF, cache=str(tmp_path / "cache")) is not None


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Yield a disk of 400 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.geteuid() != 0 or subprocess.run([*_MOUNT, str(place)], capture_output=True, check=False).returncode:
        pytest.skip("only the superuser of a machine may mount a disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.real
def test_a_full_file_system(small_disk: Path, case: Path, tmp_path: Path) -> None:
    """On a full disk, a build and a new draft fail and lose nothing. With space they succeed."""
    content = Path(shutil.copytree(case, small_disk / "content"))
    cache = tmp_path / "cache"
    build_here(case, tmp_path / "output", CACHE_PATH=str(cache))
    before = state(content)
    project = project_of(case)
    filler = small_disk / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 512)
    commands = [
        ["build", "--output", str(small_disk / "site"), "--as-of", AS_OF],
        ["new", "person", "--title", "Somebody else"],
    ]
    for typed in commands:
        words = [sys.executable, "-m", "invoke", *typed, "--content", str(content)]
        done = subprocess.run(words, cwd=project, capture_output=True, text=True, check=False)
        assert_one_sentence(Run(done.returncode, done.stdout, done.stderr), "the disk is full: there is no room for")
        assert state(content) == before
        assert sorted(path.name for path in small_disk.iterdir()) == ["content", "filler"]
    filler.unlink()
    words = [sys.executable, "-m", "invoke", *commands[1], "--content", str(content)]
    assert subprocess.run(words, cwd=project, capture_output=True, check=False).returncode == 0
    assert state(content) != before
