"""Machine: what a benchmark ran on, without which its figures say nothing."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine.

    Attributes:
        processor: the model.
        processors: how many there are.
        kernel: the system and its version.
        python: the version of the Python that runs our build.
    """

    processor: str
    processors: int
    kernel: str
    python: str

    def __str__(self) -> str:
        """Return all of it in a line."""
        many = "processor" if self.processors == 1 else "processors"
        return f"{self.processor}, {self.processors} {many}; {self.kernel}; Python {self.python}"


def this_machine() -> Machine:
    """Return the machine that this runs on."""
    return Machine(
        processor=_model() or platform.processor() or platform.machine(),
        processors=os.cpu_count() or 1,
        kernel=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
    )


def _model() -> str:
    try:
        known = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return ""
    found = re.search(r"^model name\s*:\s*(.+)$", known, re.MULTILINE)
    return found[1].strip() if found else ""
