"""Settings of the search."""

from __future__ import annotations

import pytest

from plugins.engine.settings import SettingsError
from plugins.search.settings import SearchSettings

_SETTINGS = {"SEARCH_LIMIT": 60_000, "SEARCH_LIST_LIMIT": 120}


def test_settings_are_read() -> None:
    """Both limits reach the search."""
    assert SearchSettings.from_pelican(_SETTINGS) == SearchSettings(60_000, 120)


@pytest.mark.parametrize("name", list(_SETTINGS))
@pytest.mark.parametrize("value", [0, -1, "120", 1.5, True, None])
def test_a_setting_that_cannot_be_used_is_named(name: str, value: object) -> None:
    """A limit that is no whole number of at least 1 is an error that names it."""
    with pytest.raises(SettingsError, match=name):
        SearchSettings.from_pelican({**_SETTINGS, name: value})
