"""The workshop."""

from __future__ import annotations

import errno
import io
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from plugins.images.cache import PictureCache
from plugins.images.jobs import PictureJob, make_missing


def console(*, terminal: bool = False) -> tuple[Console, io.StringIO]:
    """A console and what it shows."""
    out = io.StringIO()
    return Console(file=out, force_terminal=terminal, width=80), out


def job(key: str, made: list[str]) -> PictureJob:
    """A job that notes that it was done."""

    def make() -> dict[str, bytes]:
        made.append(key)
        return {"part": key.encode()}

    return PictureJob(key, make)


def failing(error: BaseException) -> Callable[[], dict[str, bytes]]:
    """Work that fails."""

    def make() -> dict[str, bytes]:
        raise error

    return make


def test_each_thing_is_made_once(tmp_path: Path) -> None:
    """What two jobs share is made once, and never again."""
    made: list[str] = []
    cache = PictureCache(tmp_path)
    shown, out = console()
    for _ in range(2):
        assert make_missing([job("a", made), job("b", made), job("a", made)], cache, shown, ()) == {}
    assert sorted(made) == ["a", "b"]
    assert cache.read("a", "part") == b"a"
    assert out.getvalue().splitlines()[-1] == "Making pictures: 2 of 2"


def test_progress_is_short_off_a_terminal(tmp_path: Path) -> None:
    """A log gets four lines, however much there is to make, and none when there is nothing."""
    shown, out = console()
    jobs = [job(str(number), []) for number in range(100)]
    make_missing(jobs, PictureCache(tmp_path), shown, ())
    assert out.getvalue().splitlines() == [f"Making pictures: {n} of 100" for n in (25, 50, 75, 100)]
    make_missing(jobs, PictureCache(tmp_path), shown, ())
    assert len(out.getvalue().splitlines()) == 4


def test_a_terminal_gets_a_bar(tmp_path: Path) -> None:
    """On a terminal a bar moves, and is gone in the end."""
    shown, out = console(terminal=True)
    make_missing([job("a", [])], PictureCache(tmp_path), shown, ())
    assert "Making pictures" in out.getvalue()
    assert "\x1b[" in out.getvalue()


def test_a_failure_spoils_nothing_else(tmp_path: Path) -> None:
    """An expected failure is returned with its key, and everything else is made."""
    made: list[str] = []
    error = OSError("broken")
    failures = make_missing(
        [PictureJob("bad", failing(error)), job("good", made)], PictureCache(tmp_path), console()[0], (OSError,)
    )
    assert failures == {"bad": error}
    assert made == ["good"]
    assert PictureCache(tmp_path).lengths("bad") is None


def test_an_unexpected_failure_is_raised(tmp_path: Path) -> None:
    """A mistake of ours is not taken for a damaged picture."""
    with pytest.raises(ZeroDivisionError):
        make_missing(
            [PictureJob("bad", failing(ZeroDivisionError()))], PictureCache(tmp_path), console()[0], (OSError,)
        )


def test_a_refusal_of_the_machine_spoils_everything(tmp_path: Path) -> None:
    """A disk without room, or a file that may not be read, is not taken for a damaged picture."""
    for error in (OSError(errno.ENOSPC, "full"), PermissionError(errno.EACCES, "not yours")):
        with pytest.raises(type(error)):
            make_missing([PictureJob("bad", failing(error))], PictureCache(tmp_path), console()[0], (OSError,))


def test_a_cache_that_is_a_file_names_itself(tmp_path: Path) -> None:
    """What cannot be kept is raised with the folder's name."""
    (tmp_path / "cache").write_bytes(b"")
    with pytest.raises(OSError, match=str(tmp_path / "cache")):
        make_missing([job("a", [])], PictureCache(tmp_path / "cache"), console()[0], (OSError,))


def test_jobs_run_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With two processors, two jobs are under way at once."""
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1}, raising=False)
    together = threading.Barrier(2, timeout=20)

    def make() -> dict[str, bytes]:
        together.wait()
        return {}

    assert make_missing([PictureJob("a", make), PictureJob("b", make)], PictureCache(tmp_path), console()[0], ()) == {}
