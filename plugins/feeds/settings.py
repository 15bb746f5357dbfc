"""Read and validate the feed settings."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from pydantic import TypeAdapter, ValidationError

from plugins.content_model.alias import FEED_QUERY, FormerAddress
from plugins.content_model.permalink import split_query, suffix
from plugins.engine.settings import SettingsError, whole_number

# RFC 4151, section 2.1: a domain name or an e-mail address, a comma, and a day on which the author owned it.
_AUTHORITY = re.compile(
    r"(?:[A-Za-z0-9._-]+@)?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?,(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?",
)
#: Suffixes of old addresses. Hosts know the media types of these files.
_ALIAS_ENDS = frozenset({"", ".xml", ".json"})
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#]++[^\s]*+")


class FeedSettings(Struct, frozen=True):
    """The feed settings.

    Attributes:
        items: ``FEED_ITEMS``, the most items of a feed, apart from withdrawals; an archive has half as many.
        authority: ``FEED_ID_AUTHORITY``, tagging entity of the ids (RFC 4151); it never changes once published.
        minted: start of the authority's day; the last change of a feed without items.
        rights: ``FEED_RIGHTS``, the copyright notice.
        hub: ``FEED_HUB``, address of a WebSub hub, or "".
        ttl: ``FEED_TTL``, minutes that a reader may keep a feed before it fetches it again.
        size_limit: ``FEED_SIZE_LIMIT``, the most bytes of an uncompressed feed.
        gzip_limit: ``FEED_GZIP_LIMIT``, the most bytes of a feed compressed by gzip.
        withdrawn_days: ``FEED_WITHDRAWN_DAYS``, number of days for which a feed contains a withdrawn item.
        help_contacts: ``FEED_HELP_CONTACTS``, ids of the contacts in the help line of each item.
        aliases: ``FEED_ALIASES``, old addresses of the feed of the whole site, decoded.
        gone_since: ``GONE_SINCE``, ids of stories that were removed because a consent has ended, and the days of
            the first builds without them.
    """

    items: int
    authority: str
    minted: dt.datetime
    rights: str
    hub: str
    ttl: int
    size_limit: int
    gzip_limit: int
    withdrawn_days: int
    help_contacts: tuple[str, ...]
    aliases: tuple[str, ...]
    gone_since: tuple[tuple[str, dt.date], ...]

    @classmethod
    def from_pelican(cls, settings: Mapping[str, Any]) -> FeedSettings:
        """Read Pelican's settings.

        Raises:
            SettingsError: when a setting has an invalid value.
        """
        authority = str(settings["FEED_ID_AUTHORITY"])
        return cls(
            items=whole_number(settings, "FEED_ITEMS", least=1),
            authority=authority,
            minted=_minted(authority),
            rights=_rights(str(settings["FEED_RIGHTS"] or "")),
            hub=_hub(str(settings["FEED_HUB"] or "")),
            ttl=whole_number(settings, "FEED_TTL", least=1),
            size_limit=whole_number(settings, "FEED_SIZE_LIMIT", least=1),
            gzip_limit=whole_number(settings, "FEED_GZIP_LIMIT", least=1),
            withdrawn_days=whole_number(settings, "FEED_WITHDRAWN_DAYS", least=1),
            help_contacts=_ids(settings["FEED_HELP_CONTACTS"]),
            aliases=_aliases(settings["FEED_ALIASES"]),
            gone_since=_days(settings["GONE_SINCE"]),
        )


def _minted(authority: str) -> dt.datetime:
    match = _AUTHORITY.fullmatch(authority)
    try:
        if match:
            return dt.datetime(int(match[1]), int(match[2] or 1), int(match[3] or 1), tzinfo=dt.UTC)
    except ValueError:
        pass
    raise SettingsError(
        f"FEED_ID_AUTHORITY is `{authority}`, which cannot name anyone; "
        "write a domain of yours and a year in which you held it, for example  example.org,2026",
    )


def _rights(notice: str) -> str:
    text = " ".join(notice.split())
    if not text:
        raise SettingsError("FEED_RIGHTS is empty; say whose texts the feeds carry, for example  © Example")
    return text


def _ids(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise SettingsError(f'FEED_HELP_CONTACTS is `{value}`; it must be a list of ids, for example  ["samaritans"]')
    return tuple(str(key) for key in value)


def _aliases(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise SettingsError(f'FEED_ALIASES is `{value}`; it must be a list of addresses, for example  ["/feed/"]')
    return tuple(dict.fromkeys(map(_alias, value)))


def _alias(value: object) -> str:
    try:
        address: str = TypeAdapter(FormerAddress).validate_python(value)
    except ValidationError as error:
        reason = error.errors()[0]["ctx"]
        raise SettingsError(f"FEED_ALIASES: {reason['message']}; {reason['hint']}") from None
    path, query = split_query(address)
    if query and not query.startswith(FEED_QUERY):
        raise SettingsError(
            f"FEED_ALIASES: `{address}` has another name than `feed` after its question mark; "
            "write it as the old site had it, for example  /?feed=rss2"
        )
    if suffix(path) not in _ALIAS_ENDS:
        raise SettingsError(
            f"FEED_ALIASES: `{address}` ends in `{suffix(address)}`, which hosts do not send as a feed; "
            "delete it, and let the host send it to the feed"
        )
    return address


def _days(value: object) -> tuple[tuple[str, dt.date], ...]:
    try:
        if isinstance(value, Mapping):
            return tuple(sorted((str(key), dt.date.fromisoformat(day)) for key, day in value.items()))
    except (TypeError, ValueError):
        pass
    raise SettingsError(
        f"GONE_SINCE is `{value}`; it must hold a day for each id, for example  {{'w4k8t2m6zq3v': '2026-11-22'}}",
    )


def _hub(address: str) -> str:
    if address and not _WEB_ADDRESS.fullmatch(address):
        raise SettingsError(
            f"FEED_HUB is `{address}`, which is not a whole web address; "
            "leave it empty, or write it with its scheme, for example  https://hub.example.org/",
        )
    return address
