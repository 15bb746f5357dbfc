"""What the preview adds to a page, and where an address leads in it."""

from __future__ import annotations

import pytest

from plugins.authoring.preview.app import locate
from plugins.authoring.preview.injection import inject, loosened

PATHS = frozenset({"index.html", "a/index.html", "a b/é/index.html", "style.css", "404.html"})


def test_the_script_stands_in_the_head_and_nothing_else_changes() -> None:
    """Without the added line the page is what it was."""
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
def test_the_policy_gains_what_the_script_needs_and_no_more(policy: str, expected: str) -> None:
    """The script may run and listen; all that the page forbids besides stays forbidden."""
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
def test_addresses_lead_where_a_host_would_lead_them(target: str, file: str, location: str) -> None:
    """A page is found with its slash, and sent on without it; a wrong address has a file that is not there."""
    assert locate(PATHS, target) == (file, location)
