"""The style sheet: what is read of the theme's styles."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.assets.page_style import PageStyles
from plugins.assets.stylesheet import (
    StyleError,
    StyleGroup,
    StyleRule,
    declarations,
    files,
    folded,
    read,
    rules,
    sheets,
)
from tests.sites.building import ROOT
from tests.sites.writing import write


def small(css: str) -> str:
    """All of ``css`` as a page would get it that has every element and class in it."""
    styles = PageStyles(read(css))
    html = '<body><main class="x y" id="z"><a><b><c><p></p></c></b></a></main>'
    return styles.for_page(html, scripts=False).css


def test_the_order_is_the_cascade(tmp_path: Path) -> None:
    """Reset, tokens, base, compositions, components and utilities follow each other, each by path."""
    order = [
        "styles/base/reset.css",
        "styles/base/tokens.css",
        "styles/base/a.css",
        "styles/base/z.css",
        "styles/compositions/a.css",
        "components/a/a.css",
        "components/b/b.css",
        "styles/utilities/a.css",
    ]
    write(tmp_path, dict.fromkeys(reversed(order), b""))
    assert [file.relative_to(tmp_path).as_posix() for file in files(tmp_path)] == order


@pytest.mark.parametrize(
    ("css", "made"),
    [
        ("/* hello */\na { color : red ; }\n", "a{color:red}"),
        ("a,\nb > c + p {\n  margin: 0 auto;\n  top: 0;\n}", "a,b>c+p{margin:0 auto;top:0}"),
        ("@media (min-width: 40em) {\n a { b: c; }\n}", "@media (min-width:40em){a{b:c}}"),
        (
            "@media (min-width: 1em) and (max-width: 2em) { a { b: c } }",
            "@media (min-width:1em) and (max-width:2em){a{b:c}}",
        ),
        ("@media print { @media (color) { a { b: c } } }", "@media print{@media (color){a{b:c}}}"),
        ("@page { margin: 1cm; }", "@page{margin:1cm;}"),
        ("@view-transition { navigation: auto; }", "@view-transition{navigation:auto;}"),
        ("a { width: calc(1px + 2px); }", "a{width:calc(1px + 2px)}"),
        ("a :hover { b: c !important }", "a :hover{b:c!important}"),
        ('a::before { content: " { ; } /* , */ "; }', 'a::before{content:" { ; } /* , */ "}'),
        (
            '.x[href^="http"]::after { content: " (" attr(href) ")"; }',
            '.x[href^="http"]::after{content:" (" attr(href) ")"}',
        ),
        ("/* a { } */", ""),
        ("a { }", ""),
    ],
)
def test_comments_and_needless_space_go(css: str, made: str) -> None:
    """What browsers do not need is taken out; what they need stays: the space around a plus, all that is in quotes."""
    assert small(css) == made


@pytest.mark.parametrize("css", ["a { b }", "a { b: c", "a { b: c; } }", "a { b { c: d } }"])
def test_what_is_not_css_is_told(css: str) -> None:
    """A slip in a style file is an error that names the file, so that no rule is lost in silence."""
    if css == "a { b: c":
        # CSS closes what is open at the end of a file.
        assert read(css)
        return
    with pytest.raises(StyleError, match=r"slip\.css:1"):
        read(css, "slip.css")


def test_what_a_selector_needs() -> None:
    """Classes, ids and elements are needed, within one `:has()` too; states, attributes and other brackets are not."""
    (rule,) = read(
        "main.x > a:not(.y):hover, #z [hidden]::before, :root, * + p:is(.q, b), i:has(.h), u:has(.h, .k) {a: b}"
    )
    assert isinstance(rule, StyleRule)
    needs = [set(selector.needs) for selector in rule.selectors]
    assert needs == [{"main", ".x", "a"}, {"#z"}, set(), {"p"}, {"i", ".h"}, {"u"}]


def test_constants_are_folded() -> None:
    """A custom property that nothing changes becomes its value, also within another; one that changes stays."""
    rules = folded(
        read(
            ":root{--a:1px;--b:calc(var(--a) * 2);--c:red}a{top:var(--b);color:var(--c)}"
            "@media print{:root{--c:blue}}b{--d:1;left:var(--d)}p{right:var(--a,9px)}"
        )
    )
    texts = [declaration.text for declaration in declarations(rules)]
    assert "top:calc(1px * 2)" in texts
    assert "color:var(--c)" in texts
    assert "left:var(--d)" in texts
    assert "right:var(--a,9px)" in texts


def test_folding_ends() -> None:
    """Properties that refer to each other in a circle, which mean nothing in CSS, hold up nothing here."""
    assert list(declarations(folded(read(":root{--a:var(--b);--b:var(--a)}a{top:var(--a)}"))))


def test_the_whole_theme_is_css() -> None:
    """Every style file of the theme is understood, and every custom property that is used is set."""
    found = rules(sheets(ROOT / "theme"))
    assert len([rule for rule in found if isinstance(rule, StyleGroup)]) > 3
    stated = list(declarations(found))
    assert {name for declaration in stated for name in declaration.uses} <= {declaration.name for declaration in stated}
