"""Links are resolved, and broken links are reported with their positions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from plugins.base.problem import Position, Severity
from plugins.markdown_blocks.anchor_check import check_anchors
from plugins.markdown_blocks.context import LinkUse
from plugins.views.views import Picture
from tests.markdown_blocks.world import PATH, RENDERER, errors, html, problems, world


@pytest.mark.parametrize(
    ("address", "href"),
    [
        pytest.param("help:samaritans", "tel:116123", id="a telephone"),
        pytest.param("help:shout", "sms:85258", id="texts"),
        pytest.param("{filename}/articles/there/index.md", "/sub/articles/there/", id="a file from the content folder"),
        pytest.param("{filename}../there/index.md", "/sub/articles/there/", id="a file from this folder"),
        pytest.param("{filename}/articles/there/index.md#why", "/sub/articles/there/#why", id="a part of another page"),
        pytest.param("{filename}/articles%2Fthere/index.md", "/sub/articles/there/", id="a quoted path"),
        pytest.param("/articles/", "/sub/articles/", id="an address of the site"),
        pytest.param("/articles/?page=2", "/sub/articles/?page=2", id="an address with a query"),
        pytest.param("/articles/there/#why", "/sub/articles/there/#why", id="the address of an entry"),
        pytest.param("#part", "#part", id="this page"),
        pytest.param("{filename}#part", "#part", id="this file"),
        pytest.param("{filename}index.md", "/sub/articles/here/", id="this file by its name"),
    ],
)
def test_internal_links(address: str, href: str) -> None:
    """An internal link has the path prefix of the site and no ``rel``."""
    assert f'<a href="{href}">words</a>' in html(f"## Part\n\n[words]({address})", world(root="/sub"))


@pytest.mark.parametrize(
    ("source", "address"),
    [
        pytest.param("[words](https://example.org/a?b=c&d=e)", "https://example.org/a?b=c&amp;d=e", id="a link"),
        pytest.param("[words](<https://example.org/a b>)", "https://example.org/a b", id="a link in angle brackets"),
        pytest.param("[words][1]\n\n[1]: https://example.org/", "https://example.org/", id="a reference"),
        pytest.param("[words](\u200bhttps://example.org/\ufeff)", "https://example.org/", id="with unseen characters"),
        pytest.param("<https://example.org/>", "https://example.org/", id="an address in angle brackets"),
        pytest.param("See https://example.org/a.", "https://example.org/a", id="a bare address"),
        pytest.param("See[^1].\n\n[^1]: https://example.org/a.", "https://example.org/a", id="at the end of a note"),
        pytest.param("[words](help:online)", "https://help.example/", id="a contact with a site only"),
        pytest.param("[words](https://example.org/){rel=author}", "https://example.org/", id="another rel"),
    ],
)
def test_external_links(source: str, address: str) -> None:
    """An external link sends no referrer."""
    assert f'<a href="{address}" rel="noreferrer">' in html(source)


@pytest.mark.parametrize(
    ("source", "name", "column", "hint"),
    [
        ("See [s](help:samaritan).", "unknown-contact", 9, "write `help:samaritans`"),
        ("See [s](help:zzz).", "unknown-contact", 9, "content/register/help.yaml"),
        ("See [s](help:nobody).", "unreachable-contact", 9, "add one to"),
        ("See [s](tel:02081919191).", "raw-contact", 9, "link to it as `help:id`"),
        ("See [s](mailto:a@b.example).", "raw-contact", 9, "link to it as `help:id`"),
        ("See [s]({filename}/articles/their/index.md).", "missing-entry", 9, "take the link out"),
        ("See [s]({filename}../../../x.md).", "missing-entry", 9, "check the path"),
        ("See [s]({filename}/articles/draft/index.md).", "link-to-draft", 9, "publish that entry first"),
        ("See [s](/articles/hree/).", "unknown-address", 9, "write `/articles/"),
        ("See [s](https://exa\u200bmple.org/).", "odd-character", 20, "delete it"),
        ("See [s](https://example.org/a\u00a0b).", "odd-character", 30, "delete it"),
        ("See [s](/articles/draft/).", "link-to-draft", 9, "publish that entry first"),
        ("See [s]({static}/x.pdf).", "unknown-address", 9, "write `{filename}`"),
        ("See [s](/article/).", "unknown-address", 9, "write `/articles/`"),
        ("See [s](../there/index.md).", "unknown-address", 9, "`{filename}/articles/there/index.md`"),
        ("See [s](www.example.org/x).", "unknown-address", 9, "`https://www.example.org/x`"),
        ("See [s](//example.org/x).", "unknown-address", 9, "`https://example.org/x`"),
        ("See [s](elsewhere).", "unknown-address", 9, "`https://…`"),
        ("See [s](javascript:alert).", "unknown-scheme", 9, "begins with `https://`"),
        ("See [s](ftp://example.org/).", "unknown-scheme", 9, "begins with `https://`"),
        ("See [s](https://).", "broken-address", 9, "copy the address"),
        ("See [s](https://[x/).", "broken-address", 9, "copy the address"),
        ("See [s]().", "empty-address", 7, "between the round brackets"),
        ("See [](https://example.org/).", "empty-link", 8, "where the link goes"),
        ("See [\u2060](https://example.org/).", "empty-link", 9, "where the link goes"),
        ("See [&#8288;&nbsp;](https://example.org/).", "empty-link", 21, "where the link goes"),
        ("See [**\u200b**](https://example.org/).", "empty-link", 13, "where the link goes"),
        ("See ![\u00ad](tree.jpg).", "missing-alt", 10, "what the picture shows"),
        ("See [s](#prat) and\n\n## Part", "unknown-anchor", 9, "link to `#part`"),
        ("See [s] (https://example.org/).", "broken-link", 7, "without a space"),
        ("See (s)[https://example.org/].", "broken-link", 7, "`[words](address)`"),
        ("See [s](https://example.org/ now.", "broken-link", 7, "close both"),
        ("See [s][nowhere].", "broken-link", 7, "close both"),
        ("`[s](help:zzz)` See [s](help:zzz).", "unknown-contact", 25, "content/register/help.yaml"),
        ("[s][1]\n\n[1]: help:zzz", "unknown-contact", 6, "content/register/help.yaml"),
        ("See ![a](tree.png).", "missing-picture", 10, "beside the text"),
        ("See ![a](https://example.org/tree.jpg).", "picture-elsewhere", 10, "save the picture"),
        ("See ![](tree.jpg).", "missing-alt", 9, "what the picture shows"),
        ("See ![a]().", "missing-picture", 8, "beside the text"),
    ],
)
def test_broken_link_is_reported(source: str, name: str, column: int, hint: str) -> None:
    """A broken link is reported once, at its address."""
    (problem,) = errors(source)
    line = source.count("\n") + 1 if source.startswith("[s][1]") else 1
    assert (problem.name, problem.position) == (name, Position(line, column))
    assert hint in problem.hint


def test_repeated_broken_links_have_positions() -> None:
    """A broken address that occurs three times is reported at three lines."""
    source = "[s](help:zzz)\n\nand [s](help:zzz) `help:zzz`\n\n```\n[s](help:zzz)\n```\n\nand [s](help:zzz)"
    places = [problem.position for problem in problems(source, world(first_line=10))]
    assert places == [Position(10, 5), Position(12, 9), Position(18, 9)]


def test_link_between_drafts_is_a_warning() -> None:
    """A link from a draft to a draft is a warning."""
    (problem,) = problems("See [s]({filename}/articles/draft/index.md).", world(live=False))
    assert (problem.name, problem.severity) == ("link-to-draft", Severity.WARNING)


def test_links_to_other_entries_are_returned() -> None:
    """Rendering returns every link to a part of another entry with anchor and position."""
    source = "[a]({filename}/articles/there/index.md#why) [b](/help/)\n\n## Part\n\n[c](#part) [d](help:samaritans)"
    assert RENDERER.render(source, world(first_line=5)).links == (
        LinkUse(PATH, "articles/there/index.md", "why", Position(5, 5)),
    )


def test_anchors_are_returned() -> None:
    """Rendering returns every anchor, including those of footnotes and block titles."""
    rendered = RENDERER.render("## A part\n\n[^n]: note\n\nx[^n]\n\n/// reflection\n- Why?\n///", world())
    assert rendered.anchors.value == {"a-part", "questions-to-ask-yourself", "fn:n", "fnref:n"}


@pytest.fixture
def use() -> Callable[[str, str], LinkUse]:
    """Return a function that creates links from this entry."""
    return lambda target, anchor: LinkUse(PATH, target, anchor, Position(3, 4))


def test_unknown_anchor_is_reported(use: Callable[[str, str], LinkUse]) -> None:
    """A link to an unknown anchor is reported with the most similar anchor."""
    (problem,) = check_anchors([use("b.md", "first-step"), use("b.md", "")], {"b.md": {"first-steps", "last"}})
    assert (problem.path, problem.position, problem.name) == (PATH, Position(3, 4), "unknown-anchor")
    assert "`b.md` has no part called `#first-step`" in problem.message
    assert problem.hint == "link to `#first-steps`"


def test_known_anchors(use: Callable[[str, str], LinkUse]) -> None:
    """Known anchors, links without anchors and links to unknown files are no problem."""
    assert check_anchors([use("b.md", "a"), use("b.md", ""), use("c.md", "x")], {"b.md": {"a"}}) == ()


def test_note_for_numbers_on_phone_bills() -> None:
    """The first link to a number that is listed on phone bills has a note."""
    made = html("Call [us](help:billed), or [us](help:billed) again, or [them](help:samaritans).")
    assert made == (
        '<p>Call <a href="tel:0300">us</a> (shows on a phone bill), or <a href="tel:0300">us</a> again, '
        'or <a href="tel:116123">them</a>.</p>'
    )
    assert "(shows on a phone bill)" in html("Call [us](help:billed).")


@pytest.mark.parametrize("name", ["a#1.jpg", "50%.jpg", "a%20b.jpg", "a%231.jpg", "why?.jpg"])
def test_a_file_may_have_signs_of_addresses_in_its_name(name: str) -> None:
    """A picture or another file is found by its name as it is, whatever signs that has."""
    shown = Picture("/images/x-400.jpg", 400, 300, "", media_type="image/jpeg", sources=())
    context = replace(world(), picture=lambda path: shown if path == f"articles/here/{name}" else None)
    assert 'src="/images/x-400.jpg"' in html(f"![A tree]({name})", context)
    assert 'href="/images/x-400.jpg"' in html(f"[A tree]({name})", context)
