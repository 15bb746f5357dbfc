"""Permalink: where each thing of the site lives. The one home of every address and of the file behind it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from typing import TypeVar

_T = TypeVar("_T")

#: What follows the last full stop of a name and begins with a letter: `St._Mary` and `v1.5` have no such end.
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]*")

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
    """Return the address of page ``page`` of a choice of stories, for example ``/stories/role/family/``."""
    return index(f"stories/{way}/{key}", page)


def letter(key: str, page: int = 1) -> str:
    """Return the address of page ``page`` of the titles that begin with one letter, for example ``/search/a/``."""
    return index(f"search/{key}", page)


def file(permalink: str) -> str:
    """Return the output file behind ``permalink``, relative to the output folder.

    A permalink that ends in a slash, or whose last part has no suffix, is a folder with an ``index.html``: any
    static host serves it at either form of the address.
    """
    path = permalink.lstrip("/")
    if path == "" or path.endswith("/"):
        return f"{path}index.html"
    return path if suffix(path) else f"{path}/index.html"


def forms(permalink: str) -> tuple[str, ...]:
    """Return ``permalink`` with and without its last slash; the address of a file has one form."""
    bare = permalink.rstrip("/")
    return (permalink,) if suffix(permalink) else (bare, f"{bare}/")


def suffix(permalink: str) -> str:
    """Return the end of ``permalink`` that tells a kind of file, such as ``.html``; "" for the address of a folder."""
    end = posixpath.splitext(permalink)[1]
    return end if _SUFFIX.fullmatch(end) else ""


def pages_of(items: Sequence[_T], size: int) -> list[Sequence[_T]]:
    """Cut ``items`` into pages of ``size``; no items make one empty page, so that a list's address always exists."""
    return [items[start : start + size] for start in range(0, len(items), size)] or [items]
