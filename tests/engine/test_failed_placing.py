"""Test that a failure while files are put in place restores the previous site."""

from __future__ import annotations

import contextlib
import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.engine.staging import open_staging
from tests.engine.placing import TREES, put, site, state
from tests.sites.building import snapshot


@contextlib.contextmanager
def failing_at(number: int, *, one_name: bool) -> Iterator[list[str]]:
    """Make one change in a folder fail as on a full disk. Yields the attempted changes.

    Args:
        number: the index of the failing change, from 0.
        one_name: True for a file system without hard links.
    """
    tried: list[str] = []

    def full(change: Callable[..., Any], name: str) -> Callable[..., Any]:
        def tries(*arguments: Any, **options: Any) -> Any:
            tried.append(name)
            if len(tried) == number + 1:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return change(*arguments, **options)

        return tries

    def refuses(*_: Any, **__: Any) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    with pytest.MonkeyPatch.context() as patch:
        for name in ("replace", "mkdir", "rmdir"):
            patch.setattr(Path, name, full(getattr(Path, name), name))
        if one_name:
            patch.setattr(os, "link", refuses)
        yield tried


@given(TREES, TREES, st.integers(0, 12), st.booleans(), st.booleans())
@example({"a/b": b"x", "d": b"x"}, {"a": b"x", "d": b"y", "c.html": b"x"}, 6, False, False)
@settings(max_examples=40, deadline=None)
def test_a_failure_restores_the_last_site(
    first: dict[str, bytes], second: dict[str, bytes], number: int, one_name: bool, scanned: bool
) -> None:
    """Whichever change fails, the folder has the identical files of the last site, and the next build succeeds."""
    with TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        put(output, first)
        before = state(output)
        with failing_at(number, one_name=one_name), contextlib.suppress(OSError):
            put(output, second, scanned=scanned)
            before = state(output)
        assert state(output) == before
        put(output, second, scanned=scanned)
        assert site(output) == second


@pytest.mark.parametrize("one_name", [False, True])
def test_a_first_build_that_fails_while_placing_leaves_nothing(tmp_path: Path, one_name: bool) -> None:
    """Whichever change fails, no new output folder or parent folder is left."""
    for number in range(100):
        with failing_at(number, one_name=one_name) as tried:
            try:
                put(tmp_path / "deep" / "er" / "output", {"a.html": b"1", "b/c.html": b"2"})
            except OSError:
                assert list(tmp_path.iterdir()) == []
            else:
                break
    assert len(tried) > 5


def test_a_failed_restore_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If restoring the last site fails too, the message does not say that nothing was written."""
    output = tmp_path / "output"
    put(output, {"a.html": b"1", "b.html": b"1"})
    replace, full = os.replace, []

    def ever_fuller(source: Path, target: Path) -> None:
        if Path(target).name == "b.html":
            full.append(target)
        if full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        replace(source, target)

    monkeypatch.setattr(os, "replace", ever_fuller)
    with open_staging(output, content=tmp_path / "content") as staging:
        for path in ("a.html", "b.html"):
            staging.note(path, staging.put(path, b"2"))
        assert staging.outcome == "Nothing was written."
        with pytest.raises(OSError, match=r"b\.html"):
            staging.place()
        assert staging.outcome.endswith("output/ holds a part of the new site: build it again before it is used.")


def test_a_first_build_that_is_killed_while_placing_can_be_repeated(tmp_path: Path) -> None:
    """A folder of a build that was killed between two files is accepted by the next build."""
    output = tmp_path / "output"
    child = os.fork()
    if not child:
        replace = Path.replace

        def dying(self: Path, target: Path) -> Path:
            if Path(target).name == "b.html":
                os._exit(9)
            return replace(self, target)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "replace", dying)
            put(output, {"a.html": b"1", "b.html": b"2"})
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert site(output) == {"a.html": b"1"}
    put(output, {"a.html": b"1", "b.html": b"2"})
    assert site(output) == {"a.html": b"1", "b.html": b"2"}


def test_a_failure_before_the_end_changes_nothing(tmp_path: Path) -> None:
    """If making a file fails, the output is unchanged and no staging folder is left."""
    output = tmp_path / "output"
    put(output, {"a": b"1", "b/c": b"2"})
    before = snapshot(output)

    def fail() -> None:
        with open_staging(output, content=tmp_path / "content") as staging:
            staging.note("a", staging.put("a", b"new"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert snapshot(output) == before
    assert {path.name for path in tmp_path.iterdir()} == {"output", ".output.build"}


def test_staging_folders_of_killed_builds_are_deleted(tmp_path: Path) -> None:
    """A build deletes the staging folder of a process that has ended, and keeps that of a running one."""
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    )
    left = tmp_path / f".output.staging-{gone.stdout.strip()}-abc"
    live = tmp_path / f".output.staging-{os.getpid()}-abc"
    other = tmp_path / ".output.staging-notes"
    for folder in (left, live, other):
        folder.mkdir()
    put(tmp_path / "output", {"a": b""})
    assert not left.exists()
    assert live.exists()
    assert other.exists()
