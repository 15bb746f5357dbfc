"""Run rows of edits, kills or guards from the command line: ``python -m tests.engine.incremental``."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from tests.engine.incremental.guarding import differences_with_all, survivors
from tests.engine.incremental.guards import GUARDS
from tests.engine.incremental.killing import Killing
from tests.engine.incremental.rows import Step, first_difference, random_rows, run


def main() -> int:
    """Run the command. Return 1 if something differed."""
    parser = argparse.ArgumentParser(prog="python -m tests.engine.incremental", description=__doc__)
    parser.add_argument("steps", type=int, nargs="?", default=60, help="number of edits")
    parser.add_argument("seed", type=int, nargs="?", default=1, help="seed of the random choices")
    parser.add_argument("--kill", type=int, nargs=2, metavar=("TIMES", "SEED"), help="kill builds instead")
    parser.add_argument("--row", type=Step.read, nargs="+", metavar="EDIT:SEED", help="these edits instead")
    parser.add_argument("--guards", action="store_true", help="leave out each input in turn instead; takes minutes")
    parser.add_argument("--shrink", action="store_true", help="look for a shorter row where one differs")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="incremental-") as folder:
        if arguments.kill:
            return _kill(arguments.kill[0], arguments.kill[1], Path(folder))
        if arguments.guards:
            return _guards(Path(folder))
        rows = [arguments.row] if arguments.row else random_rows(arguments.steps, arguments.seed)
        wrong = sum(not _passes(row, Path(folder) / str(number)) for number, row in enumerate(rows))
        for row in rows if wrong and arguments.row and arguments.shrink else ():
            _print(f"shorter: --row {' '.join(map(str, shrunk(row, Path(folder))))}")
    _print(f"{sum(map(len, rows))} steps, {wrong} of {len(rows)} rows differ")
    return int(wrong > 0)


def _guards(folder: Path) -> int:
    left = [*survivors(GUARDS, folder), *differences_with_all(GUARDS, folder)]
    _print("\n".join([*left, f"{len(GUARDS)} inputs left out in turn, {len(left)} of them missed by no edit"]))
    return int(bool(left))


def _passes(row: Sequence[Step], folder: Path) -> bool:
    names = ["a first build", *map(str, row), "a build from scratch"]
    started = time.monotonic()
    try:
        for number, found in enumerate(run(row, folder)):
            _print(f"{time.monotonic() - started:6.2f} s  {names[number]}")
            started = time.monotonic()
            if found:
                taken = " ".join(map(str, row[:number]))
                _print("\n".join([f"differs. Again: python -m tests.engine.incremental --row {taken}", *found]))
                return False
    except Exception:  # noqa: BLE001 - the row is reported, and the others run
        _print(f"{traceback.format_exc()}\nin: python -m tests.engine.incremental --row {' '.join(map(str, row))}")
        return False
    return True


def shrunk(row: Sequence[Step], folder: Path) -> list[Step]:
    """Shorten a failing row by leaving out one step after the other."""
    left = list(row)
    for number in reversed(range(len(row) - 1)):
        trial = [*left[:number], *left[number + 1 :]]
        if _differs(trial, folder / f"shrinking-{number}"):
            left = trial
    return left


def _differs(row: Sequence[Step], folder: Path) -> bool:
    try:
        return bool(first_difference(row, folder))
    except Exception:  # noqa: BLE001 - a step may depend on one that was left out
        return False


def _kill(times: int, seed: int, folder: Path) -> int:
    wrong = 0
    with Killing(folder, seed) as killing:
        for _ in range(times):
            report, found = killing.kill_once()
            _print("\n".join([report, *found]))
            wrong += bool(found)
    _print(f"{times} builds killed, {wrong} left something behind")
    return int(wrong > 0)


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
