"""Test the settings of the whole site."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from plugins.engine.settings import SettingsError, SiteSettings, whole_number

SETTINGS: dict[str, Any] = {
    "SITENAME": "Name",
    "SITESUBTITLE": "Tagline",
    "SITEURL": "https://example.org/sub/",
    "SITE_LANGUAGE": "en-GB",
    "SITE_CONTACT": "us",
    "TIMEZONE": "Europe/London",
    "AS_OF": "2026-11-23",
}


def test_addresses_carry_the_prefix_of_the_site() -> None:
    """Root-relative links begin with the path of ``SITEURL``, and absolute ones with ``SITEURL``."""
    site = SiteSettings.from_pelican(SETTINGS)
    assert site.root == "/sub"
    assert site.href("/articles/") == "/sub/articles/"
    assert site.absolute("/articles/") == "https://example.org/sub/articles/"


def test_a_host_of_its_own_has_no_prefix() -> None:
    """At the root of a host, links are permalinks."""
    site = SiteSettings.from_pelican({**SETTINGS, "SITEURL": "https://example.org"})
    assert site.href("/") == "/"


@pytest.mark.parametrize(
    "url", ["", "example.org", "/sub", "ftp://example.org", "https://example.org/?a", "https://ex ample.org"]
)
def test_a_site_has_a_whole_address(url: str) -> None:
    """SITEURL must be a web address with its scheme, and the error says so."""
    with pytest.raises(SettingsError, match="SITEURL is"):
        SiteSettings.from_pelican({**SETTINGS, "SITEURL": url})


@pytest.mark.parametrize("name", ["PLUGINS", "OUTPUT_RETENTION"])
@pytest.mark.parametrize("value", ["plugins.pages", None, 3, [3]])
def test_a_list_of_names_is_one(name: str, value: object) -> None:
    """One name is no list, which the error says with an example."""
    with pytest.raises(SettingsError, match=rf"{name} is `.*`; it must be a list of names, for example  \["):
        SiteSettings.from_pelican({**SETTINGS, name: value})


def test_the_content_must_be_there(tmp_path: Path) -> None:
    """A build of a folder that is gone would remove the site."""
    with pytest.raises(SettingsError, match=r"PATH is `.*gone`, and there is no such folder"):
        SiteSettings.from_pelican({**SETTINGS, "PATH": str(tmp_path / "gone")})


def test_the_day_of_the_build_is_an_input() -> None:
    """AS_OF gives the day of the build."""
    assert SiteSettings.from_pelican(SETTINGS).as_of == dt.date(2026, 11, 23)


@pytest.mark.parametrize("value", ["23/11/2026", "2026-02-30", "tomorrow", ""])
def test_a_day_that_cannot_be_read_stops_the_build(value: str) -> None:
    """``AS_OF`` in any form but ISO is an error that names the setting."""
    with pytest.raises(SettingsError, match="AS_OF is"):
        SiteSettings.from_pelican({**SETTINGS, "AS_OF": value})


def test_without_as_of_it_is_today_at_the_place_of_the_site() -> None:
    """23:30 UTC is the next day in London in summer."""
    moment = dt.datetime(2026, 7, 1, 23, 30, tzinfo=ZoneInfo("UTC"))
    with time_machine.travel(moment):
        assert SiteSettings.from_pelican({**SETTINGS, "AS_OF": None}).as_of == dt.date(2026, 7, 2)


@pytest.mark.parametrize(("least", "value"), [(0, 0), (1, 1), (1, 10_000)])
def test_a_whole_number_is_taken_as_it_is(least: int, value: int) -> None:
    """A whole number that is large enough is accepted."""
    assert whole_number({"HOW_MANY": value}, "HOW_MANY", least=least) == value


@pytest.mark.parametrize(("least", "value"), [(0, -1), (1, 0), (1, True), (1, 1.5), (1, "2"), (1, None)])
def test_anything_else_than_a_whole_number_is_an_error(least: int, value: object) -> None:
    """A number that is too small, or not whole, is an error that names the minimum."""
    with pytest.raises(SettingsError) as caught:
        whole_number({"HOW_MANY": value}, "HOW_MANY", least=least)
    assert str(caught.value) == f"HOW_MANY is `{value}`; it must be a whole number of at least {least}"
