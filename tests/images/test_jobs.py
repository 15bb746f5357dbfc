"""Picture jobs run in parallel and are cached."""

from __future__ import annotations

import errno
import io
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.images import jobs as module
from plugins.images.cache import PictureCache
from plugins.images.jobs import PictureJob, make_missing
from tests.terminal import Terminal


def job(key: str, made: list[str]) -> PictureJob:
    """Return a job that records its key when it runs."""

    def make() -> dict[str, bytes]:
        made.append(key)
        return {"part": key.encode()}

    return PictureJob(key, make)


def failing(error: BaseException) -> Callable[[], dict[str, bytes]]:
    """Return a function that raises ``error``."""

    def make() -> dict[str, bytes]:
        raise error

    return make


def test_each_job_runs_once(tmp_path: Path) -> None:
    """Jobs with the same key run once, and not again when cached."""
    made: list[str] = []
    cache = PictureCache(tmp_path)
    out = io.StringIO()
    for _ in range(2):
        assert make_missing([job("a", made), job("b", made), job("a", made)], cache, out, ()) == {}
    assert sorted(made) == ["a", "b"]
    assert cache.read("a", "part") == b"a"
    assert out.getvalue().splitlines()[-1] == "Making pictures: 2 of 2"


def test_progress_without_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log says how long many jobs will take, then has four lines for any number, and none without jobs."""
    monkeypatch.setattr(module, "processor_count", lambda: 2)
    out = io.StringIO()
    jobs = [job(str(number), []) for number in range(100)]
    make_missing(jobs, PictureCache(tmp_path), out, ())
    begun, *lines = out.getvalue().splitlines()
    assert begun == "Making 100 pictures takes about 20 s, once."
    assert lines == [f"Making pictures: {n} of 100" for n in (25, 50, 75, 100)]
    make_missing(jobs, PictureCache(tmp_path), out, ())
    assert len(out.getvalue().splitlines()) == 5


def test_progress_on_a_terminal(tmp_path: Path) -> None:
    """A terminal shows a bar and removes it at the end."""
    out = Terminal()
    make_missing([job("a", [])], PictureCache(tmp_path), out, ())
    assert "Making pictures" in out.getvalue()
    assert "\x1b[" in out.getvalue()


def test_expected_error_is_returned(tmp_path: Path) -> None:
    """An expected error is returned with its key, and the other jobs run."""
    made: list[str] = []
    error = OSError("broken")
    failures = make_missing(
        [PictureJob("bad", failing(error)), job("good", made)], PictureCache(tmp_path), io.StringIO(), (OSError,)
    )
    assert failures == {"bad": error}
    assert made == ["good"]
    assert PictureCache(tmp_path).lengths("bad") is None


def test_unexpected_error_is_raised(tmp_path: Path) -> None:
    """Any other error is raised."""
    with pytest.raises(ZeroDivisionError):
        make_missing(
            [PictureJob("bad", failing(ZeroDivisionError()))], PictureCache(tmp_path), io.StringIO(), (OSError,)
        )


def test_system_errors_are_raised(tmp_path: Path) -> None:
    """A full disk or a permission error is raised, although its type is expected."""
    for error in (OSError(errno.ENOSPC, "full"), PermissionError(errno.EACCES, "not yours")):
        with pytest.raises(type(error)):
            make_missing([PictureJob("bad", failing(error))], PictureCache(tmp_path), io.StringIO(), (OSError,))


def test_unwritable_cache_is_an_error(tmp_path: Path) -> None:
    """The error for an unwritable cache contains its folder."""
    (tmp_path / "cache").write_bytes(b"")
    with pytest.raises(OSError, match=str(tmp_path / "cache")):
        make_missing([job("a", [])], PictureCache(tmp_path / "cache"), io.StringIO(), (OSError,))


def test_jobs_run_in_parallel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With two processors, two jobs run at once."""
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1}, raising=False)
    together = threading.Barrier(2, timeout=20)

    def make() -> dict[str, bytes]:
        together.wait()
        return {}

    assert make_missing([PictureJob("a", make), PictureJob("b", make)], PictureCache(tmp_path), io.StringIO(), ()) == {}
