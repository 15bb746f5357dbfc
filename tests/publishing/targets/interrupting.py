"""Interrupting: ends a piece of work at any of its steps, as Ctrl-C or a crash would."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from plugins.publishing import targets

_OURS = str(Path(targets.__file__).parent)


class Interrupted(BaseException):
    """The work was interrupted."""


def _is_step(frame: FrameType, event: str) -> bool:
    # What Python calls when it throws a generator away cannot pass an exception on.
    return event == "call" and frame.f_code.co_filename.startswith(_OURS) and frame.f_code.co_name[0] != "<"


def interrupted(work: Callable[[], object], step: int) -> bool:
    """Do ``work``, but end it at its step ``step``: a call in our own code. Return False when it had fewer steps."""
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
    """Do ``work``, and return how many steps it has."""
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
