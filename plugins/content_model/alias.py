"""Validate old addresses of entries, on this site or on an earlier one.

An address is stored decoded: ``/caf%C3%A9/`` becomes ``/café/``. Hosts compare the decoded form, and the folder of the
redirect page has that name. An address with a query, such as ``/?p=12``, has no such page: only hosts that compare
queries can answer there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain
from typing import Annotated
from urllib.parse import unquote_to_bytes, urlsplit

from pydantic import AfterValidator, BeforeValidator

from plugins.content_model.fields import field_error, word
from plugins.content_model.invisible_characters import describe, is_invisible
from plugins.content_model.permalink import split_query, suffix

#: Characters allowed in an address besides letters and digits. Browsers write the space as `%20`.
_SIGNS = frozenset("-._~!$&'()*+,;=:@/ ")
_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")
_SLASH_ESCAPED = re.compile("%(?:2[Ff]|5[Cc])")
_NOT_UTF_8 = re.compile("[\ud800-\udfff]")
#: Maximum number of characters of an address in a message.
_SHOWN = 80
#: Maximum bytes of one part. A file system allows 255, and the compressed file has the suffix `.br`.
LONGEST_PART = 250
#: Maximum bytes of an address, below the 1024 of an S3 key.
LONGEST = 900
#: Names at the root of a release that configure hosts.
_HOSTS_FILES = frozenset({"_hosts", "_headers", "_redirects"})
#: Suffixes of compressed files, which hosts send in place of others.
_PACKED = (".br", ".gz")
#: Suffixes of pages on servers of any kind.
_PAGE_ENDS = frozenset(
    {"", ".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp", ".cfm", ".cgi", ".pl"}
)
_FEED_ENDS = frozenset({".xml", ".rss", ".atom", ".rdf"})
_FEED_NAMES = frozenset({"feed", "feeds", "rss", "rss2", "atom", "rdf"})
#: How the query of an old feed begins.
FEED_QUERY = "?feed="


def _former(value: str) -> str:
    """Return ``value`` decoded, or raise the first error of it."""
    path, query = split_query(value)
    address = unquote_to_bytes(path).decode("utf-8", "surrogateescape")
    home = () if query and address == "/" else _faults(address)
    for wrong, hint in chain(_faults_as_written(path), home):
        shown = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"
        raise field_error("bad-alias", f"`{shown}` {wrong}", hint)
    return f"{address}{query}"


def _faults_as_written(value: str) -> Iterator[tuple[str, str]]:
    example = "for example  /blog/2021/09/slug/"
    if "://" in value or value.startswith("//"):
        try:
            path = urlsplit(value).path
        except ValueError:
            path = ""
        hint = f"write  {path}" if path.strip("/") else f"write what followed the domain, {example}"
        yield "is not an address on this site: it names a domain", hint
    if not value.startswith("/"):
        yield "is not an address on this site: it does not begin with a slash", f"begin it with one slash, {example}"
    for sign, wrong in (
        ("?", "a question mark, and what follows it can lead elsewhere only in the form  ?p=12"),
        ("#", "a hash, and what stands from there on cannot lead elsewhere"),
    ):
        path, found, _ = value.partition(sign)
        if found:
            yield f"holds {wrong}", f"write  {path}  or delete it" if path.strip("/") else "delete it"
    if _ESCAPE.search(value):
        yield "holds a percent sign without two digits of a code", "copy the address from the browser, or delete it"
    if _SLASH_ESCAPED.search(value):
        yield "holds the code of a slash within a name, which hosts take for a folder", "delete it"


def _faults(address: str) -> Iterator[tuple[str, str]]:
    """Yield each reason why a decoded address is not allowed, with a hint."""
    if _NOT_UTF_8.search(address):
        yield "holds codes that stand for no letter (they are not UTF-8)", "delete it"
    for sign in address:
        if not _may_stand_in_a_name(sign):
            yield f"holds {describe(sign)}, which no file of a page can have in its name", "delete it"
    if not address.strip("/"):
        yield "is the address of the home page", "delete it"
    parts = address.removeprefix("/").removesuffix("/").split("/")
    for part in parts:
        yield from _faults_of_part(part, address)
    if len(address.encode()) > LONGEST:
        yield f"has {len(address.encode())} bytes; a host takes {LONGEST}", "delete it"
    if parts[0].casefold() in _HOSTS_FILES:
        yield f"is where hosts look for their own file `{parts[0]}`", "delete it"
    if parts[-1].casefold().endswith(_PACKED):
        yield "ends as the packed form of a file, which no host shows", "delete it"


def _faults_of_part(part: str, address: str) -> Iterator[tuple[str, str]]:
    if not part:
        yield "has two slashes with nothing between them", f"write  {re.sub('/+', '/', address)}"
    elif part.startswith("."):
        yield f"has the part `{part}`, and a part that begins with a full stop is for hosts", "delete it"
    elif part.strip() != part:
        yield "has a space beside a slash", "write each address as an item of its own, or take the space out"
    elif len(part.encode()) > LONGEST_PART:
        yield f"has a part of {len(part.encode())} bytes; a host takes {LONGEST_PART}", "delete it"


def _may_stand_in_a_name(sign: str) -> bool:
    if sign.isascii():
        return sign.isalnum() or sign in _SIGNS
    return unicodedata.category(sign)[0] not in "CZ" and not is_invisible(sign)


def _composed(value: str) -> str:
    """Return ``value`` in Unicode form NFC. Percent-encoded letters keep their bytes."""
    return unicodedata.normalize("NFC", value)


def _alias(value: str) -> str:
    """Return ``value``, a decoded address, or raise an error if it was no page."""
    path, query = split_query(value)
    end, last = suffix(path).casefold(), path.rstrip("/").rpartition("/")[2].casefold()
    if end in _FEED_ENDS or last in _FEED_NAMES or query.startswith(FEED_QUERY):
        raise field_error(
            "alias-of-a-file",
            f"`{value}` was a feed, and an alias gives a page, which no feed reader understands",
            "delete it, and let whoever keeps the settings add it to FEED_ALIASES, where the feed then answers",
        )
    if end not in _PAGE_ENDS:
        raise field_error(
            "alias-of-a-file",
            f"`{value}` was a file of the kind `{end}`, and an alias gives a page",
            f"delete it; if it was a page, end it with a slash:  {value}/",
        )
    return value


#: An old address from its first slash on.
FormerAddress = Annotated[str, BeforeValidator(word), AfterValidator(_former)]
#: An old address of a page.
Alias = Annotated[
    str, BeforeValidator(word), AfterValidator(_composed), AfterValidator(_former), AfterValidator(_alias)
]
