"""Read and validate the settings of the pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from plugins.engine.settings import SettingsError, whole_number
from plugins.views.views import Link


class Door(Struct, frozen=True):
    """A choice on the home page: its label, the words below it, its address, and the key of its drawing."""

    label: str
    words: str
    href: str
    drawing: str


class PageSettings(Struct, frozen=True):
    """The settings of the pages.

    Attributes:
        page_size: ``PAGE_SIZE``, cards on one page of a list (``pages_of_newest``).
        home_doors: ``HOME_DOORS``, the choices by purpose. Those with a missing page are left out.
        home_stories: ``HOME_STORIES``, stories on the home page.
        home_commitments: ``HOME_COMMITMENTS``, commitments on the home page.
        navigation: ``NAVIGATION``, pairs of label and permalink. Links to missing pages are left out.
        footer: ``FOOTER``, the same for the footer.
        exit_url: ``EXIT_URL``, an unsuspicious site, for readers who leave in a hurry.
    """

    page_size: int
    home_doors: tuple[Door, ...]
    home_stories: int
    home_commitments: int
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    exit_url: str

    @classmethod
    def from_pelican(cls, settings: Mapping[str, Any]) -> PageSettings:
        """Read Pelican's settings.

        Raises:
            SettingsError: when a number is not a whole number of at least 1, a link is no pair, or ``EXIT_URL`` is no
                web address.
        """
        return cls(
            whole_number(settings, "PAGE_SIZE", least=1),
            _doors(settings, "HOME_DOORS"),
            whole_number(settings, "HOME_STORIES", least=1),
            whole_number(settings, "HOME_COMMITMENTS", least=1),
            _links(settings, "NAVIGATION"),
            _links(settings, "FOOTER"),
            _elsewhere(settings, "EXIT_URL"),
        )


def _elsewhere(settings: Mapping[str, Any], name: str) -> str:
    value = str(settings[name])
    if not re.fullmatch(r"https://[^\s/?#.]++(?:\.[^\s/?#.]++)+[^\s]*+", value):
        raise SettingsError(f"{name} is `{value}`; it must be a whole address that begins with  https://")
    return value


def _doors(settings: Mapping[str, Any], name: str) -> tuple[Door, ...]:
    try:
        return tuple(Door(*map(str, parts)) for parts in settings[name])
    except (TypeError, ValueError):
        raise SettingsError(
            f'{name} must be a list of four parts each, such as  ("For me", "My own drinking", "/help/", "for-me")'
        ) from None


def _links(settings: Mapping[str, Any], name: str) -> tuple[Link, ...]:
    try:
        return tuple(Link(str(label), str(href)) for label, href in settings[name])
    except (TypeError, ValueError):
        raise SettingsError(f'{name} must be a list of pairs such as  ("Articles", "/articles/")') from None
