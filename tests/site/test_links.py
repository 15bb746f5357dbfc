"""Test that every link in every built site resolves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import Tag

from tests.sites.building import Built

_REFRESH = re.compile(r"0; url=(.+)")


def addresses(site: Built, path: str) -> Iterator[str]:
    """Return every address in the file ``path``, as it is written."""
    for element in site.page(f"/{path}").find_all():
        for name in ("href", "src", "poster", "action"):
            if element.has_attr(name):
                yield str(element[name])
        if element.name == "meta" and str(element.get("property", "")) in {"og:url", "og:image"}:
            yield str(element["content"])
        if element.name == "meta" and element.get("http-equiv") == "refresh":
            found = _REFRESH.fullmatch(str(element["content"]))
            assert found
            yield found[1]


def address_of(site: Built, path: str) -> str:
    """Return the absolute address of the file ``path``."""
    return f"{site.url}/{path.removesuffix('index.html')}"


def problem(site: Built, path: str, written: str) -> str | None:
    """Return why the address ``written`` in the file ``path`` does not resolve, or None."""
    whole = urljoin(address_of(site, path), written)
    scheme, host, target, _, fragment = urlsplit(whole)
    if scheme in {"tel", "sms", "mailto"}:
        return None
    if (scheme, host) != (urlsplit(site.url).scheme, urlsplit(site.url).netloc):
        return None if scheme in {"http", "https"} else f"{path}: {written} is of another kind"
    if not target.startswith(f"{site.root}/"):
        return f"{path}: {written} leaves the site's own folder"
    permalink = target.removeprefix(site.root)
    if not site.has(permalink):
        return f"{path}: {written} has no file"
    if fragment and not site.page(permalink).find(id=fragment):
        return f"{path}: {written} has no such part"
    return None


def test_every_link_and_fragment_resolves(built: Built) -> None:
    """Every internal address is a file of the site, and every fragment is an id in that file."""
    found = [
        problem(built, path, written)
        for path in built.files()
        if path.endswith(".html")
        for written in addresses(built, path)
    ]
    assert len(found) > 20
    assert not [wrong for wrong in found if wrong]


def test_every_page_can_be_reached(built: Built) -> None:
    """Links from the home page reach every page except the one for 404."""
    reached, waiting = set(), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in reached:
            continue
        reached.add(path)
        for link in built.page(f"/{path}").find_all("a", href=True):
            target = urlsplit(urljoin(address_of(built, path), str(link["href"])))
            if target.netloc == urlsplit(built.url).netloc:
                permalink = target.path.removeprefix(built.root).lstrip("/")
                waiting += [f"{permalink}index.html" if permalink == "" or permalink.endswith("/") else permalink]
        waiting = [page for page in waiting if page.endswith(".html")]
    assert set(built.html_files()) - reached <= {"404.html"}


def test_internal_links_are_root_relative(built: Built) -> None:
    """Links, pictures and styles are root-relative, so that the same files work on any port."""
    for path in built.html_files():
        for element in built.page(f"/{path}").find_all(["a", "img", "link"]):
            written = str(element.get("href") or element.get("src") or "")
            if element.get("rel") != ["canonical"]:
                assert not written.startswith(built.url), f"{path}: {written}"


def test_internal_links_need_no_redirect(built: Built) -> None:
    """A link to a page ends in a slash or names a file, so that no host has to redirect it."""
    for path in built.html_files():
        for link in built.page(f"/{path}").find_all("a", href=True):
            target = urlsplit(str(link["href"]))
            if not target.scheme and target.path:
                assert target.path.endswith("/") or "." in target.path.rpartition("/")[2], f"{path}: {link['href']}"


def test_external_links_send_no_referrer(built: Built) -> None:
    """A link to another site sends no referrer and opens no window."""
    for path in built.html_files():
        page = built.page(f"/{path}")
        for link in page.find_all("a", href=True):
            assert not link.has_attr("target")
            if urlsplit(str(link["href"])).scheme in {"http", "https"}:
                assert "noreferrer" in link.get_attribute_list("rel"), f"{path}: {link['href']}"
        referrer = page.find("meta", attrs={"name": "referrer"})
        assert isinstance(referrer, Tag)
        assert referrer["content"] == "no-referrer"


@pytest.mark.parametrize("attribute", ["src", "srcset", "poster", "data", "action", "formaction", "ping", "background"])
def test_pages_load_nothing_from_other_hosts(built: Built, attribute: str) -> None:
    """No page loads anything from another host."""
    for path in built.html_files():
        page = built.page(f"/{path}")
        for element in page.select(f"[{attribute}]"):
            assert str(element[attribute]).startswith(f"{built.root}/"), f"{path}: {element}"
        for element in page.find_all("link", href=True):
            if not set(element.get_attribute_list("rel")) & {"canonical"}:
                assert str(element["href"]).startswith(f"{built.root}/"), f"{path}: {element}"


def test_styles_load_no_files(built: Built) -> None:
    """No style refers to another file."""
    for path in built.html_files():
        for style in built.page(f"/{path}").find_all("style"):
            assert not re.search(r"@import|url\(", style.get_text()), path
