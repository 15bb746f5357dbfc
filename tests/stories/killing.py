"""Kill a withdrawal at many points, and report whether each second run completes it.

Usage: ``python -m tests.stories.killing FOLDER SEED``. It is a program of its own because it forks. It prints one JSON
object. A run is killed by SIGKILL at its n-th change of a file or folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import sys
from pathlib import Path

import pytest

from plugins.stories import command as stories
from tests.sites.building import AS_OF, build_with_state, cached_in, state_folder
from tests.sites.sample_settings import replace_settings
from tests.stories.telling import site

#: The number of kills during the build. Before and after it, every point is tried.
WITHIN = 8
_CHANGES = {
    "open",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.mkdir",
    "os.truncate",
    "os.chmod",
    "os.utime",
    "shutil.rmtree",
}


def keep_cache_in(root: Path) -> None:
    """Make the commands of this process use a cache in ``root`` and not the project's."""
    replace_settings(pytest.MonkeyPatch(), cached_in(root / "cache"))


def withdraw(root: Path) -> None:
    """Withdraw the story of the site in ``root``."""
    keep_cache_in(root)
    content, output = str(root / "content"), str(root / "output")
    stories.begin_withdrawal("told", yes=True, content=content, as_of=AS_OF)
    _mark("build", root)
    build_with_state(Path(content), Path(output))
    _mark("end", root)
    stories.end_withdrawal("told", Path(output), content=content, as_of=AS_OF)


def state(root: Path) -> dict[str, str]:
    """Return the hash of every file and folder of ``root``."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in sorted(root.rglob("*"))
    }


def _mark(name: str, root: Path) -> None:
    sys.audit(f"withdrawal.{name}", str(root))


def _run(root: Path, dies_at: int = 0) -> tuple[int, list[int]]:
    """Withdraw in a child process. Return its status, and the numbers of changes at which the build began and ended."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        changes, marks = 0, []

        def count(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal changes
            if event.startswith("withdrawal."):
                marks.append(changes)
            elif event in _CHANGES and str(root) in str(arguments[:2]) and _writes(event, arguments):
                changes += 1
                if changes == dies_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        status = 0
        try:
            withdraw(root)
        except SystemExit as stop:
            status = int(stop.code or 0) if not isinstance(stop.code, str) else 1
        os.write(writer, json.dumps([*marks, changes]).encode())
        os._exit(status)
    os.close(writer)
    with os.fdopen(reader) as stream:
        said = stream.read()
    _, status = os.waitpid(child, 0)
    return status, json.loads(said or "[]")


def _writes(event: str, arguments: tuple[object, ...]) -> bool:
    return event != "open" or not isinstance(arguments[1], str) or arguments[1][:1] in {"w", "a", "x"}


def main(folder: Path, seed: int) -> dict[str, object]:
    """Return the result of a run without a kill, and every kill after which the second run had another result."""
    start = folder / "start"
    site(start)
    preview_output = start / "output"
    if _quiet_build(start / "content", preview_output) != 0:
        return {"error": "the site does not build"}
    whole = folder / "site"
    shutil.copytree(start, whole)
    status, marks = _run(whole)
    wanted = state(whole)
    begin, end, last = marks
    draw = random.Random(seed)  # noqa: S311 - no secret
    around = [*range(1, begin + 1), *range(end + 1, last + 1)]
    points = sorted(around + draw.sample(range(begin + 1, end + 1), WITHIN))
    wrong: dict[str, object] = {}
    for point in points:
        shutil.rmtree(whole)
        shutil.rmtree(state_folder(whole / "output"))
        shutil.copytree(start, whole)
        killed, _ = _run(whole, dies_at=point)
        again, _ = _run(whole)
        found = state(whole)
        if killed != signal.SIGKILL or again != 0 or found != wanted:
            differing = sorted(path for path in {*found, *wanted} if found.get(path) != wanted.get(path))
            wrong[str(point)] = {"killed": killed, "again": again, "differing": differing}
    return {"status": status, "marks": marks, "points": points, "wrong": wrong, "files": sorted(wanted)}


def _quiet_build(content: Path, output: Path) -> int:
    child = os.fork()
    if child == 0:
        keep_cache_in(output.parent / "cache")
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        build_with_state(content, output)
        os._exit(0)
    return os.waitpid(child, 0)[1]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
