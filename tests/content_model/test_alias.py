"""Test the validation of old addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from plugins.content_model.alias import LONGEST_PART, Alias, FormerAddress
from plugins.content_model.permalink import file


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("/blog/2021/09/slug/", "/blog/2021/09/slug/"),
        ("/blog/slug", "/blog/slug"),
        ("/old.html", "/old.html"),
        ("/index.php", "/index.php"),
        ("/~x/y-z_1/", "/~x/y-z_1/"),
        ("/2019/05/caf%C3%A9-culture/", "/2019/05/caf\u00e9-culture/"),
        ("/caf\u00e9/", "/caf\u00e9/"),
        ("/cafe\u0301/", "/caf\u00e9/"),
        ("/cafe%CC%81/", "/cafe\u0301/"),
        ("/a%20b/%E2%80%93-x", "/a b/\u2013-x"),
        ("/wiki/Category:News/", "/wiki/Category:News/"),
        ("/a+b,c;d=e@f!g*(h)/", "/a+b,c;d=e@f!g*(h)/"),
        ("/what's-on/", "/what's-on/"),
        ("/wiki/St._Mary", "/wiki/St._Mary"),
        ("/release/v1.5", "/release/v1.5"),
        ("/old.pdf/", "/old.pdf/"),
        (f"/{'a' * LONGEST_PART}/", f"/{'a' * LONGEST_PART}/"),
        ("/?p=123", "/?p=123"),
        ("/?page_id=7", "/?page_id=7"),
        ("/caf%C3%A9/index.php?p=123", "/caf\u00e9/index.php?p=123"),
    ],
)
def test_an_alias_is_stored_decoded(value: str, address: str) -> None:
    """An alias is stored decoded, and reading it again does not change it."""
    assert TypeAdapter(Alias).validate_python(value) == address
    assert TypeAdapter(FormerAddress).validate_python(address) == address


@pytest.mark.parametrize(
    ("value", "says", "mends"),
    [
        ("blog/slug", "does not begin with a slash", "one slash"),
        ("https://example.org/a", "names a domain", "write  /a"),
        ("//example.org/", "names a domain", "what followed the domain"),
        ("/a//b/", "two slashes", "write  /a/b/"),
        ("/a/../b", "part `..`", "delete it"),
        ("/./a", "part `.`", "delete it"),
        ("/%2e", "part `.`", "delete it"),
        ("/a/ /b/", "space beside a slash", "an item of its own"),
        ("/a?b", "a question mark", "write  /a  or"),
        ("/?", "a question mark", "delete it"),
        ("/?p", "a question mark", "delete it"),
        ("/?p=", "a question mark", "delete it"),
        ("/?p=1#c", "a question mark", "delete it"),
        ("/?p=1&lang=en", "a question mark", "delete it"),
        ("/?p=%31", "a question mark", "delete it"),
        ("/a?b?p=1", "a question mark", "write  /a  or"),
        ("/a%3Fp=1", "`?` U+003F", "delete it"),
        ("/a%3Fb?p=1", "`?` U+003F", "delete it"),
        ("?p=1", "does not begin with a slash", "one slash"),
        (f"/?p={'1' * 41}", "a question mark", "delete it"),
        ("/.git/?p=1", "part `.git`", "delete it"),
        ("/a#b", "a hash", "write  /a  or"),
        ("/", "home page", "delete it"),
        ("/100%", "a percent sign", "copy the address"),
        ("/%ff", "not UTF-8", "delete it"),
        ("/a%2Fb", "the code of a slash", "delete it"),
        ("/a%00b", "U+0000", "delete it"),
        ("/a%E2%80%8Bb", "U+200B (zero width space)", "delete it"),
        ("/a\u00a0b", "U+00A0 (no-break space)", "delete it"),
        ("/a|b", "`|` U+007C (vertical line)", "delete it"),
        ("/.git/config", "part `.git`", "delete it"),
        ("/a/.htaccess", "part `.htaccess`", "delete it"),
        ("/.well-known/security.txt", "part `.well-known`", "delete it"),
        ("/_headers", "file `_headers`", "delete it"),
        ("/_Redirects", "file `_Redirects`", "delete it"),
        ("/_hosts/a/", "file `_hosts`", "delete it"),
        ("/a.html.br", "packed form", "delete it"),
        ("/a.GZ", "packed form", "delete it"),
        (f"/{'a' * (LONGEST_PART + 1)}/", f"a host takes {LONGEST_PART}", "delete it"),
        (f"/{chr(233) * 126}/", "252 bytes", "delete it"),
        ("/a" * 500, "1000 bytes", "delete it"),
    ],
)
def test_an_invalid_alias_is_explained(value: str, says: str, mends: str) -> None:
    """An address that no page of this site can have is refused, with the reason and what to do."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(FormerAddress).validate_python(value)
    (error,) = caught.value.errors()
    assert error["type"] == "bad-alias"
    assert says in error["ctx"]["message"]
    assert mends in error["ctx"]["hint"]


@pytest.mark.parametrize(
    "value",
    [
        "/?feed=rss2",
        "/feed/?p=1",
        "/feed.xml",
        "/feed/",
        "/blog/Feed",
        "/rss",
        "/atom.xml",
        "/a.RSS",
        "/old.pdf",
        "/a.JPG",
    ],
)
def test_an_alias_is_a_page(value: str) -> None:
    """An alias is the address of a page, not of a feed or another file. A withdrawn address may be any."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Alias).validate_python(value)
    assert caught.value.errors()[0]["type"] == "alias-of-a-file"
    assert TypeAdapter(FormerAddress).validate_python(value) == value


@given(st.text().map("/{}".format))
def test_a_valid_alias_is_a_file_of_the_site(value: str) -> None:
    """The file of an alias is inside the site, under a name that every file system and host accepts."""
    try:
        address = TypeAdapter(Alias).validate_python(value)
    except ValidationError:
        return
    parts = file(address).split("/")
    assert all(part and not part.startswith(".") and len(part.encode()) <= 255 for part in parts)
    assert parts[-1].endswith(("index.html", ".html", ".htm")) or "." in parts[-1]
