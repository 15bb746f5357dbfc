"""Read and check the settings of the whole site."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from plugins.base.errors import UserError


class SettingsError(UserError):
    """A setting has a value that cannot be used; the message says which, why and what to do."""


class SiteSettings(Struct, frozen=True):
    """The settings of the whole site.

    Attributes:
        name: ``SITENAME``.
        tagline: ``SITESUBTITLE``.
        url: ``SITEURL`` without a slash at its end; absolute.
        root: the path part of ``url``, "" when the site has a host of its own.
        language: ``SITE_LANGUAGE``, a BCP 47 tag.
        timezone: ``TIMEZONE``.
        contact: ``SITE_CONTACT``, the id of the organisation's own help contact, or "".
        as_of: ``AS_OF``, the day of the build; today in ``timezone`` when not set.
        release: ``RELEASE``, True when readers will see the site. An unverified contact stops the build. Lapsed entries
            are left out with a warning, so that a lapse takes effect although nobody edits.
        documents: ``DOCUMENT_TYPES``, the suffixes of published documents, with a label for each.
        drafts: ``DRAFTS``, True in the preview, which shows entries that are not published yet. Never with ``RELEASE``.
    """

    name: str
    tagline: str
    url: str
    language: str
    timezone: str
    contact: str
    as_of: dt.date
    release: bool = False
    drafts: bool = False
    documents: tuple[tuple[str, str], ...] = ()

    @property
    def root(self) -> str:
        """The path of ``url``, without a slash at its end."""
        return urlsplit(self.url).path

    def href(self, permalink: str) -> str:
        """Return the address of ``permalink`` for a link within the site."""
        return f"{self.root}{permalink}"

    def absolute(self, permalink: str) -> str:
        """Return the absolute URL of ``permalink``."""
        return f"{self.url}{permalink}"

    @classmethod
    def from_pelican(cls, settings: Mapping[str, Any]) -> SiteSettings:
        """Read Pelican's settings.

        Raises:
            SettingsError: where a value cannot be used.
        """
        _check_folder(str(settings.get("PATH", "")))
        for name, example in _LISTS.items():
            _check_list(name, settings.get(name, []), example)
        url = str(settings["SITEURL"]).rstrip("/")
        if not re.fullmatch(r"https?://[^/?#\s]+(/[^?#\s]*)?", url):
            raise SettingsError(
                f"SITEURL is `{settings['SITEURL']}`, which is not a whole web address; "
                "write it with its scheme, for example  https://www.example.org",
            )
        timezone = _timezone(str(settings["TIMEZONE"]))
        release, drafts = _flag(settings, "RELEASE"), _flag(settings, "DRAFTS")
        if release and drafts:
            raise SettingsError("DRAFTS is `True` in a release, which readers would see; delete it")
        return cls(
            name=str(settings["SITENAME"]),
            tagline=str(settings["SITESUBTITLE"]),
            url=url,
            language=str(settings["SITE_LANGUAGE"]),
            timezone=timezone,
            contact=str(settings["SITE_CONTACT"]),
            as_of=_as_of(settings.get("AS_OF"), timezone),
            release=release,
            drafts=drafts,
            documents=_documents(settings.get("DOCUMENT_TYPES", {})),
        )


def _check_folder(path: str) -> None:
    if path and not Path(path).is_dir():
        raise SettingsError(
            f"PATH is `{path}`, and there is no such folder; name the one that holds articles/ and so on"
        )


#: The settings that are lists of names, with an example of each.
_LISTS = {"PLUGINS": '["plugins.pages"]', "OUTPUT_RETENTION": '[".git"]'}


def _check_list(name: str, value: object, example: str) -> None:
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise SettingsError(f"{name} is `{value}`; it must be a list of names, for example  {example}")


def whole_number(settings: Mapping[str, Any], name: str, *, least: int) -> int:
    """Return the setting ``name``, a whole number of at least ``least``.

    Raises:
        SettingsError: when it is anything else.
    """
    value = settings[name]
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise SettingsError(f"{name} is `{value}`; it must be a whole number of at least {least}")
    return value


#: The boolean settings, with the purpose of ``True`` for messages.
_FLAGS = {"RELEASE": "where the site goes to readers", "DRAFTS": "to see what is not published yet"}


def _flag(settings: Mapping[str, Any], name: str) -> bool:
    value = settings.get(name, False)
    if not isinstance(value, bool):
        raise SettingsError(f"{name} is `{value}`; write  True  {_FLAGS[name]}, else  False")
    return value


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingsError(
            f"TIMEZONE is `{name}`, which is no time zone; write one as region and city, for example  Europe/London"
        ) from None
    return name


#: Suffixes of files that a browser would run or show as a page of the site, and of those that a build reads.
_NO_DOCUMENTS = frozenset(
    {
        ".html",
        ".htm",
        ".xhtml",
        ".mht",
        ".mhtml",
        ".xml",
        ".svg",
        ".js",
        ".mjs",
        ".css",
        ".json",
        ".md",
        ".yaml",
        ".yml",
    }
)


def _documents(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, Mapping):
        raise SettingsError(f'DOCUMENT_TYPES is `{value}`; write, for example,  {{".pdf": "PDF"}}')
    for end, words in value.items():
        if not re.fullmatch(r"\.[a-z0-9]+", str(end)) or not str(words).strip():
            raise SettingsError(f'DOCUMENT_TYPES has `{end}: {words}`; write, for example,  ".pdf": "PDF"')
        if end in _NO_DOCUMENTS:
            raise SettingsError(f"DOCUMENT_TYPES has `{end}`, which is no document: a browser may run it; delete it")
    return tuple(sorted((str(end), str(words).strip()) for end, words in value.items()))


def _as_of(value: object, timezone: str) -> dt.date:
    if value is None:
        return dt.datetime.now(ZoneInfo(timezone)).date()
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise SettingsError(
            f"AS_OF is `{value}`, which is not a day; write it as year-month-day, for example  2026-11-22",
        ) from None
