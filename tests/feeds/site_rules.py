"""Site rules: what the feeds of a site must keep together."""

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
    """The three formats of a document say the same."""
    groups: dict[str, dict[str, SeenFeed]] = {}
    for feed in site.feeds:
        groups.setdefault(feed.name, {})[feed.form] = feed
    for name, forms in groups.items():
        if set(forms) != set(FORMS.values()):
            yield name, f"is there only as {sorted(forms)}"
        told = {form: [_told(item) for item in feed.items] for form, feed in forms.items()}
        for form, says in told.items():
            if says != told[min(told)]:
                yield forms[form].path, f"does not say the same as {forms[min(told)].path}"


def _told(item: SeenItem) -> tuple[object, ...]:
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
    """Whoever walks back from a feed passes every archive of it."""
    by_address = {f"{site.url}/{feed.path}": feed for feed in site.feeds}
    for start in site.subscribed:
        walked = [feed.path for feed in walk(by_address, start)]
        mine = [
            feed.path
            for feed in site.feeds
            if feed.form == start.form and feed.path.startswith(f"{start.name}/archive-")
        ]
        if sorted(walked[1:]) != sorted(mine):
            yield start.path, f"leads back over {walked[1:]}, but its archives are {mine}"


def walk(by_address: dict[str, SeenFeed], start: SeenFeed) -> Iterator[SeenFeed]:
    """Yield ``start`` and every document that it leads back to."""
    feed: SeenFeed | None = start
    passed: set[str] = set()
    while feed is not None and feed.path not in passed:
        passed.add(feed.path)
        yield feed
        feed = by_address.get(feed.links.get("prev-archive", ""))


def _opml(site: Published) -> Iterator[tuple[str, str]]:
    path = "feeds/opml.xml"
    root = etree.parse(site.output / path).getroot()
    outlines = [outline.attrib for outline in root.iter("outline") if outline.get("type") == "rss"]
    listed = sorted(outline["xmlUrl"] for outline in outlines)
    there = sorted(f"{site.url}/{feed.path}" for feed in site.subscribed if feed.form == "atom")
    if root.get("version") != "2.0" or listed != there:
        yield path, f"lists {set(listed) ^ set(there)} wrongly, or twice"
    yield from (
        (path, f"{o} lacks something") for o in outlines if not all(o.get(key) for key in ("text", "title", "htmlUrl"))
    )


def _announced(site: Published) -> Iterator[tuple[str, str]]:
    """Every page announces the feeds of the whole site, a feed's page announces it, and nothing else is announced."""
    feeds = {urlsplit(f"{site.url}/{feed.path}").path for feed in site.subscribed}
    whole = {path for path in feeds if re.search(r"/feeds/all\.", path)}
    for file in sorted(site.output.rglob("*.html")):
        path, links = file.relative_to(site.output).as_posix(), _alternates(file.read_bytes())
        if links is None:
            continue
        if not whole <= links:
            yield path, f"does not announce {whole - links}"
        if links - feeds:
            yield path, f"announces {links - feeds}, which are not there"
    for feed in site.subscribed:
        pages = (feed.links["alternate"], f"{site.url}/subscribe/")
        told = [_alternates(site.file(page).read_bytes()) or frozenset() for page in pages if site.has(page)]
        if not any(urlsplit(f"{site.url}/{feed.path}").path in links for links in told):
            yield feed.path, f"is announced neither by {pages[0]} nor on the page about feeds"


@cache
def _alternates(page: bytes) -> frozenset[str] | None:
    """The feeds that a page announces; None for the small page at an old address."""
    soup = BeautifulSoup(page.partition(b"</head>")[0], "html.parser")
    if soup.find("meta", attrs={"http-equiv": "refresh"}):
        return None
    return frozenset(str(tag["href"]) for tag in soup.find_all("link", rel="alternate") if tag["type"] != "text/x-opml")


SITE_RULES: dict[str, SiteRule] = {
    "same-everywhere": _same_everywhere,
    "whole-past": _whole_past,
    "opml": _opml,
    "announced": _announced,
}
