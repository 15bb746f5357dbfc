"""Test that old addresses redirect to the current addresses of their entries."""

from __future__ import annotations

import pytest
import yaml
from bs4 import Tag

from tests.sites.building import SITES, Built

FULL = {
    "/blog/2021/09/everything/": "/articles/everything/",
    "/blog/everything": "/articles/everything/",
    "/old/everything.html": "/articles/everything/",
    "/promises/truth": "/commitments/we-tell/",
    "/who-we-are": "/about/",
}


def page_at(site: Built, alias: str) -> str:
    """Return the file that a static host serves at ``alias``."""
    path = alias.strip("/")
    return path if path.endswith(".html") else f"{path}/index.html"


@pytest.mark.parametrize(("site", "root"), [("full", ""), ("below", "/a/community")])
@pytest.mark.parametrize(("alias", "target"), FULL.items())
def test_an_old_address_has_a_redirect_page(
    site: str, root: str, alias: str, target: str, request: pytest.FixtureRequest
) -> None:
    """A page at each old address redirects browsers, names the canonical address, and has a link for people."""
    built: Built = request.getfixturevalue(site)
    path = page_at(built, alias)
    assert built.is_redirect(path)
    page = built.page(f"/{path}")
    refresh = page.find("meta", attrs={"http-equiv": "refresh"})
    canonical = page.find("link", rel="canonical")
    robots = page.find("meta", attrs={"name": "robots"})
    link = page.find("a")
    assert isinstance(refresh, Tag)
    assert isinstance(canonical, Tag)
    assert isinstance(robots, Tag)
    assert isinstance(link, Tag)
    assert refresh["content"] == f"0; url={root}{target}"
    assert canonical["href"] == f"{built.url}{target}"
    assert robots["content"] == "noindex"
    assert link["href"] == f"{root}{target}"
    assert link.get_text(strip=True)
    assert built.has(target)


def test_redirects_cover_both_forms_of_an_address(full: Built) -> None:
    """The redirects for hosts contain each old address with and without its last slash."""
    told = full.addresses().redirects
    for alias, target in FULL.items():
        forms = {alias} if alias.endswith(".html") else {alias.rstrip("/"), f"{alias.rstrip('/')}/"}
        for form in forms:
            assert told[form] == target


def test_a_site_without_aliases_has_no_redirects(minimal: Built) -> None:
    """A site without aliases has no redirects but those of ``FEED_ALIASES``."""
    assert set(minimal.addresses().redirects.values()) == {"/feeds/all.rss.xml"}
    redirects = [path for path in minimal.files() if path.endswith(".html") and minimal.is_redirect(path)]
    assert redirects == ["feed/index.html"]


def test_the_full_site_has_aliases_of_every_form() -> None:
    """The content of ``sites/full`` has aliases of every form, so that the tests above cover them."""
    found = {
        alias
        for file in (SITES / "full").glob("*/*/index.md")
        if "status: published" in (text := file.read_text(encoding="utf-8"))
        for alias in yaml.safe_load(text.split("---\n")[1]).get("aliases", [])
    }
    assert set(FULL) <= found
