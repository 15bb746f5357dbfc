"""Files: the rules that can be read from the files of the site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lxml import html

from plugins.checks.built import BuiltPage, BuiltSite, gzipped
from plugins.checks.rules import ARTICLE_BYTES, ARTICLE_WORDS, HELP, PAGE_BYTES, SCRIPT_BYTES, Figure, Finding, Miss

#: What a browser fetches by itself: element, attribute.
_FETCHED = (
    ("img", "src"), ("source", "src"), ("script", "src"), ("iframe", "src"), ("frame", "src"), ("embed", "src"),
    ("object", "data"), ("video", "src"), ("video", "poster"), ("audio", "src"), ("track", "src"), ("input", "src"),
    ("body", "background"), ("form", "action"), ("a", "ping"), ("image", "href"), ("use", "href"),
)  # fmt: skip
#: Relations of a ``link`` that only tell, and make no browser fetch or connect.
_TELLING = frozenset({"canonical", "alternate", "author", "license", "next", "prev", "me", "help", "search"})
_SETS = (("img", "srcset"), ("source", "srcset"), ("link", "imagesrcset"))
_NOT_PLACES = frozenset({"tel", "sms", "mailto", "data"})


def check(site: BuiltSite, page: BuiltPage) -> Iterator[Finding]:
    """Yield what the files of ``page`` measure and break; titles apart, which concern all pages at once."""
    yield from _bytes(site, page)
    yield from _links(site, page)
    yield from _references(site, page)
    yield from _pictures(page)
    yield from _help(site, page)


def check_redirect(site: BuiltSite, page: BuiltPage) -> Iterator[Miss]:
    """Yield what a small page at an old address breaks."""
    yield from _links(site, page)
    yield from _references(site, page)


def check_titles(site: BuiltSite) -> Iterator[Miss]:
    """Yield the pages without a title, and those that share one."""
    # What was withdrawn leaves pages with no address of their own to be known by: they say the same on purpose.
    known = [page for page in site.pages if page.tree.xpath("//link[@rel='canonical']") or page.indexable]
    titles = {page: " ".join(page.tree.findtext(".//title", "").split()) for page in known}
    counts = Counter(titles.values())
    for page, title in titles.items():
        if not title:
            yield Miss(page.address, "unique-title", "title", "the page has no title")
        elif counts[title] > 1:
            others = ", ".join(other.address for other, same in titles.items() if same == title and other is not page)
            yield Miss(page.address, "unique-title", "title", f"`{title}` is also the title of {others}")


def _bytes(site: BuiltSite, page: BuiltPage) -> Iterator[Finding]:
    styles = [str(link.get("href")) for link in page.tree.iter("link") if "stylesheet" in str(link.get("rel")).split()]
    scripts = [str(src) for src in page.tree.xpath("//script/@src")]
    total = gzipped(page.data) + sum(_travelling(site, page, href) for href in styles)
    yield Figure(page.address, "bytes", total)
    if total > PAGE_BYTES:
        yield Miss(page.address, "page-bytes", "", f"HTML and style sheets travel in {total:,} bytes")
    # Of the article alone: what a page lists besides is no reason to weigh more.
    words = len(" ".join(page.tree.xpath("(//main//article)[1]//text()")).split())
    if page.type == "articles/*" and words <= ARTICLE_WORDS and total > ARTICLE_BYTES:
        yield Miss(
            page.address, "article-bytes", "", f"HTML and style sheets of {words} words travel in {total:,} bytes"
        )
    inline = "".join(str(script.text_content()) for script in page.tree.iter("script") if _runs(script))
    total = sum(_travelling(site, page, src) for src in scripts) + (gzipped(inline.encode()) if inline else 0)
    yield Figure(page.address, "script-bytes", total)
    if total > SCRIPT_BYTES and not page.tree.xpath("//search"):
        yield Miss(page.address, "script-bytes", "script", f"scripts travel in {total:,} bytes")


def _runs(script: html.HtmlElement) -> bool:
    kind = str(script.get("type", "")).lower()
    return script.get("src") is None and (kind in {"", "module"} or "javascript" in kind)


def _travelling(site: BuiltSite, page: BuiltPage, href: str) -> int:
    file = site.target(page, href) if site.is_own(href) else None
    return site.travelling(file) if file else 0


def _links(site: BuiltSite, page: BuiltPage) -> Iterator[Miss]:
    for element in page.tree.xpath("//a[@href] | //area[@href] | //link[@href] | //img[@src] | //script[@src]"):
        href = str(element.get("href") or element.get("src")).strip()
        parts = urlsplit(href)
        if parts.scheme in _NOT_PLACES:
            continue
        if not site.is_own(href):
            if element.tag in {"a", "area"} and "noreferrer" not in str(element.get("rel", "")).split():
                yield Miss(
                    page.address,
                    "noreferrer",
                    f"{element.tag}[href={href}]",
                    "the other site learns where its reader came from",
                )
            continue
        file = site.target(page, href)
        if file is None:
            yield Miss(page.address, "broken-link", f"{element.tag}[href={href}]", "there is no such file")
        elif parts.fragment:
            target = site.page(file)
            if target is not None and unquote(parts.fragment) not in target.ids:
                yield Miss(
                    page.address, "broken-fragment", f"{element.tag}[href={href}]", f"{target.address} has no such part"
                )


def _references(site: BuiltSite, page: BuiltPage) -> Iterator[Miss]:
    found = [
        (element, str(element.get(name)))
        for tag, name in _FETCHED
        for element in page.tree.iter(tag)
        if element.get(name)
    ]
    links = (link for link in page.tree.iter("link") if not set(str(link.get("rel", "")).lower().split()) <= _TELLING)
    found += [(link, str(link.get("href", ""))) for link in links]
    for tag, name in _SETS:
        for element in page.tree.iter(tag):
            found += [(element, part.split()[0]) for part in str(element.get(name, "")).split(",") if part.split()]
    for element, address in found:
        if urlsplit(address).scheme != "data" and not site.is_own(address):
            yield Miss(
                page.address,
                "third-party-reference",
                f"{element.tag}[{address}]",
                "a browser fetches it from another host",
            )


def _pictures(page: BuiltPage) -> Iterator[Miss]:
    for image in page.tree.iter("img"):
        if not (str(image.get("width", "")).isdigit() and str(image.get("height", "")).isdigit()):
            yield Miss(
                page.address,
                "picture-size",
                f"img[src={image.get('src')}]",
                "width or height is missing: the page jumps",
            )


def _help(site: BuiltSite, page: BuiltPage) -> Iterator[Miss]:
    if page.address != HELP and not any(
        site.target(page, str(href)) == f"{HELP.strip('/')}/index.html" for href in page.tree.xpath("//a/@href")
    ):
        yield Miss(page.address, "help-link", "", f"no link leads to {HELP}")
