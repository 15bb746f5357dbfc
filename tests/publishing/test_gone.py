"""The rules for nginx name each withdrawn address in every form, once."""

from __future__ import annotations

from plugins.content_model.register import Tombstone
from plugins.publishing.gone import nginx


def stone(address: str, *aliases: str, was_public: bool = True) -> Tombstone:
    """Return a tombstone."""
    return Tombstone.model_construct(kind="story", address=address, aliases=aliases, was_public=was_public)


def test_every_form_of_an_address_is_named() -> None:
    """A folder's address with and without its slash, and its file; a file's address as it is."""
    text = nginx([stone("/stories/x/", "/old.html")], "")
    for form in ("/stories/x", "/stories/x/", "/stories/x/index.html", "/old.html"):
        assert text.count(f"location = {form} {{ error_page 410 @gone-") == 1, form
    assert "try_files /stories/x/index.html =410;" in text
    assert "try_files /old.html =410;" in text
    assert "location ^~ /_hosts/" in text


def test_two_forms_of_one_alias_are_one_page() -> None:
    """`/blog/x` and `/blog/x/`, of one entry or of two, have one page and one rule each."""
    text = nginx([stone("/stories/x/", "/blog/x", "/blog/x/"), stone("/stories/y/", "/blog/x")], "")
    assert text.count("try_files") == 3
    assert text.count("location = /blog/x {") == 1


def test_a_site_below_a_path_keeps_it() -> None:
    """The prefix of the site stands before each address and each file."""
    text = nginx([stone("/stories/x/")], "/a/b")
    assert "location = /a/b/stories/x/ {" in text
    assert "try_files /a/b/stories/x/index.html =410;" in text


def test_what_was_never_public_is_not_named() -> None:
    """An address that never existed is told to nobody."""
    assert "/stories/x" not in nginx([stone("/stories/x/", was_public=False)], "")
