"""The build and its stages."""

from __future__ import annotations

import pytest

from plugins.engine.build import Build
from plugins.engine.settings import SiteSettings
from plugins.views.body import Body
from tests.engine.test_settings import SETTINGS
from tests.sites.writing import library


def test_the_theme_is_not_asked_too_early() -> None:
    """Asking for a component or a page before the theme is loaded is an error that says so."""
    build = Build(SiteSettings.from_pelican(SETTINGS), {}, library())
    with pytest.raises(RuntimeError, match="`help-contact` was asked for before"):
        build.assets.theme.component("help-contact")
    with pytest.raises(RuntimeError, match=r"`home\.html` was asked for before"):
        build.assets.theme.page("home.html")


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (100, 1), (238, 1), (500, 2), (2380, 10)])
def test_reading_time(words: int, minutes: int) -> None:
    """Reading takes whole minutes, at least one."""
    assert Body("", words=words).reading_minutes == minutes
