"""The style of a page."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from plugins.assets import page_style
from plugins.assets.page_style import PageStyles
from plugins.assets.stylesheet import folded, read, rules, sheets
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
    ("body", "holds", "lacks"),
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
def test_a_page_gets_what_it_can_use(body: str, holds: list[str], lacks: list[str]) -> None:
    """Rules for what the page has are in its style, templates too; no other is, and no property that nothing uses."""
    css = PageStyles(read(CSS)).for_page(body, scripts=False).css
    assert [text for text in holds if text not in css] == []
    assert [text for text in lacks if text in css] == []


_TAGS = [
    "<p>", "</p>", "<b class='one two'>", '<i class="two  one\n">', "<a id=x>", "<a id=''>", "<x:y class=.>",
    "<template>", "</template>", "<!-- <b class=gone> -->", "<script>'<i class=gone>'</script>", "words",
]  # fmt: skip


@given(st.lists(st.sampled_from(_TAGS), max_size=12).map("".join))
def test_every_element_class_and_id_counts(body: str) -> None:
    """A page has the names of each of its elements, whatever stands around it, and no other names."""
    html = f"<main>{body}"
    expected: set[str] = set()
    for element in etree.HTML(html).iter(etree.Element):
        expected.add(element.tag)
        expected.update(f".{name}" for name in element.get("class", "").split())
        expected.update(f"#{element.get('id')}" for _ in range(bool(element.get("id"))))
    assert page_style._names(html) == expected


def test_the_order_stays() -> None:
    """Rules stand in the page in the order of the theme."""
    css = PageStyles(read("p{a:b}.x{a:c}p{a:d}")).for_page('<p class="x">', scripts=False).css
    assert css == "p{a:b}.x{a:c}p{a:d}"


def test_the_policy_allows_the_style_by_its_hash() -> None:
    """The hash in the policy is that of the style, as browsers reckon it."""
    made = PageStyles(read("p{a:b}")).for_page("<p>ü</p>", scripts=False)
    digest = base64.b64encode(hashlib.sha256(made.css.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in made.policy


def test_the_style_of_an_empty_page_is_small() -> None:
    """A page with next to nothing in it carries next to nothing of the theme."""
    styles = PageStyles(folded(rules(sheets(ROOT / "theme"))))
    assert len(styles.for_page("<main><p>Hello</p></main>", scripts=False).css) < 2_000


def test_an_empty_page_has_a_style() -> None:
    """A page with nothing in it gets what every page gets."""
    assert PageStyles(()).for_page("\n", scripts=False).css == ""
