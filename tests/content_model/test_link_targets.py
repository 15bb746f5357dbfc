"""Test the addresses that texts may link to."""

from __future__ import annotations

from plugins.content_model.link_targets import internal_addresses
from plugins.content_model.page import Page
from tests.sites.writing import article, entry, library


def test_pages_of_an_empty_site() -> None:
    """Texts may link to the pages that every site has, even in an empty site."""
    assert internal_addresses(library()) >= {
        "/",
        "/articles/",
        "/help/",
        "/subscribe/",
        "/charter/",
        "/topics/",
        "/people/",
    }


def test_live_entries_and_their_old_addresses() -> None:
    """Live entries and their aliases are link targets. Drafts and topics without entries are not."""
    made = library(
        article("a", aliases=["/blog/a/"], topics=["work"]), article("b", status="draft"), topics=("work", "sleep")
    )
    found = internal_addresses(made)
    assert {"/articles/a/", "/blog/a/", "/topics/work/"} <= found
    assert not {"/articles/b/", "/topics/sleep/"} & found


def test_a_page_can_move_a_standing_page() -> None:
    """When a page uses a layout at another address, the default address does not exist."""
    found = internal_addresses(library(entry(Page, "get-help", layout="help")))
    assert "/get-help/" in found
    assert "/help/" not in found
