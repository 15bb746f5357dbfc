"""Measure the bytes of pages, and check their titles and pictures, from the files of the site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import html

from plugins.link_check import pages
from plugins.link_check.built_site import BuiltPage, BuiltSite
from plugins.link_check.violation import Violation
from tests.site_audit.pages import compressed, is_indexable, page_type, transfer_size
from tests.site_audit.rules import ARTICLE_BYTES, ARTICLE_WORDS, PAGE_BYTES, SCRIPT_BYTES, Figure, Finding


def check(site: BuiltSite, page: BuiltPage) -> Iterator[Finding]:
    """Yield the figures and violations of the files of ``page``, except for titles."""
    yield from pages.check(site, page)
    yield from _bytes(site, page)
    yield from _pictures(page)


def check_titles(site: BuiltSite) -> Iterator[Violation]:
    """Yield the pages without a title, and those that share one."""
    # Tombstone pages have no canonical address, and share a title on purpose.
    known = [page for page in site.pages if page.tree.xpath("//link[@rel='canonical']") or is_indexable(page)]
    titles = {page: " ".join(page.tree.findtext(".//title", "").split()) for page in known}
    counts = Counter(titles.values())
    for page, title in titles.items():
        if not title:
            yield Violation(page.address, "unique-title", "title", "the page has no title")
        elif counts[title] > 1:
            others = ", ".join(other.address for other, same in titles.items() if same == title and other is not page)
            yield Violation(page.address, "unique-title", "title", f"`{title}` is also the title of {others}")


def _bytes(site: BuiltSite, page: BuiltPage) -> Iterator[Finding]:
    styles = [str(link.get("href")) for link in page.tree.iter("link") if "stylesheet" in str(link.get("rel")).split()]
    scripts = [str(src) for src in page.tree.xpath("//script/@src")]
    total = compressed(page.data) + sum(_size(site, page, href) for href in styles)
    yield Figure(page.address, "bytes", total)
    if total > PAGE_BYTES:
        yield Violation(page.address, "page-bytes", "", f"HTML and style sheets travel in {total:,} bytes")
    # Only the words of the article count, not those of lists beside it.
    words = len(" ".join(page.tree.xpath("(//main//article)[1]//text()")).split())
    if page_type(page) == "articles/*" and words <= ARTICLE_WORDS and total > ARTICLE_BYTES:
        yield Violation(
            page.address, "article-bytes", "", f"HTML and style sheets of {words} words travel in {total:,} bytes"
        )
    inline = "".join(str(script.text_content()) for script in page.tree.iter("script") if _runs(script))
    total = sum(_size(site, page, src) for src in scripts) + (compressed(inline.encode()) if inline else 0)
    yield Figure(page.address, "script-bytes", total)
    if total > SCRIPT_BYTES and not page.tree.xpath("//search"):
        yield Violation(page.address, "script-bytes", "script", f"scripts travel in {total:,} bytes")


def _runs(script: html.HtmlElement) -> bool:
    kind = str(script.get("type", "")).lower()
    return script.get("src") is None and (kind in {"", "module"} or "javascript" in kind)


def _size(site: BuiltSite, page: BuiltPage, href: str) -> int:
    file = site.target(page, href) if site.is_own(href) else None
    return transfer_size(site, file) if file else 0


def _pictures(page: BuiltPage) -> Iterator[Violation]:
    for image in page.tree.iter("img"):
        if not (str(image.get("width", "")).isdigit() and str(image.get("height", "")).isdigit()):
            yield Violation(
                page.address,
                "picture-size",
                f"img[src={image.get('src')}]",
                "width or height is missing: the page jumps",
            )
