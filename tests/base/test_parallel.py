"""Work in several processes: the same results in the same order, even if a process dies."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.base import parallel
from plugins.base.parallel import SharedWork, run_in_processes
from tests.processors import use_processors
from tests.sites.building import HANG, ROOT


@pytest.mark.parametrize("number", [0, 1, 2, 3, 101])
def test_the_order_is_that_of_the_items(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Results come in the order of their items, however many there are."""
    use_processors(monkeypatch)
    assert list(run_in_processes(lambda item: item * item, range(number))) == [item * item for item in range(number)]


@pytest.mark.parametrize(("first", "each", "helpers"), [(0.0, 0.01, 1), (0.0, 0.0001, 0), (1.0, 0.0001, 0)])
def test_helpers_begin_where_they_pay(monkeypatch: pytest.MonkeyPatch, first: float, each: float, helpers: int) -> None:
    """A second of work is for two processes, 10 ms are for one; what only the first item takes does not count."""
    clock, forks, fork = [0.0], list[None](), os.fork

    def counted() -> int:
        forks.append(None)
        return fork()

    def work(item: int) -> int:
        clock[0] += each if item else first
        return item

    monkeypatch.setattr(parallel, "processor_count", lambda: 2)
    monkeypatch.setattr(parallel, "perf_counter", lambda: clock[0])
    monkeypatch.setattr(parallel, "_memory", lambda: 100_000_000)
    monkeypatch.setattr(os, "fork", counted)
    assert list(run_in_processes(work, range(100))) == list(range(100))
    assert len(forks) == helpers


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait until ``condition`` returns True."""
    end = time.monotonic() + HANG
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.001)


def wait_for_two(folder: Path) -> int:
    """Wait until two processes have called this, and return the id of this one."""
    (folder / str(os.getpid())).touch()
    wait_until(lambda: len(list(folder.iterdir())) > 1)
    return os.getpid()


def test_neighbours_of_one_topic_share_a_process(tmp_path: Path) -> None:
    """Each topic is computed by one process, both processes work, and results come in the order of their items."""
    found = SharedWork(
        lambda item: (item, wait_for_two(tmp_path)), range(100), lambda item: f"topic {item // 10}", helpers=1
    ).results()
    assert [item for item, _ in found] == list(range(100))
    processes = [{process for _, process in found[start : start + 10]} for start in range(0, 100, 10)]
    assert all(len(of_topic) == 1 for of_topic in processes)
    assert len(set.union(*processes)) == 2


def test_share_of_a_dead_process_is_computed_again(tmp_path: Path) -> None:
    """The share of a process that dies is computed in this process, which raises the exceptions of the work."""
    here = os.getpid()

    def dies(item: int) -> int:
        if os.getpid() != here:
            (tmp_path / "dead").touch()
            os._exit(3)
        wait_until((tmp_path / "dead").exists)
        return item

    def fails(item: int) -> int:
        raise ValueError(f"item {item}")

    assert list(SharedWork(dies, range(100), helpers=1).results()) == list(range(100))
    with pytest.raises(ValueError, match="item"):
        SharedWork(fails, range(100), helpers=1).results()


def test_helpers_work_beside_this_process(tmp_path: Path) -> None:
    """A helper begins at once, and this process does what is left."""

    def noted(item: int) -> tuple[int, int]:
        (tmp_path / str(item)).touch()
        return item, os.getpid()

    work = SharedWork(noted, range(100), helpers=1)
    wait_until((tmp_path / "50").exists)
    found = work.results()
    assert [item for item, _ in found] == list(range(100))
    assert found[0][1] == found[50][1] != os.getpid()
    assert SharedWork(lambda _: os.getpid(), range(3), helpers=0).results() == [os.getpid()] * 3


def test_more_items_than_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """With more items than turns, a turn has several, and topics stay together."""
    monkeypatch.setattr(parallel, "_MOST_TURNS", 7)
    squares = SharedWork(lambda item: item * item, range(100), helpers=1).results()
    assert list(squares) == [item * item for item in range(100)]
    found = SharedWork(
        lambda item: (item, os.getpid()), range(100), lambda item: f"topic {item // 10}", helpers=1
    ).results()
    assert [item for item, _ in found] == list(range(100))
    assert all(len({process for _, process in found[start : start + 10]}) == 1 for start in range(0, 100, 10))


def test_cancelled_work_ends(tmp_path: Path) -> None:
    """``cancel`` kills the helpers and waits until they have ended."""

    def work(item: int) -> None:
        (tmp_path / str(item)).touch()
        time.sleep(0.02)

    shared = SharedWork(work, range(1000), helpers=1)
    wait_until(lambda: bool(list(tmp_path.iterdir())))
    shared.cancel()
    made = len(list(tmp_path.iterdir()))
    time.sleep(0.1)
    assert made == len(list(tmp_path.iterdir()))
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_interrupt_stops_all_processes(tmp_path: Path) -> None:
    """An exception in this process kills the others, so that they write nothing afterwards."""
    here = os.getpid()

    def work(item: int) -> None:
        if os.getpid() == here:
            while not list(tmp_path.iterdir()):
                time.sleep(0.01)
            raise KeyboardInterrupt
        time.sleep(0.02)
        (tmp_path / str(item)).touch()

    with pytest.raises(KeyboardInterrupt):
        SharedWork(work, range(100), helpers=1).results()
    made = len(list(tmp_path.iterdir()))
    time.sleep(0.1)
    assert 0 < made == len(list(tmp_path.iterdir())) < 50


_ORPHANS = """
import os, time
from pathlib import Path
from plugins.base.parallel import SharedWork
here, seen = os.getpid(), Path({seen!r})

def work(item):
    if os.getpid() == here:
        time.sleep(60)
    (seen / str(item)).touch()
    time.sleep(0.02)

SharedWork(work, range(1000), helpers=1).results()
"""


def test_processes_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    """When this process is killed, the others end after their current item."""
    with subprocess.Popen([sys.executable, "-c", _ORPHANS.format(seen=str(tmp_path))], cwd=ROOT) as process:
        while not list(tmp_path.iterdir()):
            time.sleep(0.01)
        process.kill()
    time.sleep(0.3)
    made = len(list(tmp_path.iterdir()))
    time.sleep(0.3)
    assert 0 < made == len(list(tmp_path.iterdir())) < 500
