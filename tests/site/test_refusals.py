"""The machine refuses something: a full disk, a folder that may not be written, a name too long for it.

Each is told in a sentence with the file and what to do. Nobody is told that the mistake is ours. The last site stays.
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

from plugins.authoring.lint.command import problems_in
from plugins.engine.moves import Moves
from plugins.images import jobs
from plugins.images import plugin as images
from tests.engine.test_staging import state
from tests.sites.building import AS_OF, ROOT, SITES, Run, build_here, run_here
from tests.sites.test_cases import BASE, CASES

_MOUNT = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs"]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """The content of the case from the field, with the registers that it stands on."""
    folder = tmp_path / "content"
    for part in (BASE, CASES / "disk-full" / "content"):
        shutil.copytree(part, folder, dirs_exist_ok=True)
    return folder


def refused(number: int) -> Callable[..., Any]:
    """Stand in for a function of the system that refuses with ``number``."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


def assert_told(done: Run, *says: str, outcome: str = "Nothing was written.") -> None:
    """Check that a build ended with one sentence for the person."""
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
    """Without room for the new files, the disk is named and not our code; nothing is left, neither site nor folder."""
    monkeypatch.setattr(Path, "write_bytes", refused(errno.ENOSPC))
    done = run_here(case, tmp_path / "deep" / "output", CACHE_PATH=str(tmp_path / "cache"))
    assert_told(done, "the disk is full: there is no room for", "deep/output/", "Free some space and run this again.")
    assert not (tmp_path / "deep").exists()


def test_a_real_limit_of_the_system_is_told(case: Path, tmp_path: Path) -> None:
    """A command whose files the system keeps small tells so; the site is whole once the limit is gone."""
    words = [
        sys.executable,
        "-m",
        "plugins.engine.incremental",
        "--content",
        str(case),
        "--output",
        str(tmp_path / "output"),
    ]
    words += ["--cache", str(tmp_path / "cache"), "--as-of", AS_OF]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, resource.RLIM_INFINITY))

    # Pictures are larger than a page may be: they are made before.
    build_here(case, tmp_path / "other", CACHE_PATH=str(tmp_path / "cache"))
    found = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=limit)
    assert_told(Run(found.returncode, found.stdout, found.stderr), "(`ulimit -f`)", "output/")
    assert not (tmp_path / "output").exists()
    assert subprocess.run(words, cwd=ROOT, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_refusal_while_files_are_placed_brings_the_last_site_back(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Half-way through, the last site comes back, file by file as it was, and the next build goes through."""
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
    assert_told(done, "output/")
    assert count > 20
    assert state(output) == before
    assert run_here(other, output, CACHE_PATH=cache).status == 0


def test_a_folder_around_the_site_that_may_not_be_written(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An ordinary user without leave to write beside the site is told which folder it is."""
    monkeypatch.setattr(tempfile, "mkdtemp", refused(errno.EACCES))
    done = run_here(case, tmp_path / "around" / "output", CACHE_PATH=str(tmp_path / "cache"))
    assert_told(done, "this user may not open or change", "around`", "or choose another folder")
    assert not (tmp_path / "around").exists()


def test_a_site_on_a_disk_of_its_own(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk cannot be the output folder, and the folder in it that is named can."""
    (tmp_path / "disk").mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "is_mount", lambda self: self == tmp_path / "disk")
        done = run_here(case, tmp_path / "disk", CACHE_PATH=str(tmp_path / "cache"))
        assert done.status == 1
        assert f"choose a folder in it:  -o {tmp_path / 'disk' / 'site'}" in done.stderr
        build_here(case, tmp_path / "disk" / "site", CACHE_PATH=str(tmp_path / "cache"))


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC])
def test_a_cache_that_cannot_be_written_spoils_no_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """A cache without room or leave is told as that; no picture is called damaged."""
    cache = tmp_path / "cache"
    monkeypatch.setattr(tempfile, "mkstemp", refused(number))
    done = run_here(SITES / "full", tmp_path / "output", CACHE_PATH=str(cache))
    assert_told(done, f"{cache}/images")


def test_a_file_where_the_cache_should_be(case: Path, tmp_path: Path) -> None:
    """A file in the way is named; without it, the build goes through."""
    (tmp_path / "cache").write_text("not a folder", encoding="utf-8")
    settings = {"CACHE_PATH": str(tmp_path / "cache")}
    assert_told(run_here(case, tmp_path / "output", **settings), f"{tmp_path / 'cache'}", "away and run this again")
    (tmp_path / "cache").unlink()
    assert run_here(case, tmp_path / "output", **settings).status == 0


def test_a_picture_that_vanishes_while_the_site_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is taken away between two looks at it is named."""
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


def test_nothing_is_asked_of_the_network(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build and a check go through on a machine without a network."""
    monkeypatch.setattr(socket.socket, "connect", refused(errno.ENETUNREACH))
    monkeypatch.setattr(socket, "getaddrinfo", refused(errno.ENETUNREACH))
    build_here(case, tmp_path / "output", CACHE_PATH=str(tmp_path / "cache"))
    assert problems_in(case, as_of=AS_OF, cache=str(tmp_path / "cache")) is not None


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.geteuid() != 0 or subprocess.run([*_MOUNT, str(place)], capture_output=True, check=False).returncode:
        pytest.skip("only the superuser of a machine may mount a disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.real
def test_a_real_disk_that_is_full(small_disk: Path, case: Path, tmp_path: Path) -> None:
    """On a full disk a build and a draft are refused and lose nothing; when there is room, they go through."""
    content = Path(shutil.copytree(case, small_disk / "content"))
    cache = tmp_path / "cache"
    build_here(case, tmp_path / "output", CACHE_PATH=str(cache))
    before = state(content)
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
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
        assert_told(Run(done.returncode, done.stdout, done.stderr), "the disk is full: there is no room for")
        assert state(content) == before
        assert sorted(path.name for path in small_disk.iterdir()) == ["content", "filler"]
    filler.unlink()
    words = [sys.executable, "-m", "invoke", *commands[1], "--content", str(content)]
    assert subprocess.run(words, cwd=ROOT, capture_output=True, check=False).returncode == 0
    assert state(content) != before
