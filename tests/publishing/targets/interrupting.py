"""Interrupt a function at any step, as Ctrl-C or a crash would."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from plugins.publishing import targets

_OURS = str(Path(targets.__file__).parent)


class Interrupted(BaseException):
    """The function was interrupted."""


def _is_step(frame: FrameType, event: str) -> bool:
    # Python ignores exceptions from a generator that it closes.
    return event == "call" and frame.f_code.co_filename.startswith(_OURS) and frame.f_code.co_name[0] != "<"


def interrupted(work: Callable[[], object], step: int) -> bool:
    """Call ``work`` and interrupt it at the call number ``step`` in our code. Return False if it had fewer calls."""
    left = step

    def count(frame: FrameType, event: str, _: Any) -> None:
        nonlocal left
        if _is_step(frame, event):
            left -= 1
            if left == 0:
                raise Interrupted

    sys.setprofile(count)
    try:
        work()
    except Interrupted:
        return True
    finally:
        sys.setprofile(None)
    return False


def steps(work: Callable[[], object]) -> int:
    """Call ``work``, and return its number of steps."""
    count = 0

    def note(frame: FrameType, event: str, _: Any) -> None:
        nonlocal count
        count += _is_step(frame, event)

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
