"""Rules for one item of a feed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from tests.feeds.published import Published, is_gone
from tests.feeds.reading import SeenFeed, SeenItem

ItemRule = Callable[[Published, SeenFeed, SeenItem], Iterator[str]]

_SCHEMES = ("http", "https", "mailto", "tel", "sms")
_FORBIDDEN = ("script", "iframe", "form", "style", "object", "embed", "input", "svg", "math", "link", "meta")
_TRACKERS = re.compile(r"[?&](utm_|fbclid|gclid|mc_cid|mc_eid)")
_NOTE = "Content note:"
_SUMMARY_LENGTH = 400
_REDACTED_LENGTH = 120


@cache
def _soup(html: str) -> BeautifulSoup:
    """Return parsed HTML, cached because an item is in many feeds."""
    return BeautifulSoup(html, "html.parser")


def _id(site: Published, _: SeenFeed, item: SeenItem) -> Iterator[str]:
    if not re.fullmatch(rf"tag:{re.escape(site.authority)}:[a-z0-9-]+(/log/[1-9]\d*)?", item.id):
        yield "has no permanent id"
    if item.permalink_guid != "false":
        yield "has an id that is marked as an address"


def _absolute(site: Published, _: SeenFeed, item: SeenItem) -> Iterator[str]:
    soup = _soup(item.html)
    addresses = [
        item.url,
        *(str(tag[name]) for tag in soup.find_all(True) for name in ("href", "src", "cite") if tag.has_attr(name)),
    ]
    for address in (*addresses, *(pair[0] for pair in (item.enclosure, item.thumbnail) if pair)):
        parts = urlsplit(address)
        if parts.scheme not in _SCHEMES or (parts.scheme.startswith("http") and not parts.netloc):
            yield f"`{address}` is not a whole address"
    if not site.has(item.url.partition("#")[0]):
        yield f"links to {item.url}, which does not exist"


def _sanitised(_: Published, __: SeenFeed, item: SeenItem) -> Iterator[str]:
    for tag in _soup(item.html).find_all(True):
        if tag.name in _FORBIDDEN:
            yield f"contains <{tag.name}>"
        yield from (f"<{tag.name}> has {name}" for name in tag.attrs if name == "style" or name.startswith("on"))


def _whole_images(_: Published, __: SeenFeed, item: SeenItem) -> Iterator[str]:
    for tag in _soup(item.html).find_all("img"):
        yield from (f"a picture has no {name}" for name in ("src", "alt", "width", "height") if not tag.has_attr(name))


def _texts(_: Published, __: SeenFeed, item: SeenItem) -> Iterator[str]:
    if not item.title or not item.html or not item.summary:
        yield "lacks a title, a summary or a text"
    if len(item.summary) > _SUMMARY_LENGTH or re.search("</?[a-z]", item.summary):
        yield "has markup in its summary, or a summary that is too long"


def _note_first(_: Published, __: SeenFeed, item: SeenItem) -> Iterator[str]:
    text = _soup(item.html).get_text(" ", strip=True)
    marks = (_NOTE in text, _NOTE in item.summary, text.startswith(_NOTE), item.summary.startswith(_NOTE))
    if len(set(marks)) > 1:
        yield "has a content note that is not first in both summary and text"


def _help_last(_: Published, __: SeenFeed, item: SeenItem) -> Iterator[str]:
    elements = [tag for tag in _soup(item.html).children if isinstance(tag, Tag)]
    is_small = bool(elements) and elements[-1].find("small") is not None
    if not is_gone(item) and not (is_small and elements[-1].get_text().startswith("Help:")):
        yield "does not end with the help line"


def _author(_: Published, __: SeenFeed, item: SeenItem) -> Iterator[str]:
    if not is_gone(item) and not item.author:
        yield "has no author"


def _dates(_: Published, __: SeenFeed, item: SeenItem) -> Iterator[str]:
    if item.published is None or item.updated is None or item.published > item.updated:
        yield f"was published on {item.published}, updated on {item.updated}"
    elif item.published.utcoffset() is None or item.updated.utcoffset() is None:
        yield "has dates without a time zone"


def _enclosure(site: Published, _: SeenFeed, item: SeenItem) -> Iterator[str]:
    if item.enclosure is None:
        if item.thumbnail is not None:
            yield "has a thumbnail but no enclosure"
        return
    url, length, media_type = item.enclosure
    if not site.has(url):
        yield f"encloses {url}, which does not exist"
    elif length != str(site.file(url).stat().st_size) or not media_type.startswith("image/"):
        yield f"has a wrong enclosure: {item.enclosure}"
    if item.thumbnail is None or item.thumbnail[0] != url or "0" in item.thumbnail[1:]:
        yield f"has a wrong thumbnail: {item.thumbnail}"


def _redacted(_: Published, __: SeenFeed, item: SeenItem) -> Iterator[str]:
    if is_gone(item) and (item.author or item.categories or item.enclosure or len(item.html) > _REDACTED_LENGTH):
        yield "was removed, but has more than its id and title"


def _no_tracking(site: Published, _: SeenFeed, item: SeenItem) -> Iterator[str]:
    yield from (f"has a tracking parameter: {name}" for name in _TRACKERS.findall(item.html + item.url))
    for tag in _soup(item.html).find_all("img"):
        if not str(tag.get("src", "")).startswith(f"{site.url}/"):
            yield f"shows a picture of another site: {tag.get('src')}"


ITEM_RULES: dict[str, ItemRule] = {
    "id": _id,
    "absolute": _absolute,
    "sanitised": _sanitised,
    "whole-images": _whole_images,
    "texts": _texts,
    "note-first": _note_first,
    "help-last": _help_last,
    "author": _author,
    "dates": _dates,
    "enclosure": _enclosure,
    "redacted": _redacted,
    "no-tracking": _no_tracking,
}
