"""Invalid feed settings are errors."""

from __future__ import annotations

import datetime as dt

import pytest

from plugins.engine.settings import SettingsError
from plugins.feeds.settings import FeedSettings
from tests.feeds.planning import settings


def test_settings_of_the_site() -> None:
    """The site's own settings are valid."""
    read = FeedSettings.from_pelican(settings())
    assert read.items == 20
    assert read.authority == "elmtreehub.example,2026"
    assert read.hub == ""
    assert read.withdrawn_days == 90


@pytest.mark.parametrize(
    ("authority", "minted"),
    [
        ("example.org,2026", dt.date(2026, 1, 1)),
        ("example.org,2026-07", dt.date(2026, 7, 1)),
        ("someone@example.org,2026-07-15", dt.date(2026, 7, 15)),
    ],
)
def test_authority_is_an_owner_and_a_day(authority: str, minted: dt.date) -> None:
    """An authority is a domain or an e-mail address, and a day."""
    assert FeedSettings.from_pelican(settings(FEED_ID_AUTHORITY=authority)).minted.date() == minted


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FEED_ITEMS", 0),
        ("FEED_ITEMS", "20"),
        ("FEED_ITEMS", True),
        ("FEED_TTL", -1),
        ("FEED_SIZE_LIMIT", 1.5),
        ("FEED_GZIP_LIMIT", None),
        ("FEED_WITHDRAWN_DAYS", 0),
        ("FEED_ID_AUTHORITY", "example.org"),
        ("FEED_ID_AUTHORITY", "example.org,2026-02-30"),
        ("FEED_ID_AUTHORITY", "https://example.org,2026"),
        ("FEED_HUB", "hub.example.org"),
        ("FEED_HELP_CONTACTS", "samaritans"),
        ("FEED_RIGHTS", ""),
    ],
)
def test_invalid_setting(name: str, value: object) -> None:
    """The error for an invalid value contains the name of the setting."""
    with pytest.raises(SettingsError, match=name):
        FeedSettings.from_pelican(settings(**{name: value}))
