"""The colours of the theme."""

from __future__ import annotations

from plugins.views.palette import palette
from tests.sites.building import ROOT


def test_the_palette_is_that_of_the_tokens() -> None:
    """The colours of the light scheme are read; a theme without tokens has none."""
    assert palette(ROOT / "theme")["arch"] == (31, 77, 74)
    assert palette(ROOT / "tests") == {}
