"""Write the sitemap (sitemaps.org, version 0.9, with Google's image extension)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from lxml import etree
from msgspec import Struct

from plugins.views.sitemap_entry import SitemapEntry

#: The address of the sitemap, or of the sitemap index.
PATH = "/sitemap.xml"
#: The maximum number of pages in one file, set by the protocol.
LIMIT = 50_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
PICTURES = "http://www.google.com/schemas/sitemap-image/1.1"


class SitemapFile(Struct, frozen=True):
    """One sitemap file.

    Attributes:
        permalink: its address.
        url: the URL of the site, without a slash at the end.
        pages: the pages that it lists.
    """

    permalink: str
    url: str
    pages: tuple[SitemapEntry, ...]


class SitemapIndex(Struct, frozen=True):
    """The index of several sitemap files.

    Attributes:
        url: the URL of the site, without a slash at the end.
        parts: the permalinks of the files.
    """

    url: str
    parts: tuple[str, ...]


def sitemap(
    pages: Sequence[SitemapEntry], url: str, limit: int = LIMIT
) -> tuple[SitemapIndex | None, tuple[SitemapFile, ...]]:
    """Return the sitemap index and the sitemap files of ``pages``. There is no index if one file is enough.

    Args:
        pages: the pages in the order in which they are listed.
        url: the URL of the site, without a slash at the end.
        limit: the maximum number of pages in one file.
    """
    if len(pages) <= limit:
        return None, (SitemapFile(PATH, url, tuple(pages)),)
    parts = tuple(
        SitemapFile(f"/sitemap-{number}.xml", url, tuple(pages[start : start + limit]))
        for number, start in enumerate(range(0, len(pages), limit), start=1)
    )
    return SitemapIndex(url, tuple(part.permalink for part in parts)), parts


def render(part: SitemapFile) -> bytes:
    """Return the XML of a sitemap file."""
    return _written("urlset", lambda: _pages(part), pictures=any(page.pictures for page in part.pages))


def render_index(index: SitemapIndex) -> bytes:
    """Return the XML of a sitemap index."""
    return _written("sitemapindex", lambda: _parts(index), pictures=False)


def _written(root: str, items: Callable[[], Iterator[etree._Element]], *, pictures: bool) -> bytes:
    names: dict[Any, str] = {None: NAMESPACE, **({"image": PICTURES} if pictures else {})}
    tree = etree.Element(f"{{{NAMESPACE}}}{root}", nsmap=names)
    tree.extend(items())
    return etree.tostring(tree, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _pages(part: SitemapFile) -> Iterator[etree._Element]:
    for page in part.pages:
        item = etree.Element(f"{{{NAMESPACE}}}url")
        _add(item, NAMESPACE, "loc", f"{part.url}{page.permalink}")
        if page.day is not None:
            _add(item, NAMESPACE, "lastmod", page.day.isoformat())
        for picture in page.pictures:
            _add(etree.SubElement(item, f"{{{PICTURES}}}image"), PICTURES, "loc", f"{part.url}{picture}")
        yield item


def _parts(index: SitemapIndex) -> Iterator[etree._Element]:
    for permalink in index.parts:
        item = etree.Element(f"{{{NAMESPACE}}}sitemap")
        _add(item, NAMESPACE, "loc", f"{index.url}{permalink}")
        yield item


def _add(item: etree._Element, namespace: str, name: str, text: str) -> None:
    etree.SubElement(item, f"{{{namespace}}}{name}").text = text
