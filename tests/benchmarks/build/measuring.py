"""Measure one new process, and take the median of several."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from tests.provisioning.programs import last_lines

_LAUNCHER = Path(__file__).with_name("launch.py")
#: Bytes of the system's unit of memory.
_UNIT = 1 if sys.platform == "darwin" else 1024


class Failed(RuntimeError):  # noqa: N818 - the name describes the state
    """A tool failed. The message has the reason and the last output."""


class Measurement(Struct, frozen=True):
    """The measurements of one process.

    Attributes:
        wall: wall-clock seconds.
        cpu: processor seconds, child processes included.
        megabytes: the peak memory of the largest single process among it and its children.
    """

    wall: float
    cpu: float
    megabytes: float


class Result(Struct, frozen=True):
    """The runs of one tool in one scenario at one size.

    Attributes:
        size: the number of articles.
        tool: the name of the tool.
        scenario: the name of the scenario.
        runs: the measurements of each run.
    """

    size: int
    tool: str
    scenario: str
    runs: tuple[Measurement, ...]

    @property
    def wall(self) -> float:
        """The median of the wall-clock seconds."""
        return statistics.median(run.wall for run in self.runs)

    @property
    def cpu(self) -> float:
        """The median of the processor seconds."""
        return statistics.median(run.cpu for run in self.runs)

    @property
    def megabytes(self) -> float:
        """The median of the peak memory."""
        return statistics.median(run.megabytes for run in self.runs)

    @property
    def spread(self) -> tuple[float, float]:
        """The shortest and the longest wall-clock time."""
        return min(run.wall for run in self.runs), max(run.wall for run in self.runs)


def measure(command: Sequence[str | Path], folder: Path) -> Measurement:
    """Run ``command`` in ``folder`` as a separate process, and return its measurements.

    Raises:
        Failed: when its exit status is not 0.
    """
    with tempfile.TemporaryDirectory() as own:
        printed = Path(own) / "printed"
        done = subprocess.run(
            [sys.executable, "-I", "-S", _LAUNCHER, printed, *command],
            cwd=folder, env=_environment(), capture_output=True, text=True, check=True,
        )  # fmt: skip
        wall, cpu, memory, status = done.stdout.split()
        if status != "0":
            said = last_lines(printed.read_text(encoding="utf-8", errors="replace"))
            raise Failed(f"`{' '.join(map(str, command))}` ended with status {status}:\n{said}")
    return Measurement(float(wall), float(cpu), int(memory) * _UNIT / 1_000_000)


def _environment() -> dict[str, str]:
    """Return the environment of measured processes: the same on every machine, with bytecode enabled."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
