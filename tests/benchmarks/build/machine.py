"""Describe the machine of a benchmark."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

from msgspec import Struct


class Machine(Struct, frozen=True):
    """A machine.

    Attributes:
        processor: the model.
        processors: the number of processors.
        kernel: the system and its version.
        python: the Python version of our build.
    """

    processor: str
    processors: int
    kernel: str
    python: str

    def __str__(self) -> str:
        """Return the description in one line."""
        many = "processor" if self.processors == 1 else "processors"
        return f"{self.processor}, {self.processors} {many}; {self.kernel}; Python {self.python}"


def this_machine() -> Machine:
    """Return the current machine."""
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
