"""Check whether a process is running."""

from __future__ import annotations

import os


def is_running(process: int) -> bool:
    """Return True if a process with the id ``process`` exists on this computer, of this user or another."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
