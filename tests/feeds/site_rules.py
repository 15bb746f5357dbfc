"""Rules for all feeds of a site together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from lxml import etree

from tests.feeds.published import Published
from tests.feeds.reading import FORMS, SeenFeed, SeenItem

SiteRule = Callable[[Published], Iterator[tuple[str, str]]]


def _same_everywhere(site: Published) -> Iterator[tuple[str, str]]:
    """Require the same items in the formats of a document: three, but an archive has no JSON."""
    groups: dict[str, dict[str, SeenFeed]] = {}
    for feed in site.feeds:
        groups.setdefault(feed.name, {})[feed.form] = feed
    for name, forms in groups.items():
        expected = set(FORMS.values()) - ({"json"} if next(iter(forms.values())).is_archive else set())
        if set(forms) != expected:
            yield name, f"exists only as {sorted(forms)}"
        contents = {form: [_content(item) for item in feed.items] for form, feed in forms.items()}
        for form, content in contents.items():
            if content != contents[min(contents)]:
                yield forms[form].path, f"has not the same items as {forms[min(contents)].path}"


def _content(item: SeenItem) -> tuple[object, ...]:
    return (
        item.id,
        item.title,
        item.url,
        item.published,
        item.updated,
        item.author,
        item.categories,
        item.summary,
        item.html,
    )


def _whole_past(site: Published) -> Iterator[tuple[str, str]]:
    """Require that the links from a subscription document reach all its archives."""
    by_address = {f"{site.url}/{feed.path}": feed for feed in site.feeds}
    for start in site.subscribed:
        linked = [feed.path for feed in walk(by_address, start)]
        if linked[1:] and (start.name != "feeds/all" or start.form == "json"):
            yield start.path, "has archives, which only the feed of the whole site has, in RSS and Atom"
        archives = [
            feed.path
            for feed in site.feeds
            if feed.form == start.form and feed.path.startswith(f"{start.name}/archive-")
        ]
        if sorted(linked[1:]) != sorted(archives):
            yield start.path, f"links back to {linked[1:]}, but its archives are {archives}"


def walk(by_address: dict[str, SeenFeed], start: SeenFeed) -> Iterator[SeenFeed]:
    """Yield ``start`` and each older document that the links lead to."""
    feed: SeenFeed | None = start
    visited: set[str] = set()
    while feed is not None and feed.path not in visited:
        visited.add(feed.path)
        yield feed
        feed = by_address.get(feed.links.get("prev-archive", ""))


def _opml(site: Published) -> Iterator[tuple[str, str]]:
    path = "feeds/opml.xml"
    root = etree.parse(site.output / path).getroot()
    outlines = [outline.attrib for outline in root.iter("outline") if outline.get("type") == "rss"]
    listed = sorted(outline["xmlUrl"] for outline in outlines)
    existing = sorted(f"{site.url}/{feed.path}" for feed in site.subscribed if feed.form == "atom")
    if root.get("version") != "2.0" or listed != existing:
        yield path, f"lists {set(listed) ^ set(existing)} wrongly, or a feed twice"
    yield from (
        (path, f"{o} lacks an attribute")
        for o in outlines
        if not all(o.get(key) for key in ("text", "title", "htmlUrl"))
    )


def _announced(site: Published) -> Iterator[tuple[str, str]]:
    """Require that each page announces one format, RSS: of its own topic or person, and of the whole site."""
    whole = _path(site, "feeds/all.rss.xml")
    own = {
        urlsplit(feed.links["alternate"]).path: _path(site, feed.path)
        for feed in site.subscribed
        if feed.form == "rss" and feed.name.startswith(("feeds/topics/", "feeds/people/"))
    }
    for file in sorted(site.output.rglob("*.html")):
        path, links = file.relative_to(site.output).as_posix(), _alternates(file.read_bytes())
        if links is None:
            continue
        page = _path(site, re.sub(r"(page/\d+/)?index\.html$", "", path))
        expected = (own[page], whole) if page in own and path != "topics/index.html" else (whole,)
        if links != expected:
            yield path, f"announces {links}, not {expected}"


def _path(site: Published, path: str) -> str:
    return urlsplit(f"{site.url}/{path}").path


def _subscribe_page(site: Published) -> Iterator[tuple[str, str]]:
    """Require that the page about feeds links to every format of every feed."""
    path = "subscribe/index.html"
    if not (site.output / path).is_file():
        yield path, "does not exist"
        return
    linked = {str(tag["href"]) for tag in BeautifulSoup((site.output / path).read_bytes(), "html.parser").find_all("a")}
    for feed in (feed for feed in site.subscribed if _path(site, feed.path) not in linked):
        yield path, f"does not link to {feed.path}"


@cache
def _alternates(page: bytes) -> tuple[str, ...] | None:
    """Return the feeds that a page announces, in order, or None for a redirect page."""
    soup = BeautifulSoup(page.partition(b"</head>")[0], "html.parser")
    if soup.find("meta", attrs={"http-equiv": "refresh"}):
        return None
    return tuple(str(tag["href"]) for tag in soup.find_all("link", rel="alternate"))


SITE_RULES: dict[str, SiteRule] = {
    "same-everywhere": _same_everywhere,
    "whole-past": _whole_past,
    "opml": _opml,
    "announced": _announced,
    "subscribe-page": _subscribe_page,
}
