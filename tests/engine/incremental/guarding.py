"""Remove one compared input of an incremental build at a time, and return those that no edit needed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from msgspec import Struct

from tests.engine.incremental.editing import Project
from tests.engine.incremental.rows import LENGTH, Step, first_difference, read, run


class Guard(Struct, frozen=True):
    """A change of the code that removes one compared input.

    Attributes:
        module: its file, for example ``plugins/engine/incremental/fingerprint.py``.
        old: the source text to replace. It occurs once.
        new: its replacement.
        edits: edits after which the output must differ from a build from nothing, for example ``body:1 title:2``.
    """

    module: str
    old: str
    new: str
    edits: str

    @property
    def name(self) -> str:
        """The guard in a line."""
        return f"{self.module}: {' '.join(self.old.split())} -> {' '.join(self.new.split())}"

    def apply(self, project: Project) -> None:
        """Change the code of ``project``."""
        file = project.root / self.module
        source = file.read_text(encoding="utf-8")
        assert source.count(self.old) == 1, f"{source.count(self.old)} of: {self.name}"
        file.write_text(source.replace(self.old, self.new), encoding="utf-8")


def survivors(guards: Sequence[Guard], folder: Path) -> list[str]:
    """Return the guards whose removal no edit detected. The projects are made in ``folder``.

    Raises:
        AssertionError: when a guard cannot be removed, or the site cannot be built without it.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        detected = pool.map(_is_detected, guards, [folder / str(number) for number in range(len(guards))])
        return [guard.name for guard, is_detected in zip(guards, detected, strict=True) if not is_detected]


def differences_with_all(guards: Sequence[Guard], folder: Path) -> list[str]:
    """Return the differences of the same edits without any removal. There must be none."""
    every = dict.fromkeys(step for guard in guards for step in read(guard.edits))
    return [line for row in _rows(list(every)) for line in first_difference(row, folder / str(row[0]))]


def _rows(steps: list[Step]) -> list[list[Step]]:
    return [steps[start : start + LENGTH] for start in range(0, len(steps), LENGTH)]


def _is_detected(guard: Guard, folder: Path) -> bool:
    first, *others = run(read(guard.edits), folder, guard.apply)
    assert first == [], f"without this guard there is no first build: {guard.name}\n{first}"
    found = [line for one in others for line in one]
    assert not any("build failed" in line for line in found), f"without this guard a build fails: {guard.name}\n{found}"
    return bool(found)
