"""Check the links of a page: they lead to files of the site, and nothing is fetched from another host."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from plugins.link_check.built_site import BuiltPage, BuiltSite
from plugins.link_check.violation import Violation

#: The root-relative address of the help page.
HELP = "/help/"

#: The attributes that a browser fetches by itself, by element.
_FETCHED = (
    ("img", "src"), ("source", "src"), ("script", "src"), ("iframe", "src"), ("frame", "src"), ("embed", "src"),
    ("object", "data"), ("video", "src"), ("video", "poster"), ("audio", "src"), ("track", "src"), ("input", "src"),
    ("body", "background"), ("form", "action"), ("a", "ping"), ("image", "href"), ("use", "href"),
)  # fmt: skip
#: Relations of a ``link`` that do not make a browser fetch or connect.
_TELLING = frozenset({"canonical", "alternate", "author", "license", "next", "prev", "me", "help", "search"})
_SETS = (("img", "srcset"), ("source", "srcset"), ("link", "imagesrcset"))
_NOT_PLACES = frozenset({"tel", "sms", "mailto", "data"})


def check(site: BuiltSite, page: BuiltPage) -> Iterator[Violation]:
    """Yield the broken links and third-party references of ``page``, and a missing link to help."""
    yield from _links(site, page)
    yield from _references(site, page)
    yield from _help(site, page)


def check_redirect(site: BuiltSite, page: BuiltPage) -> Iterator[Violation]:
    """Yield the broken links and third-party references of a redirect page."""
    yield from _links(site, page)
    yield from _references(site, page)


def _links(site: BuiltSite, page: BuiltPage) -> Iterator[Violation]:
    for element in page.tree.xpath("//a[@href] | //area[@href] | //link[@href] | //img[@src] | //script[@src]"):
        href = str(element.get("href") or element.get("src")).strip()
        parts = urlsplit(href)
        if parts.scheme in _NOT_PLACES:
            continue
        if not site.is_own(href):
            if element.tag in {"a", "area"} and "noreferrer" not in str(element.get("rel", "")).split():
                yield Violation(
                    page.address,
                    "noreferrer",
                    f"{element.tag}[href={href}]",
                    "the other site learns where its reader came from",
                )
            continue
        file = site.target(page, href)
        if file is None:
            yield Violation(page.address, "broken-link", f"{element.tag}[href={href}]", "there is no such file")
        elif parts.fragment:
            target = site.page(file)
            if target is not None and unquote(parts.fragment) not in target.ids:
                yield Violation(
                    page.address, "broken-fragment", f"{element.tag}[href={href}]", f"{target.address} has no such part"
                )


def _references(site: BuiltSite, page: BuiltPage) -> Iterator[Violation]:
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
            yield Violation(
                page.address,
                "third-party-reference",
                f"{element.tag}[{address}]",
                "a browser fetches it from another host",
            )


def _help(site: BuiltSite, page: BuiltPage) -> Iterator[Violation]:
    if page.address != HELP and not any(
        site.target(page, str(href)) == f"{HELP.strip('/')}/index.html" for href in page.tree.xpath("//a/@href")
    ):
        yield Violation(page.address, "help-link", "", f"no link leads to {HELP}")
