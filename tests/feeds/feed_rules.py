"""Rules for one feed document."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

from lxml import etree

from tests.feeds.published import Published, is_gone
from tests.feeds.reading import FORMS, SeenFeed

_XHTML = "{http://www.w3.org/1999/xhtml}"
FeedRule = Callable[[Published, SeenFeed], Iterator[str]]


def _stylesheet(site: Published, feed: SeenFeed) -> Iterator[str]:
    if feed.form == "json":
        return
    sheets = [text for text in feed.instructions if text.startswith("xml-stylesheet ")]
    if len(sheets) != 1 or 'type="text/css"' not in sheets[0]:
        yield f"has not one CSS style sheet, but {sheets}"
    elif not site.has(urljoin(f"{site.url}/", re.findall(r'href="([^"]*)"', sheets[0])[0])):
        yield f"its style sheet does not exist: {sheets[0]}"


def _self_link(site: Published, feed: SeenFeed) -> Iterator[str]:
    own = f"{site.url}/{feed.path}"
    if feed.links.get("self") != own:
        yield f"has the self link {feed.links.get('self')}, not {own}"


def _page(site: Published, feed: SeenFeed) -> Iterator[str]:
    if not site.has(feed.links.get("alternate", "")):
        yield f"links to {feed.links.get('alternate')}, which does not exist"


def _page_links(site: Published, feed: SeenFeed) -> Iterator[str]:
    """Follow the W3C validator's rules MisplacedXHTMLContent and AvoidNamespacePrefix: XHTML is one box of the head."""
    if feed.form == "json":
        return
    root = etree.fromstring(feed.data)
    xhtml = [element for element in root.iter() if str(element.tag).startswith(_XHTML)]
    parents = [element.getparent() for element in xhtml]
    outer = [parent for parent in parents if parent is not None and parent not in xhtml]
    if outer != [root if feed.form == "atom" else root[0]]:
        yield "has XHTML that is not one box before its items"
    if feed.form == "atom" and root.nsmap.keys() & {"atom", "xhtml"}:
        yield f"declares prefixes that readers may not know: {sorted(map(str, root.nsmap))}"
    for link in root.iter(f"{_XHTML}a"):
        if not site.has(link.get("href", "").partition("#")[0]):
            yield f"shows a link to {link.get('href')}, which does not exist"


def _channel(_: Published, feed: SeenFeed) -> Iterator[str]:
    yield from (f"has no {name}" for name, value in feed.says.items() if not value)
    if feed.says.get("ttl", "1") in {"", "0"} or feed.says.get("period", "daily") != "daily":
        yield f"has a wrong update interval: {feed.says}"


def _pictures(site: Published, feed: SeenFeed) -> Iterator[str]:
    yield from (
        f"has no {feed.says[key]}" for key in ("icon", "logo") if key in feed.says and not site.has(feed.says[key])
    )


def _hub(site: Published, feed: SeenFeed) -> Iterator[str]:
    wanted = "" if feed.is_archive else site.hub
    if feed.links.get("hub", "") != wanted:
        yield f"has the hub {feed.links.get('hub')}, not {wanted}"


def _unique_ids(_: Published, feed: SeenFeed) -> Iterator[str]:
    ids = [item.id for item in feed.items]
    yield from (f"contains {key} twice" for key in sorted({key for key in ids if ids.count(key) > 1}))


def _order(_: Published, feed: SeenFeed) -> Iterator[str]:
    days = [item.published.date() for item in feed.items if item.published]
    if days != sorted(days, reverse=True):
        yield "its items are not sorted, newest first"


def _duplicate_updated(_: Published, feed: SeenFeed) -> Iterator[str]:
    """Follow the W3C validator's rule DuplicateUpdated."""
    times = [item.updated for item in feed.items]
    yield from (f"has two items of {time}" for time in sorted({str(time) for time in times if times.count(time) > 1}))


def _last_change(_: Published, feed: SeenFeed) -> Iterator[str]:
    newest = max((item.updated for item in feed.items if item.updated), default=feed.updated)
    if feed.form != "json" and (feed.updated is None or feed.updated != newest):
        yield f"was updated on {feed.updated}, but its newest item on {newest}"


def _size(_: Published, feed: SeenFeed) -> Iterator[str]:
    sizes = len(feed.data), len(zlib.compress(feed.data, 6)) + 12
    if not feed.is_archive and (sizes[0] > 256_000 or sizes[1] > 64_000):
        yield f"has {sizes[0]} bytes, {sizes[1]} gzipped"


def _history(site: Published, feed: SeenFeed) -> Iterator[str]:
    suffix = next(suffix for suffix in FORMS if feed.path.endswith(suffix))
    current = f"{site.url}/{Path(feed.path).parent.as_posix()}{suffix}" if feed.is_archive else ""
    if feed.form != "json" and feed.links.get("current", "") != current:
        yield f"has the current link {feed.links.get('current')}, not {current}"
    if feed.says.get("archive", "yes" if feed.is_archive else "no") != ("yes" if feed.is_archive else "no"):
        yield "has fh:archive wrongly, or lacks it"
    previous = feed.links.get("prev-archive", "")
    if previous and not site.has(previous):
        yield f"links back to {previous}, which does not exist"
    following = feed.links.get("next-archive", "")
    if following and not site.has(following):
        yield f"links on to {following}, which does not exist"


def _archive_incomplete(_: Published, feed: SeenFeed) -> Iterator[str]:
    """Follow the W3C validator's rule ArchiveIncomplete."""
    if feed.is_archive and not feed.links.keys() & {"prev-archive", "next-archive"}:
        yield "is an archive without a link to another one"


def _titles(_: Published, feed: SeenFeed) -> Iterator[str]:
    if feed.form == "rss":
        for title in re.findall(rb"<title>(.*?)</title>", feed.data, re.DOTALL):
            if b"&amp;" in title or b"&lt;" in title:
                yield f"has the title {title!r} with named references"


def _tombstones(_: Published, feed: SeenFeed) -> Iterator[str]:
    gone = {item.id: item.updated.isoformat() if item.updated else "" for item in feed.items if is_gone(item)}
    if feed.form == "atom" and dict(feed.tombstones) != gone:
        yield f"has tombstones {dict(feed.tombstones)}, not {gone}"


def _atom_authors(_: Published, feed: SeenFeed) -> Iterator[str]:
    if feed.form == "atom":
        root = etree.fromstring(feed.data)
        if root.find("{http://www.w3.org/2005/Atom}author") is None and not all(item.author for item in feed.items):
            yield "neither the feed nor each entry has an author"


FEED_RULES: dict[str, FeedRule] = {
    "stylesheet": _stylesheet,
    "self-link": _self_link,
    "page": _page,
    "page-links": _page_links,
    "channel": _channel,
    "pictures": _pictures,
    "hub": _hub,
    "unique-ids": _unique_ids,
    "order": _order,
    "duplicate-updated": _duplicate_updated,
    "last-change": _last_change,
    "size": _size,
    "history": _history,
    "archive-incomplete": _archive_incomplete,
    "titles": _titles,
    "tombstones": _tombstones,
    "atom-authors": _atom_authors,
}
