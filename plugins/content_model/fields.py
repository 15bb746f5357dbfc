"""The types of single front-matter values, with the errors of invalid ones.

The YAML reader returns strings, and lists and mappings of strings. An invalid value raises a ``PydanticCustomError``.
Its type is the permanent name of the problem, and its context holds message and hint.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
import unicodedata
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, PlainValidator
from pydantic_core import PydanticCustomError

from plugins.base.dates import TimedDay
from plugins.content_model.invisible_characters import (
    TURNING,
    explain_turning,
    is_blank,
    is_invisible,
    strip_invisible,
)
from plugins.content_model.local_hosts import is_private_host
from plugins.content_model.private_date import PrivateDate

_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIMED_DAY = re.compile(r"(.*?)[ T]([01][0-9]|2[0-3]):([0-5][0-9])")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{6,62}[a-z0-9]")
#: An IRI in ASCII. It is none of our own ids, which begin with `tag:`.
_FEED_ID = re.compile(r"(?:https?://|urn:)[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]{1,300}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_HOST = re.compile(r"[^.]+(?:\.[^.]+)+\.?")
_EMAIL = re.compile(
    r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
#: Letters that NFKD does not take apart.
_SPELT_OUT = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
#: Plausible years. Others are typing errors, and near the limits of ``datetime.date`` sums of dates fail.
_YEARS = range(1900, 2200)

#: Minimum number of characters of a reason, so that somebody else can judge it.
REASON_LENGTH = 20

#: Maximum characters of a slug. File names contain it with a prefix and a suffix, and have 255 bytes at most.
LONGEST_SLUG = 200

#: Maximum characters of a summary, which fit a card and a search result.
SUMMARY_LENGTH = 160


def field_error(name: str, message: str, hint: str) -> PydanticCustomError:
    """Return the error of an invalid value. The arguments are those of the ``Problem`` that it becomes."""
    return PydanticCustomError(name, "{message}", {"message": message, "hint": hint})


def _date(value: Any) -> dt.date:  # noqa: ANN401 - validators accept any value
    if not isinstance(value, str):
        raise field_error(
            "wrong-type", "a date is expected here", "write it as year-month-day, for example  2026-11-22"
        )
    found = _ISO_DATE.fullmatch(value)
    if not found:
        raise field_error(
            "ambiguous-date",
            f"`{value}` is not a date in the one form that cannot be misread",
            "write it as year-month-day, for example  2026-11-22",
        )
    try:
        day = dt.date(*map(int, found.groups()))
    except ValueError:
        raise field_error("impossible-date", f"there is no day `{value}`", "check the month and the day") from None
    if day.year not in _YEARS:
        raise field_error("impossible-date", f"the year of `{value}` cannot be meant", "check the year")
    return day


def _moment(value: Any) -> dt.date:  # noqa: ANN401
    found = _TIMED_DAY.fullmatch(value) if isinstance(value, str) else None
    if found:
        return TimedDay.of(_date(found[1]), dt.time(int(found[2]), int(found[3])))
    return _date(value)


def _flag(value: Any) -> bool:  # noqa: ANN401
    if value == "true":
        return True
    if value == "false":
        return False
    raise field_error("wrong-type", f"`{value}` is neither true nor false", "write  true  or  false")


def word(value: Any) -> str:  # noqa: ANN401
    """Return the string ``value`` without surrounding spaces. Invisible characters stay, for the next validator."""
    if value is None:
        raise field_error("empty-value", "the field has no value", "write a value after the colon, or delete the line")
    if not isinstance(value, str):
        kind = "a list" if isinstance(value, list) else "a group of fields"
        raise field_error("wrong-type", f"one text is expected here, not {kind}", 'write one text:  name: "text"')
    if not value.strip():
        raise field_error("empty-value", "the field has no value", "write a value between the quotation marks")
    return value.strip()


def _text(value: Any) -> str:  # noqa: ANN401
    written = word(value)
    turning = TURNING.search(written)
    if turning:
        raise field_error("turning-character", *explain_turning(turning[0]))
    words = " ".join(strip_invisible(written).split())
    if is_blank(words):
        raise field_error("empty-value", "the field has no value", "write a value that people can see")
    return words


def _list(value: Any) -> list[Any]:  # noqa: ANN401
    if value is None:
        raise field_error("empty-value", "the list is empty", "add an item, or delete the line")
    if not isinstance(value, list):
        raise field_error(
            "wrong-type", "a list is expected here", "write it as  [one, two]  or one item a line after  - "
        )
    return value


def _slug(value: str) -> str:
    if len(value) > LONGEST_SLUG:
        raise field_error(
            "long-slug",
            f"it has {len(value)} characters; an address and the names of files made of it hold {LONGEST_SLUG}",
            f"take out {len(value) - LONGEST_SLUG} characters",
        )
    if not _SLUG.fullmatch(value):
        better = as_slug(value)
        rule = f"use lower-case letters, digits and single hyphens, for example  {better or 'sober-summers'}"
        raise field_error("bad-slug", f"`{value}` cannot stand in an address", rule)
    return value


def as_slug(value: str) -> str:
    """Return a slug made of the letters and digits of ``value``, or "" if it has none in ASCII."""
    spelt = value.lower().translate(_SPELT_OUT)
    letters = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", letters))


def _identifier(value: str) -> str:
    if not _ID.fullmatch(value):
        raise field_error(
            "bad-id",
            f"`{value}` is not a permanent id",
            "use 8 to 64 lower-case letters, digits and hyphens; once published it never changes",
        )
    return value


def _feed_id(value: str) -> str:
    if not _FEED_ID.fullmatch(value):
        raise field_error(
            "bad-feed-id",
            f"`{value}` cannot be an id in feeds",
            "write it as the old feed had it, beginning with  http://  or  https://  or  urn:  or delete the line",
        )
    return value


def _summary(value: str) -> str:
    if len(value) > SUMMARY_LENGTH:
        raise field_error(
            "long-summary",
            f"the summary has {len(value)} characters; a card holds {SUMMARY_LENGTH}",
            f"take out {len(value) - SUMMARY_LENGTH} characters",
        )
    return value


def _reason(value: str) -> str:
    if len(value) < REASON_LENGTH:
        raise field_error(
            "short-reason",
            f"`{value}` says too little to be judged by somebody else",
            f"write a whole sentence, of {REASON_LENGTH} characters at least",
        )
    return value


def _digest(value: str) -> str:
    if not _DIGEST.fullmatch(value):
        hint = "delete the line, and run  inv approve  for a story, or  inv record  for a commitment"
        raise field_error("bad-hash", f"`{value}` is not a hash", hint)
    return value


def _beside(value: str) -> str:
    """Return the file name ``value``, or raise an error if it leads out of the entry's folder."""
    if "://" in value or value.startswith("/") or posixpath.normpath(value).startswith(".."):
        raise field_error(
            "picture-outside",
            f"`{value}` leads out of the entry's own folder, and a picture stands beside its text",
            f"put the file into the entry's folder, and write  {posixpath.basename(value)}",
        )
    return value


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        host = parts.hostname if parts.port != 0 else None
    except ValueError:  # a port or a bracket that is none
        host = None
    is_written = value.startswith(("http://", "https://")) and not any(
        one.isspace() or is_invisible(one) for one in value
    )
    if not (is_written and host and _HOST.fullmatch(host)):
        raise field_error(
            "bad-address", f"`{value}` is not a web address", "write it in full, beginning with  https://"
        )
    if is_private_host(host):
        message = f"`{value}` is an address of the computer that it was copied on, and leads nobody else there"
        raise field_error("private-address", message, "write the address at which everybody finds it")
    return value


def _email(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise field_error(
            "bad-email",
            f"`{value}` is not an e-mail address",
            "write the address alone, for example  name@example.org",
        )
    return value


#: One line of text. Runs of white space become one space.
Text = Annotated[str, BeforeValidator(_text)]
#: A date, in the form ``2026-11-22`` only.
Day = Annotated[dt.date, BeforeValidator(_date)]
#: A date as ``Day``, or with a time in the site's time zone: ``2026-11-22 09:30``. Pydantic would drop the time.
Moment = Annotated[dt.date, PlainValidator(_moment)]
#: A date that must not be published (see ``private_date.py``).
HiddenDay = Annotated[PrivateDate, BeforeValidator(_date)]
#: ``true`` or ``false``.
Flag = Annotated[bool, BeforeValidator(_flag)]
#: The last part of an address: lower-case letters, digits and single hyphens.
Slug = Annotated[str, BeforeValidator(word), AfterValidator(_slug)]
#: A permanent id. The ids of feed items contain it.
Identifier = Annotated[str, BeforeValidator(word), AfterValidator(_identifier)]
#: The id that an item had in the feeds of an earlier site.
FeedId = Annotated[str, BeforeValidator(word), AfterValidator(_feed_id)]
#: One or two sentences for cards, search results and feeds.
Summary = Annotated[str, BeforeValidator(_text), AfterValidator(_summary)]
#: A reason, for staff.
Reason = Annotated[str, BeforeValidator(_text), AfterValidator(_reason)]
#: A SHA-256 hash, written by commands only.
Digest = Annotated[str, BeforeValidator(word), AfterValidator(_digest)]
#: The name of a file in the entry's folder.
File = Annotated[str, BeforeValidator(_text), AfterValidator(_beside)]
#: An http or https address.
WebAddress = Annotated[str, BeforeValidator(word), AfterValidator(_web_address)]
#: An e-mail address, without a display name or parameters.
Email = Annotated[str, BeforeValidator(word), AfterValidator(_email)]
#: Rejects values that are no list. Use as ``Annotated[tuple[T, ...], AsList]``.
AsList = BeforeValidator(_list)
