"""Compute the address of each page, and the output file of each address."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from typing import TypeVar

_T = TypeVar("_T")

#: A suffix begins with a letter: `v1.5` and `St._Mary` have none.
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]*")
#: What may follow the path of an old address: one parameter. Every host that compares queries understands these signs.
_QUERY = re.compile(r"\?[a-z][a-z0-9_]{0,39}=[a-z0-9]{1,40}\Z")

HOME = "/"
NOT_FOUND_FILE = "404.html"


def entry(section: str, slug: str) -> str:
    """Return the address of an entry: ``/articles/sober-summers/``; of a page (no section): ``/about/``."""
    return f"/{section}/{slug}/" if section else f"/{slug}/"


def index(section: str, page: int = 1) -> str:
    """Return the address of page ``page`` (from 1) of the list of a section, for example ``/articles/page/2/``."""
    return f"/{section}/" if page == 1 else f"/{section}/page/{page}/"


def topic(key: str, page: int = 1) -> str:
    """Return the address of page ``page`` of a topic."""
    return index(f"topics/{key}", page)


def person(key: str, page: int = 1) -> str:
    """Return the address of page ``page`` of a person."""
    return index(f"people/{key}", page)


def choice(way: str, key: str, page: int = 1) -> str:
    """Return the address of page ``page`` of a filtered list of stories, for example ``/stories/role/family/``."""
    return index(f"stories/{way}/{key}", page)


def letter(key: str, page: int = 1) -> str:
    """Return the address of page ``page`` of the titles that begin with one letter, for example ``/search/a/``."""
    return index(f"search/{key}", page)


def split_query(address: str) -> tuple[str, str]:
    """Return the path of an old address, and its query from the question mark on: ``("/", "?p=12")``, or ""."""
    found = _QUERY.search(address)
    return (address[: found.start()], found[0]) if found else (address, "")


def file(permalink: str) -> str:
    """Return the output file behind ``permalink``, relative to the output folder.

    A permalink that ends in a slash, or whose last part has no suffix, is a folder with an ``index.html``: any
    static host serves it at either form of the address. With a query, the result is only a key: no file has it.
    """
    address, query = split_query(permalink)
    path = address.lstrip("/")
    if path == "" or path.endswith("/"):
        return f"{path}index.html{query}"
    return f"{path}{query}" if suffix(path) else f"{path}/index.html{query}"


def forms(permalink: str) -> tuple[str, ...]:
    """Return ``permalink`` without and with its last slash. The address of a file has one form only."""
    path, query = split_query(permalink)
    bare = path.rstrip("/")
    if suffix(path) or (query and not bare):
        return (permalink,)
    return (f"{bare}{query}", f"{bare}/{query}")


def suffix(permalink: str) -> str:
    """Return the suffix of ``permalink``, such as ``.html``, or "" for the address of a folder."""
    end = posixpath.splitext(permalink)[1]
    return end if _SUFFIX.fullmatch(end) else ""


def pages_of(items: Sequence[_T], size: int) -> list[Sequence[_T]]:
    """Split ``items`` into pages of ``size``. No items make one empty page, so that the address of a list exists."""
    return [items[start : start + size] for start in range(0, len(items), size)] or [items]


def pages_of_newest(items: Sequence[_T], size: int) -> list[Sequence[_T]]:
    """Split ``items``, the newest first, into pages of ``size``, the first of which has those that are left over, too.

    So a new item changes the first page alone, except each time when the first can be divided.
    """
    most = max(0, len(items) // size - 1) * size
    first = len(items) - most
    return [items[:first], *pages_of(items[first:], size)] if most else [items]
