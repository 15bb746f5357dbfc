"""Running: whether the process that left something behind is still at work."""

from __future__ import annotations

import os


def is_running(process: int) -> bool:
    """Tell whether a process of this computer has the number ``process``; one of another user counts, too."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
