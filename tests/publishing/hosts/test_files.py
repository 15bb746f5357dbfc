"""Test the host files of a release, and the rules for hosts that cannot run in tests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from plugins.base.media_types import content_type
from plugins.content_model.permalink import split_query
from plugins.publishing.hosts import cloudflare, netlify
from plugins.publishing.hosts.files import files
from plugins.publishing.hosts.response_rules import BRIEF, FOREVER, HEADERS, ResponseRules, caching
from tests.publishing.hosts.releases import small

NOTHING = ResponseRules("", {}, {})
#: Any address without a query.
ADDRESSES = (
    st.text(st.characters(codec="utf-8"), min_size=1).map("/{}".format).filter(lambda one: not split_query(one)[1])
)


def rules(text: str) -> dict[str, dict[str, str]]:
    """Return the rules of a `_headers` file."""
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
    """Each kind of host has its files at the paths that it reads or that `docs/hosting` names."""
    found = files(NOTHING)
    assert sorted(found) == [
        ".htaccess", "_headers", "_hosts/Caddyfile", "_hosts/cloudflare/_redirects", "_hosts/nginx-brotli.conf",
        "_hosts/nginx-http.conf", "_hosts/nginx.conf", "_redirects",
    ]  # fmt: skip


@pytest.mark.parametrize("root", ["", "/community"])
def test_the_same_answers_give_the_same_bytes(root: str) -> None:
    """The order of the rules does not change the files."""
    response_rules = small(root).response_rules
    turned = replace(
        response_rules,
        redirects=dict(reversed(list(response_rules.redirects.items()))),
        gone=dict(reversed(list(response_rules.gone.items()))),
    )
    assert list(files(turned).items()) == list(files(response_rules).items())


@given(st.dictionaries(ADDRESSES, ADDRESSES), st.dictionaries(ADDRESSES, st.just("gone/index.html")))
def test_an_address_cannot_end_its_line(redirects: dict[str, str], gone: dict[str, str]) -> None:
    """Each address gives one rule of three words, whatever characters it has."""
    response_rules = replace(NOTHING, redirects=redirects, gone=gone)
    lines = netlify.redirects(response_rules).splitlines()
    assert len(lines) == len(redirects) + len(gone) + 2
    assert all(line.isascii() and len(line.split(" ")) == 3 for line in lines)


def test_netlify_has_the_headers() -> None:
    """Every response has the headers, and fingerprinted files are cached. No address has two caching rules."""
    found = rules(netlify.headers(small("/community").response_rules))
    assert found.pop("/*") == HEADERS
    places = ("documents/*", "images/*", "search/*.js", "social/*", "theme/*")
    assert found == {f"/community/{place}": {"Cache-Control": FOREVER} for place in places}


def test_every_host_is_asked_not_to_train_but_where_somebody_agreed() -> None:
    """Each kind of host sends `train-ai=n`, and `train-ai=y` for the page of a narrator who agreed, and its file."""
    found = files(replace(NOTHING, trainable=["/stories/told/"]))
    for path in ("_hosts/nginx-http.conf", "_hosts/Caddyfile", "_headers", ".htaccess"):
        allowed = [line for line in found[path].decode().splitlines() if "train-ai=y" in line]
        text = found[path].decode()
        assert "train-ai=n" in text, path
        assert len(allowed) == 2, path
        assert "told" in text, path
        assert b"train-ai=y" not in files(NOTHING)[path], path


def test_netlify_redirects_win_over_files() -> None:
    """Aliases, withdrawn addresses and files for hosts have rules that override the files there."""
    lines = netlify.redirects(small().response_rules).splitlines()
    assert "/blog/a /help/ 301!" in lines
    assert "/stories/gone/ /stories/gone/index.html 410!" in lines
    assert "/_hosts/* /404.html 404!" in lines
    assert "/ p=12 /help/ 301!" in lines
    assert "/ p=14 /stories/gone/index.html 410!" in lines
    assert netlify.redirects(small("/community").response_rules).endswith("\n/* /community/404.html 404\n")


def test_cloudflare_does_not_compare_queries() -> None:
    """An alias with a query has no rule for Cloudflare, which would take the question mark for a part of the path."""
    lines = cloudflare.redirects(small().response_rules).splitlines()
    assert "/blog/a /help/ 301" in lines
    assert not any("p=12" in line for line in lines)


def test_cloudflares_limits_are_kept() -> None:
    """The files stay within Cloudflare's limits on redirects, line length and headers."""
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
    """The type and caching of a file follow from its name."""
    assert content_type(path) == type_
    assert caching(path) == kept
    assert caching(f"community/{path}", "/community") == kept
    assert caching(path, "/community") == BRIEF
