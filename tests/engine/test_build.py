"""Test the build and its stages."""

from __future__ import annotations

import pytest

from plugins.engine.build import Build
from plugins.engine.settings import SiteSettings
from plugins.views.body import Body
from tests.engine.test_settings import SETTINGS
from tests.sites.writing import library


def test_a_use_of_the_theme_before_it_is_loaded_is_an_error() -> None:
    """A component or a page rendered before the theme is loaded raises an error that says so."""
    build = Build(SiteSettings.from_pelican(SETTINGS), {}, library())
    with pytest.raises(RuntimeError, match="`help-contact` was asked for before"):
        build.assets.theme.component("help-contact")
    with pytest.raises(RuntimeError, match=r"`home\.html` was asked for before"):
        build.assets.theme.page("home.html")


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (100, 1), (238, 1), (500, 2), (2380, 10)])
def test_reading_time(words: int, minutes: int) -> None:
    """Reading takes whole minutes, at least one."""
    assert Body.of("", words=words).reading_minutes == minutes
