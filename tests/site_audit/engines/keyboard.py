"""Keyboard: whether Tab reaches everything, and whether one sees where it is."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.link_check.violation import Violation
from tests.site_audit.engines.browser import Look, probe

#: Boxes that scroll are stops of their own in Chromium, beyond what the page declares.
_MORE = 5


def check(look: Look) -> Iterator[Violation]:
    """Yield the controls that Tab does not reach, and the stops that one cannot see, in plain and in forced colours."""
    window = look.open()
    controls = probe(window, "walk")
    for _ in range(controls + _MORE):
        window.keyboard.press("Tab")
    found = probe(window, "walked")
    yield from look.violations("keyboard-reach", found["unreached"])
    yield from look.violations("focus-mark", found["unmarked"])
    yield from look.violations("focus-in-view", found["unseen"])
    # Which stops there are is known now; the colours may change while they are visited once more.
    window.emulate_media(forced_colors="active")
    yield from look.violations("focus-mark-forced-colours", probe(window, "forced"))
