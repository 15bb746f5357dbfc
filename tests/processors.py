"""As many processors as a test needs, because each worker of a run has only one."""

from __future__ import annotations

import pytest

from plugins.base import parallel


def use_processors(monkeypatch: pytest.MonkeyPatch, number: int = 2) -> None:
    """Let ``run_in_processes`` find ``number`` processors, and begin its helpers after two items."""
    monkeypatch.setattr(parallel, "processor_count", lambda: number)
    monkeypatch.setattr(parallel, "_TRIAL", 1e-9)
    monkeypatch.setattr(parallel, "_COPYING", 0)
