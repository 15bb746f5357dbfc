"""The rule files of a release, and what hosts without a server of their own are told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.base.media_types import content_type
from plugins.publishing.hosts import cloudflare, netlify
from plugins.publishing.hosts.files import files
from plugins.publishing.hosts.response_rules import BRIEF, FOREVER, HEADERS, Answers, caching
from tests.publishing.hosts.releases import small

NOTHING = Answers("", {}, {})
ADDRESSES = st.text(st.characters(codec="utf-8"), min_size=1).map("/{}".format)


def rules(text: str) -> dict[str, dict[str, str]]:
    """The rules of a `_headers` file."""
    found: dict[str, dict[str, str]] = {}
    pattern = ""
    for line in text.splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            assert name not in found[pattern]
            found[pattern][name] = value
        else:
            pattern = line
            assert pattern not in found
            found[pattern] = {}
    return found


def test_every_kind_of_host_finds_its_file() -> None:
    """The rules lie where each kind of host looks for them, or where `docs/hosting` says, and nowhere else."""
    found = files(NOTHING)
    assert sorted(found) == [
        ".htaccess", "_headers", "_hosts/Caddyfile", "_hosts/cloudflare/_redirects", "_hosts/nginx-brotli.conf",
        "_hosts/nginx-http.conf", "_hosts/nginx.conf", "_redirects",
    ]  # fmt: skip


@pytest.mark.parametrize("root", ["", "/community"])
def test_the_same_answers_give_the_same_bytes(root: str) -> None:
    """The order in which answers are handed over is not seen in any file."""
    answers = small(root).answers
    turned = replace(
        answers,
        redirects=dict(reversed(list(answers.redirects.items()))),
        gone=dict(reversed(list(answers.gone.items()))),
    )
    assert list(files(turned).items()) == list(files(answers).items())


@given(st.dictionaries(ADDRESSES, ADDRESSES), st.dictionaries(ADDRESSES, st.just("gone/index.html")))
def test_an_address_cannot_end_its_line(redirects: dict[str, str], gone: dict[str, str]) -> None:
    """Whatever characters addresses hold, each has one rule of three words."""
    answers = replace(NOTHING, redirects=redirects, gone=gone)
    lines = netlify.redirects(answers).splitlines()
    assert len(lines) == len(redirects) + len(gone) + 2
    assert all(line.isascii() and len(line.split(" ")) == 3 for line in lines)


def test_netlify_has_the_headers() -> None:
    """Every answer has the headers, and what never changes is kept; no two rules give one address a caching."""
    found = rules(netlify.headers(small("/community").answers))
    assert found.pop("/*") == HEADERS
    places = ("documents/*", "images/*", "search/*.js", "social/*", "theme/*")
    assert found == {f"/community/{place}": {"Cache-Control": FOREVER} for place in places}


def test_netlify_redirects_win_over_files() -> None:
    """Old and withdrawn addresses, and what is for hosts alone, are answered by rules although files lie there."""
    lines = netlify.redirects(small().answers).splitlines()
    assert "/blog/a /help/ 301!" in lines
    assert "/stories/gone/ /stories/gone/index.html 410!" in lines
    assert "/_hosts/* /404.html 404!" in lines
    assert netlify.redirects(small("/community").answers).endswith("\n/* /community/404.html 404\n")


def test_cloudflare_gets_what_it_reads() -> None:
    """No more redirects and no longer lines than Cloudflare takes, and headers within its limits."""
    moved = {f"/old/{n:04}/": "/articles/" for n in range(2500)} | {f"/{'long' * 300}": "/articles/"}
    lines = cloudflare.redirects(replace(NOTHING, redirects=moved)).splitlines()
    assert len(lines) == 2000
    assert lines[0] == "/old/0000/ /articles/ 301"
    assert all(len(line) <= 1000 for line in lines)
    headers = netlify.headers(NOTHING)
    assert len(rules(headers)) <= 100
    assert all(len(line) <= 2000 for line in headers.splitlines())


@pytest.mark.parametrize(
    ("path", "type_", "kept"),
    [
        ("images/18df33e470-1200.webp", "image/webp", FOREVER),
        ("documents/our-leaflet-18df33e470.pdf", "application/pdf", FOREVER),
        ("social/articles-0fb43691a9.png", "image/png", FOREVER),
        ("theme/exit-link-4fd1430865.js", "text/javascript; charset=utf-8", FOREVER),
        ("search/index-661d1f536e.js", "text/javascript; charset=utf-8", FOREVER),
        ("search/index.html", "text/html; charset=utf-8", BRIEF),
        ("feeds/articles.atom.xml", "text/xml; charset=utf-8", BRIEF),
        ("articles/18df33e470.png", "image/png", BRIEF),
        ("feeds/icon.png", "image/png", BRIEF),
        ("LICENSE", "application/octet-stream", BRIEF),
    ],
)
def test_types_and_caching(path: str, type_: str, kept: str) -> None:
    """A file's name says its type, and whether it may ever change."""
    assert content_type(path) == type_
    assert caching(path) == kept
    assert caching(f"community/{path}", "/community") == kept
    assert caching(path, "/community") == BRIEF
