"""Addresses that texts may link to."""

from __future__ import annotations

from plugins.content_model.link_targets import internal_addresses
from plugins.content_model.page import Page
from tests.sites.writing import article, entry, library


def test_pages_of_an_empty_site() -> None:
    """The pages that every site has may be linked to while nobody has written one."""
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
    """Live entries and their aliases are addresses; drafts and topics that nothing carries are not."""
    made = library(
        article("a", aliases=["/blog/a/"], topics=["work"]), article("b", status="draft"), topics=("work", "sleep")
    )
    found = internal_addresses(made)
    assert {"/articles/a/", "/blog/a/", "/topics/work/"} <= found
    assert not {"/articles/b/", "/topics/sleep/"} & found


def test_a_standing_page_under_another_name() -> None:
    """Where a page of the author's own takes a layout under another address, the standing address does not exist."""
    found = internal_addresses(library(entry(Page, "get-help", layout="help")))
    assert "/get-help/" in found
    assert "/help/" not in found
