"""Keyboard: whether Tab reaches everything, and whether one sees where it is."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.checks.engines.browser import Look, probe
from plugins.checks.rules import Miss

#: Boxes that scroll are stops of their own in Chromium, beyond what the page declares.
_MORE = 5


def check(look: Look) -> Iterator[Miss]:
    """Yield the controls that Tab does not reach, and the stops that one cannot see, in plain and in forced colours."""
    window = look.open()
    controls = probe(window, "walk")
    for _ in range(controls + _MORE):
        window.keyboard.press("Tab")
    found = probe(window, "walked")
    yield from look.misses("keyboard-reach", found["unreached"])
    yield from look.misses("focus-mark", found["unmarked"])
    yield from look.misses("focus-in-view", found["unseen"])
    # Which stops there are is known now; the colours may change while they are visited once more.
    window.emulate_media(forced_colors="active")
    yield from look.misses("focus-mark-forced-colours", probe(window, "forced"))
