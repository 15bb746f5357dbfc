"""Kill builds with SIGKILL, and compare the output of the next build."""

from __future__ import annotations

import shutil
import signal
import time
from dataclasses import replace
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

from plugins.engine.output_index import beside
from tests.engine.incremental.building import Death, Order
from tests.engine.incremental.comparing import contents
from tests.engine.incremental.rows import EDITS, Row
from tests.sites.building import copied

#: Edits that leave something to do, the last ones to nearly every file.
_BEFORE = ("body", "add", "remove", "picture", "newest_title", "topic_name", "cache_gone", "template", "setting")
#: What may be done between a death and the next build.
_BETWEEN = ("body", "remove", "title", "output_deleted", "cache_cut")


class Killing:
    """A project whose builds die. Use it in a ``with``.

    Args:
        folder: where everything lies.
        seed: of what is chosen.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311 - which moments is no secret
        self.row = Row(folder / "killing")
        self._found = self.row.begin()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.row.workspace.forget_code()

    def kill_once(self) -> tuple[str, list[str]]:
        """Edit, kill the build, build again; return what was done, and what differs then."""
        scribe, chance = self.row.scribe, self.chance
        before = chance.choice(_BEFORE)
        EDITS[before](scribe, chance)
        death = self._death()
        (killed,) = self.row.workspace.build(replace(self.row.order(), death=death))
        between = chance.choice(_BETWEEN) if chance.random() < 0.3 else ""
        if between:
            EDITS[between](scribe, chance)
        ended = "killed" if killed.status == -signal.SIGKILL else f"ended with {killed.status} before"
        found = [*self._found, *self.row.compared(), *self._left_behind()]
        self._found = []
        at = f"{death.after:.2f} s" if death.after is not None else f"change {death.at} of {Path(death.folder).name}/"
        return f"{before}, {ended} at {at}{f', {between}' if between else ''}", found

    def _death(self) -> Death:
        """A moment within a build: measured on copies of the output and of the cache."""
        scribe, trial = self.row.scribe, self.row.scribe.root.parent / "trial"
        shutil.rmtree(trial, ignore_errors=True)
        output, cache = trial / "output", trial / "cache"
        copied(scribe.output, output)
        if scribe.cache.is_dir():
            shutil.copytree(scribe.cache, cache)
        notes = beside(output).name
        folders = {"output": output, notes: trial / notes, "cache": cache}
        before = {name: contents(folder) if folder.is_dir() else {} for name, folder in folders.items()}
        started = time.monotonic()
        (whole,) = self.row.workspace.build(replace(self.row.order(), output=output, cache=cache))
        seconds = time.monotonic() - started
        assert whole.status == 0, whole.said
        where = self.chance.choice(("", *folders))
        if not where:
            return Death(after=self.chance.uniform(0, seconds))
        after = contents(trial / where)
        changed = sum(before[where].get(path) != after.get(path) for path in {*before[where], *after})
        # Some more than files: folders come and go as well, and the list of files is written at the end.
        return Death(at=self.chance.randint(1, changed + 2), folder=f"{scribe.root.parent / where}/")

    def _left_behind(self) -> list[str]:
        known = {"project", "output", "cache", "kept", "reference", "reference-cache", "said", "trial"}
        known |= {beside(self.row.scribe.output).name, beside(self.row.scribe.root.parent / "reference").name}
        return [
            f"{item.name}: a killed build left it behind, and the next did not take it away"
            for item in self.row.scribe.root.parent.iterdir()
            if item.name not in known and not item.name.startswith("elsewhere-")
        ]


def built_at_once(row: Row, *orders: Order) -> list[str]:
    """Build all of ``orders`` at once, which share a memory or an output; return what differs."""
    found: list[str] = []
    for ended in row.workspace.build(*orders):
        is_clear = ended.status == 1 and "error: " in ended.stderr and "mistake is ours" not in ended.stderr
        if (ended.status and not is_clear) or "Traceback" in ended.stderr:
            found.append(f"one of two builds did not end well: {ended.said}")
    return [*found, *row.compared()]
