"""Kill builds with SIGKILL, and compare the output of the next build."""

from __future__ import annotations

import shutil
import signal
import time
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

from msgspec.structs import replace

from plugins.engine.output_index import beside
from tests.engine.incremental.building import BuildJob, KillPoint
from tests.engine.incremental.comparing import contents
from tests.engine.incremental.rows import EDITS, Row
from tests.sites.building import copied

#: Edits before a killed build. The last ones change nearly every file.
_BEFORE = ("body", "add", "remove", "picture", "newest_title", "topic_name", "cache_gone", "template", "setting")
#: Edits between a killed build and the next one.
_BETWEEN = ("body", "remove", "title", "output_deleted", "cache_cut")


class Killing:
    """A project whose builds are killed. Use as a context manager.

    Args:
        folder: for all files.
        seed: of the random choices.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.rng = Random(seed)  # noqa: S311 - not for security
        self.row = Row(folder / "killing")
        self._found = self.row.begin()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.row.workspace.forget_code()

    def kill_once(self) -> tuple[str, list[str]]:
        """Edit, kill a build, and build again. Return a description and the differences."""
        project, rng = self.row.project, self.rng
        before = rng.choice(_BEFORE)
        EDITS[before](project, rng)
        kill_point = self._kill_point()
        (killed,) = self.row.workspace.build(replace(self.row.job(), kill_point=kill_point))
        between = rng.choice(_BETWEEN) if rng.random() < 0.3 else ""
        if between:
            EDITS[between](project, rng)
        ended = "killed" if killed.status == -signal.SIGKILL else f"ended with {killed.status} before"
        found = [*self._found, *self.row.compared(), *self._left_behind()]
        self._found = []
        at = (
            f"{kill_point.after:.2f} s"
            if kill_point.after is not None
            else f"change {kill_point.at} of {Path(kill_point.folder).name}/"
        )
        return f"{before}, {ended} at {at}{f', {between}' if between else ''}", found

    def _kill_point(self) -> KillPoint:
        """Return a moment within a build, measured with copies of the output and the cache."""
        project, trial = self.row.project, self.row.project.root.parent / "trial"
        shutil.rmtree(trial, ignore_errors=True)
        output, cache = trial / "output", trial / "cache"
        copied(project.output, output)
        if project.cache.is_dir():
            shutil.copytree(project.cache, cache)
        notes = beside(output).name
        folders = {"output": output, notes: trial / notes, "cache": cache}
        before = {name: contents(folder) if folder.is_dir() else {} for name, folder in folders.items()}
        started = time.monotonic()
        (whole,) = self.row.workspace.build(replace(self.row.job(), output=output, cache=cache))
        seconds = time.monotonic() - started
        assert whole.status == 0, whole.report
        where = self.rng.choice(("", *folders))
        if not where:
            return KillPoint(after=self.rng.uniform(0, seconds))
        after = contents(trial / where)
        changed = sum(before[where].get(path) != after.get(path) for path in {*before[where], *after})
        # More changes than files, because folders change too, and the manifest is written at the end.
        return KillPoint(at=self.rng.randint(1, changed + 2), folder=f"{project.root.parent / where}/")

    def _left_behind(self) -> list[str]:
        known = {"project", "output", "cache", "kept", "reference", "reference-cache", "logs", "trial"}
        known |= {beside(self.row.project.output).name, beside(self.row.project.root.parent / "reference").name}
        return [
            f"{item.name}: a killed build left it behind, and the next did not take it away"
            for item in self.row.project.root.parent.iterdir()
            if item.name not in known and not item.name.startswith("elsewhere-")
        ]


def built_at_once(row: Row, *jobs: BuildJob) -> list[str]:
    """Run ``jobs``, which share a cache or an output, in parallel. Return the differences."""
    found: list[str] = []
    for ended in row.workspace.build(*jobs):
        is_clear = ended.status == 1 and "error: " in ended.stderr and "mistake is ours" not in ended.stderr
        if (ended.status and not is_clear) or "Traceback" in ended.stderr:
            found.append(f"one of two builds did not end well: {ended.report}")
    return [*found, *row.compared()]
