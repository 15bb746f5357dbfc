"""A page contains the CSS that it uses."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from plugins.assets import page_style
from plugins.assets.page_style import PageStyles
from plugins.assets.stylesheet import inline_constants, read, rules, sheets
from plugins.base import html_tags
from tests.sites.building import ROOT

CSS = """
:root { --a: red; --b: var(--a); --c: blue; }
@media print { :root { --a: black; --b: black; --c: black } }
a { color: var(--b); }
.one { top: 0; }
.one .two, .three { left: 0; }
#four p { right: 0; }
@media print { .three { bottom: 0; } }
"""


@pytest.mark.parametrize(
    ("body", "included", "excluded"),
    [
        ('<p class="one">', [".one{top:0}"], ["left", "right", "bottom", "--"]),
        ('<p class="one"><b class="x two">', [".one .two{left:0}"], [".three"]),
        ('<b class="three">', [".three{left:0}", "@media print{.three{bottom:0}}"], [".one"]),
        ("<main id=four><p>", ["#four p{right:0}"], [".one"]),
        (
            "<a>x</a>",
            ["--a:red", "--b:var(--a)", "a{color:var(--b)}", "@media print{:root{--a:black;--b:black}}"],
            ["--c"],
        ),
        ("<template><i class='three'></i></template>", [".three{left:0}"], []),
        ("words", [], ["{"]),
    ],
)
def test_page_has_only_rules_that_it_uses(body: str, included: list[str], excluded: list[str]) -> None:
    """The style has the rules for elements in the page and its templates, and only custom properties in use."""
    css = PageStyles(read(CSS)).for_page(body, scripts=False).css
    assert [text for text in included if text not in css] == []
    assert [text for text in excluded if text in css] == []


_TAGS = [
    "<p>", "</p>", "<b class='one two'>", '<i class="two  one\n">', "<a id=x>", "<a id=''>", "<x:y class=.>",
    "<template>", "</template>", '<a href="/x" id="x">', '<b id="y" class="two">', '<i title=\' id="x"\'>',
    '<b id="&#120;">', '<i href="a>b" class="one">', 'id="x"', "<!-- <b class=gone> -->",
    "<script>'<i class=gone>'</script>", "words",
]  # fmt: skip


@given(st.lists(st.sampled_from(_TAGS), max_size=12).map("".join))
def test_names_of_a_page(body: str) -> None:
    """The names of a page are its elements, classes and the ids of selectors; those a parser adds are always there."""
    html = f"<main>{body}"
    expected: set[str] = set()
    for element in etree.HTML(html).iter(etree.Element):
        expected.add(element.tag)
        expected.update(f".{name}" for name in element.get("class", "").split())
        expected.update(f"#{element.get('id')}" for _ in range(bool(element.get("id"))))
    found = page_style._Names({"#x"}).of(html)
    assert found - page_style._ALWAYS - {"#y"} == expected - page_style._ALWAYS - {"#y"}


def test_rules_keep_their_order() -> None:
    """Rules are in the order of the theme."""
    css = PageStyles(read("p{a:b}.x{a:c}p{a:d}")).for_page('<p class="x">', scripts=False).css
    assert css == "p{a:b}.x{a:c}p{a:d}"


def test_policy_contains_the_hash_of_the_style() -> None:
    """The policy allows the style by its SHA-256 hash."""
    made = PageStyles(read("p{a:b}")).for_page("<p>ü</p>", scripts=False)
    digest = base64.b64encode(hashlib.sha256(made.css.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in made.policy


def test_style_of_a_short_page_is_small() -> None:
    """A page with one paragraph has less than 2 kB of CSS."""
    styles = PageStyles(inline_constants(rules(sheets(ROOT / "theme"))))
    assert len(styles.for_page("<main><p>Hello</p></main>", scripts=False).css) < 2_000


@pytest.mark.parametrize("page", ["\n", "<!-- not yet -->\n"])
def test_empty_page_has_a_style(page: str) -> None:
    """An empty page has a style, and so has one with a comment alone."""
    assert PageStyles(()).for_page(page, scripts=False).css == ""


def test_few_tags_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many different tags, the last ones are kept, and the names of each page are found."""
    monkeypatch.setattr(html_tags, "MAX_TAGS", 3)
    names = page_style._Names([f"#c{number}" for number in range(5)])
    for number in (*range(5), *range(5)):
        body = f'<p class="a{number}"><b id="c{number}"></b></p>'
        assert names.of(body) == {"p", f".a{number}", "b", f"#c{number}"}
    assert len(names._of_tags) <= 3
