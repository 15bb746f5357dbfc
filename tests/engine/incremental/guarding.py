"""Remove one compared input of an incremental build at a time, and return those that no edit needed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.engine.incremental.editing import Scribe
from tests.engine.incremental.rows import LENGTH, Step, first_difference, read, run


@dataclass(frozen=True)
class Guard:
    """One change of the code of a project.

    Attributes:
        module: its file, for example ``plugins/engine/incremental/fingerprint.py``.
        old: the part of its source that is taken out; it stands there once.
        new: what stands there then.
        edits: the row of edits that must end otherwise than a build from nothing, for example ``body:1 title:2``.
    """

    module: str
    old: str
    new: str
    edits: str

    @property
    def name(self) -> str:
        """The guard in a line."""
        return f"{self.module}: {' '.join(self.old.split())} -> {' '.join(self.new.split())}"

    def take_out(self, scribe: Scribe) -> None:
        """Change the code of the scribe's project."""
        file = scribe.root / self.module
        source = file.read_text(encoding="utf-8")
        assert source.count(self.old) == 1, f"{source.count(self.old)} of: {self.name}"
        file.write_text(source.replace(self.old, self.new), encoding="utf-8")


def survivors(guards: Sequence[Guard], folder: Path) -> list[str]:
    """Return the guards that no edit missed; ``folder`` is for the projects.

    Raises:
        AssertionError: when one could not be taken out, or the site is not built without it.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        missed = pool.map(_is_missed, guards, [folder / str(number) for number in range(len(guards))])
        return [guard.name for guard, is_missed in zip(guards, missed, strict=True) if not is_missed]


def differences_with_all(guards: Sequence[Guard], folder: Path) -> list[str]:
    """Return what differs in the same rows when no guard is taken out; nothing, or the proof is worth nothing."""
    every = dict.fromkeys(step for guard in guards for step in read(guard.edits))
    return [line for row in _rows(list(every)) for line in first_difference(row, folder / str(row[0]))]


def _rows(steps: list[Step]) -> list[list[Step]]:
    return [steps[start : start + LENGTH] for start in range(0, len(steps), LENGTH)]


def _is_missed(guard: Guard, folder: Path) -> bool:
    first, *others = run(read(guard.edits), folder, guard.take_out)
    assert first == [], f"without this guard there is no first build: {guard.name}\n{first}"
    found = [line for one in others for line in one]
    assert not any("build failed" in line for line in found), f"without this guard a build fails: {guard.name}\n{found}"
    return bool(found)
