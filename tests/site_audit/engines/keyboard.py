"""Check that Tab reaches every control, and that focus is visible."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.link_check.violation import Violation
from tests.site_audit.engines.browser import Look, probe

#: The maximum number of scrollable boxes, which Chromium adds to the tab order.
_MORE = 5


def check(look: Look) -> Iterator[Violation]:
    """Yield the controls that Tab does not reach and those without visible focus, in plain and forced colours."""
    window = look.open()
    controls = probe(window, "walk")
    for _ in range(controls + _MORE):
        window.keyboard.press("Tab")
    found = probe(window, "walked")
    yield from look.violations("keyboard-reach", found["unreached"])
    yield from look.violations("focus-mark", found["unmarked"])
    yield from look.violations("focus-in-view", found["unseen"])
    # The tab order is known, so the second pass with forced colours only visits its stops.
    window.emulate_media(forced_colors="active")
    yield from look.violations("focus-mark-forced-colours", probe(window, "forced"))
