"""Test the progress of long work."""

from __future__ import annotations

import io
import time

import pytest

from plugins.base.progress import track, track_share
from tests.terminal import Terminal


def output(total: int, *, delay: float, terminal: bool) -> str:
    """Return what is printed while ``total`` things are done."""
    stream = Terminal() if terminal else io.StringIO()
    assert list(track(range(total), total, "Making pages", stream, delay=delay)) == list(range(total))
    return stream.getvalue()


def test_short_work_shows_nothing() -> None:
    """Work shorter than the delay prints nothing, on a terminal or elsewhere."""
    assert output(100, delay=60, terminal=False) == ""
    assert output(100, delay=60, terminal=True) == ""


def test_long_work_prints_lines_without_a_terminal() -> None:
    """Without a terminal, each quarter of the work prints a line."""
    assert output(100, delay=0, terminal=False).splitlines() == [
        f"Making pages: {number} of 100" for number in (25, 50, 75, 100)
    ]


def test_long_work_shows_a_bar_on_a_terminal() -> None:
    """On a terminal, a bar shows how much of the total is done."""
    assert "100/100" in output(100, delay=0, terminal=True)


def test_a_share_is_scaled_to_the_whole() -> None:
    """When other processes do the rest at the same pace, the bar shows the progress of the whole."""
    stream = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "monotonic", iter(range(1000)).__next__)
        share = list(range(34))
        assert list(track_share(share, 100, 3, label="Making pages", stream=stream)) == share
    assert stream.getvalue().splitlines()[-1] == "Making pages: 100 of 100"
