"""Progress of long work."""

from __future__ import annotations

import io
import time

import pytest
from rich.console import Console

from plugins.base.progress import track, track_share


def said(total: int, *, delay: float, terminal: bool) -> str:
    """What is shown while ``total`` things are done."""
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=terminal, width=80)
    assert list(track(range(total), total, "Making pages", console, delay=delay)) == list(range(total))
    return stream.getvalue()


def test_short_work_shows_nothing() -> None:
    """What is done within the delay shows nothing, on a terminal and elsewhere."""
    assert said(100, delay=60, terminal=False) == ""
    assert said(100, delay=60, terminal=True) == ""


def test_long_work_is_a_few_plain_lines_off_a_terminal() -> None:
    """Elsewhere than on a terminal, a line is printed for each quarter of the work."""
    assert said(100, delay=0, terminal=False).splitlines() == [
        f"Making pages: {number} of 100" for number in (25, 50, 75, 100)
    ]


def test_long_work_is_a_bar_on_a_terminal() -> None:
    """On a terminal a bar shows how many are done of how many."""
    assert "100/100" in said(100, delay=0, terminal=True)


def test_a_share_is_shown_as_part_of_the_whole() -> None:
    """Where others do the rest at the same pace, what is shown is how much of the whole is done."""
    stream = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "monotonic", iter(range(1000)).__next__)
        share = list(range(34))
        assert list(track_share(share, 100, label="Making pages", console=Console(file=stream))) == share
    assert stream.getvalue().splitlines()[-1] == "Making pages: 100 of 100"
