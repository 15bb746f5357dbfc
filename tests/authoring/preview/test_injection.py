"""Test the line that the preview adds to a page, and how it resolves addresses."""

from __future__ import annotations

import pytest

from plugins.authoring.preview.app import locate
from plugins.authoring.preview.injection import inject, loosened

PATHS = frozenset({"index.html", "a/index.html", "a b/é/index.html", "style.css", "404.html"})


def test_only_the_script_is_added() -> None:
    """Without the added line in the head, the page is unchanged."""
    page = b"<html><head><title>x</title>\n</head><body></body></html>"
    injected = inject(page, "a/index.html", "abc")
    line = next(line for line in injected.splitlines(keepends=True) if b"preview.js" in line)
    assert b'data-page="a/index.html"' in line
    assert injected.replace(line, b"") == page


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("default-src 'none'", "default-src 'none';script-src 'self';connect-src 'self'"),
        ("script-src 'self';img-src 'self'", "script-src 'self';img-src 'self';connect-src 'self'"),
        ("script-src 'none'; connect-src 'none'", "script-src 'self';connect-src 'self'"),
    ],
)
def test_the_policy_allows_the_script(policy: str, expected: str) -> None:
    """The policy allows the script and its connection, and otherwise stays the same."""
    assert loosened(policy) == expected
    page = f'<head><meta http-equiv="Content-Security-Policy" content="{policy}"></head>'.encode()
    assert f'content="{expected}"'.encode() in inject(page, "index.html", "")


@pytest.mark.parametrize(
    ("target", "file", "location"),
    [
        ("/", "index.html", ""),
        ("/a/", "a/index.html", ""),
        ("/a", "a/index.html", "/a/"),
        ("/a?b=c", "a/index.html", "/a/?b=c"),
        ("//a", "a/index.html", "/a/"),
        ("/a%20b/%C3%A9", "a b/é/index.html", "/a%20b/%C3%A9/"),
        ("/style.css", "style.css", ""),
        ("/style.css/", "style.css/index.html", ""),
        ("/nowhere/", "nowhere/index.html", ""),
        ("/.git/config", "..git/config", ""),
    ],
)
def test_addresses_resolve_as_on_a_host(target: str, file: str, location: str) -> None:
    """An address with its slash is a page, one without is redirected, and a wrong one has no file."""
    assert locate(PATHS, target) == (file, location)
