"""Test that the sitemap lists exactly the pages that search engines may index."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree

from plugins.content_model.permalink import file
from plugins.publishing.sitemap import LIMIT, NAMESPACE, PATH, PICTURES, render, render_index, sitemap
from plugins.views.sitemap_entry import SitemapEntry
from tests.sites.building import SITES, Built, build_here
from tests.sites.writing import write

URL = "https://example.org/a/community"
PAGES = [SitemapEntry(f"/{number}/", dt.date(2026, 1, number), ("/images/a.jpg",)) for number in range(1, 6)]
#: The elements of the schema of version 0.9 in order. A question mark follows an optional one.
_URL = ["loc", "lastmod?", "changefreq?", "priority?", "image*"]
#: The maximum length of an address in characters, and the maximum size of a file in bytes.
_LONGEST, _LARGEST = 2048, 50 * 1024 * 1024


def breaches(data: bytes, url: str) -> list[str]:
    """Return the violations of sitemaps.org 0.9 and of Google's image extension in ``data``, for a site at ``url``."""
    root = etree.fromstring(data)
    kind = etree.QName(root)
    found = [] if len(data) <= _LARGEST and len(root) <= LIMIT else ["too large"]
    item = {"urlset": "url", "sitemapindex": "sitemap"}.get(kind.localname)
    if kind.namespace != NAMESPACE or item is None or len(root) == 0:
        return [*found, f"root {root.tag}"]
    for child in root:
        names = [etree.QName(part).localname for part in child]
        if child.tag != f"{{{NAMESPACE}}}{item}" or not re.fullmatch(
            "loc,(lastmod,)?(image,){0,1000}", f"{','.join(names)},"
        ):
            found.append(f"item {names}")
        for part in child.iter():
            found += _breaches_of(part, url)
    addresses = [loc.text for loc in root.iter(f"{{{NAMESPACE}}}loc")]
    return [*found, *(["twice"] if len(addresses) != len(set(addresses)) else [])]


def _breaches_of(part: etree._Element, url: str) -> list[str]:
    name, text = etree.QName(part), part.text or ""
    if name.localname == "loc":
        namespace = PICTURES if part.getparent().tag == f"{{{PICTURES}}}image" else NAMESPACE  # type: ignore[union-attr]
        fits = name.namespace == namespace and text.startswith(f"{url}/") and 12 <= len(text) < _LONGEST
        return [] if fits and text.isascii() and not set(text) & set(' "<>\\^`{|}') else [f"loc {text}"]
    if name.localname == "lastmod":
        try:
            dt.date.fromisoformat(text)
        except ValueError:
            return [f"lastmod {text}"]
    return []


def named(site: Built) -> dict[str, str]:
    """Return the lastmod dates of the sitemap by file, "" for none."""
    root = etree.fromstring((site.output / "sitemap.xml").read_bytes())
    space = {"s": NAMESPACE}
    return {
        file(urlsplit(str(item.findtext("s:loc", "", space))).path.removeprefix(site.root)): str(
            item.findtext("s:lastmod", "", space)
        )
        for item in root
    }


def pictures(site: Built, permalink: str) -> list[str]:
    """Return the addresses of the images that the sitemap has for the page at ``permalink``."""
    root = etree.fromstring((site.output / "sitemap.xml").read_bytes())
    found = root.xpath(
        f"//s:url[s:loc='{site.url}{permalink}']/i:image/i:loc/text()", namespaces={"s": NAMESPACE, "i": PICTURES}
    )
    assert isinstance(found, list)
    return [str(address) for address in found]


def test_the_sitemap_is_valid(built: Built) -> None:
    """The sitemap of every site is valid."""
    assert breaches((built.output / "sitemap.xml").read_bytes(), built.url) == []


def test_the_sitemap_lists_indexable_pages(built: Built) -> None:
    """The sitemap lists the pages without ``noindex``, and no other file."""
    findable = {
        path for path in built.html_files() if not built.page(f"/{path}").select("meta[name=robots][content~=noindex]")
    }
    assert set(named(built)) == findable
    assert "404.html" not in findable


def test_excluded_pages_are_not_listed(full: Built) -> None:
    """Drafts, aliases, withdrawn entries, the 404 page, search pages and stories without consent to it are left out."""
    paths = set(named(full))
    others = {path for path in full.files() if path.endswith(".html")} - paths
    assert {"404.html", "search/index.html", *full.gone_files()} <= others
    assert {path for path in others if full.is_redirect(path)}
    quiet = {path for path in others if path.startswith("stories/") and path in full.html_files()}
    assert quiet, "the full site has a story that no search may find"


def test_what_asks_to_be_left_out_is_not_named(tmp_path: Path) -> None:
    """A page with ``noindex`` is left out, be it an entry, a list that shows one, or the 404 page."""
    site = build_here(SITES / "full", tmp_path / "output")
    quiet = {path for path in site.files() if path.endswith(".html") and b'content="noindex"' in _bytes(site, path)}
    assert {"404.html", "stories/index.html"} <= quiet
    assert not quiet & set(named(site))


def test_days_are_those_of_the_content(full: Built) -> None:
    """An entry has the date of its last change, a list the newest date of the entries on it."""
    days = named(full)
    everything = full.page("/articles/everything/")
    shown = [str(time["datetime"]) for time in everything.select("article time")]
    assert days["articles/everything/index.html"] in shown
    articles = [day for path, day in days.items() if re.fullmatch(r"articles/[^/]+/index.html", path) and day]
    assert days["articles/index.html"] == max(articles)
    linked = {file(str(link["href"])) for link in full.page("/").select("[class*=card] a[href]")}
    assert days["index.html"] == max(
        day
        for path, day in days.items()
        if path in linked and path.startswith(("articles/", "stories/", "commitments/")) and path.count("/") == 2
    )
    assert days["topics/index.html"] == ""


def test_an_entry_is_named_with_its_picture(full: Built) -> None:
    """The image of an entry is listed with it, and its file exists."""
    (address,) = pictures(full, "/articles/everything/")
    assert (full.output / address.removeprefix(f"{full.url}/")).is_file()


def test_no_day_lies_ahead(full: Built) -> None:
    """No date is later than the day of the build."""
    assert max(named(full).values()) <= "2026-11-23"


@pytest.mark.parametrize(("count", "files"), [(4, 1), (5, 1), (6, 2), (10, 2), (11, 3)])
def test_a_long_map_is_cut(count: int, files: int) -> None:
    """A sitemap of more pages than the limit is an index of files that list each page once."""
    pages = [SitemapEntry(f"/{number}/") for number in range(count)]
    index, parts = sitemap(pages, URL, limit=5)
    assert len(parts) == files
    assert [page for part in parts for page in part.pages] == pages
    assert all(breaches(render(part), URL) == [] for part in parts)
    if files == 1:
        assert index is None
        assert parts[0].permalink == PATH
    else:
        assert index is not None
        assert breaches(render_index(index), URL) == []
        assert [f"{URL}{part.permalink}" for part in parts] == re.findall(
            "<loc>(.*)</loc>", render_index(index).decode()
        )
        assert PATH not in {part.permalink for part in parts}


def test_names_of_pictures_are_said_where_there_are_some() -> None:
    """A sitemap without images does not declare the namespace of images."""
    (with_pictures,) = sitemap(PAGES, URL)[1]
    (without,) = sitemap([SitemapEntry("/")], URL)[1]
    assert PICTURES in render(with_pictures).decode()
    assert PICTURES not in render(without).decode()


def test_what_needs_escaping_is_escaped() -> None:
    """Characters that are special in XML are escaped."""
    (part,) = sitemap([SitemapEntry("/?a=1&b=2/")], URL)[1]
    assert b"/?a=1&amp;b=2/" in render(part)


@pytest.mark.parametrize(
    "data",
    [
        b"<urlset/>",
        f'<urlset xmlns="{NAMESPACE}"/>'.encode(),
        f'<urlset xmlns="{NAMESPACE}"><url><lastmod>2026-01-01</lastmod></url></urlset>'.encode(),
        f'<urlset xmlns="{NAMESPACE}"><url><loc>{URL}/a b/</loc></url></urlset>'.encode(),
        f'<urlset xmlns="{NAMESPACE}"><url><loc>/a/</loc></url></urlset>'.encode(),
        f'<urlset xmlns="{NAMESPACE}"><url><loc>{URL}/a/</loc><lastmod>1 May</lastmod></url></urlset>'.encode(),
        f'<urlset xmlns="{NAMESPACE}"><url><loc>{URL}/</loc></url><url><loc>{URL}/</loc></url></urlset>'.encode(),
    ],
)
def test_the_validator_reports_violations(data: bytes) -> None:
    """The validator reports an invalid sitemap."""
    assert breaches(data, URL)


def test_drafts_are_not_named_in_a_preview(tmp_path: Path) -> None:
    """The sitemap of a preview leaves drafts out, and lists do not take their date from drafts."""
    files = {path.relative_to(SITES / "minimal").as_posix(): path.read_bytes() for path in _files(SITES / "minimal")}
    (article,) = (name for name in files if name.startswith("articles/"))
    planned = re.sub(rb"(?m)^published: .*$", b"published: 2026-12-24", files[article])
    planned = re.sub(rb"(?m)^id: .*$", b"id: minimal-planned", planned)
    planned = re.sub(rb"(?m)^slug: .*$", b"slug: planned", planned)
    content = write(tmp_path / "content", {**files, "articles/planned/index.md": planned})
    site = build_here(content, tmp_path / "output", DRAFTS=True)
    assert site.has("/articles/planned/")
    assert "articles/planned/index.html" not in named(site)
    assert "2026-12-24" not in named(site).values()


def _bytes(site: Built, path: str) -> bytes:
    return (site.output / path).read_bytes()


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
