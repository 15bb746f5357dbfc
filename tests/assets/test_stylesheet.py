"""The theme's style files are parsed and minified."""

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
    inline_constants,
    read,
    rules,
    sheets,
)
from tests.sites.building import ROOT
from tests.sites.writing import write


def minify(css: str) -> str:
    """Return ``css`` as in a page with every element and class in it."""
    styles = PageStyles(read(css))
    html = '<body><main class="x y" id="z"><a><b><c><p></p></c></b></a></main>'
    return styles.for_page(html, scripts=False).css


def test_order_of_style_files(tmp_path: Path) -> None:
    """Reset, tokens, base, compositions, components and utilities are in this order, each sorted by path."""
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
    ("css", "expected"),
    [
        ("/* hello */\na { color : red ; }\n", "a{color:red}"),
        ("a,\nb > c + p {\n  margin: 0 auto;\n  top: 0;\n}", "a,b>c+p{margin:0 auto;top:0}"),
        ("@media (min-width: 40em) {\n a { b: c; }\n}", "@media (min-width:40em){a{b:c}}"),
        (
            "@media (min-width: 1em) and (max-width: 2em) { a { b: c } }",
            "@media (min-width:1em) and (max-width:2em){a{b:c}}",
        ),
        ("@media print { @media (color) { a { b: c } } }", "@media print{@media (color){a{b:c}}}"),
        ("@page { margin: 1cm; }", "@page{margin:1cm}"),
        ("@view-transition { navigation: auto; }", "@view-transition{navigation:auto}"),
        (
            '@font-face { font-family: A; src: url(/a.woff2) format("woff2"); }',
            '@font-face{font-family:A;src:url(/a.woff2) format("woff2")}',
        ),
        (
            "@keyframes a { from { top: 0; } to { top: calc(100% - 1px); } }",
            "@keyframes a{from{top:0}to{top:calc(100% - 1px)}}",
        ),
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
def test_minify(css: str, expected: str) -> None:
    """Comments and unnecessary white space are removed; spaces around a plus and in quotes are kept."""
    assert minify(css) == expected


@pytest.mark.parametrize(
    "css",
    [
        "a { b }",
        "a { b: c",
        "a { b: c; } }",
        "a { b { c: d } }",
        "@keyframes a { to { b: c } d }",
        "@page { @b { c: d } }",
    ],
)
def test_invalid_css_is_an_error(css: str) -> None:
    """The error for invalid CSS contains the file and the line."""
    if css == "a { b: c":
        # CSS closes open blocks at the end of a file.
        assert read(css)
        return
    with pytest.raises(StyleError, match=r"bad\.css:1"):
        read(css, "bad.css")


def test_selector_needs() -> None:
    """Classes, ids and elements are needed, also in a single ``:has()``, but not states and attributes."""
    (rule,) = read(
        "main.x > a:not(.y):hover, #z [hidden]::before, :root, * + p:is(.q, b), i:has(.h), u:has(.h, .k) {a: b}"
    )
    assert isinstance(rule, StyleRule)
    needs = [set(selector.needs) for selector in rule.selectors]
    assert needs == [{"main", ".x", "a"}, {"#z"}, set(), {"p"}, {"i", ".h"}, {"u"}]


def test_inline_constants() -> None:
    """References to a constant custom property are replaced, also in other properties."""
    rules = inline_constants(
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


def test_inline_constants_with_a_cycle() -> None:
    """Properties that refer to each other do not cause an endless loop."""
    assert list(declarations(inline_constants(read(":root{--a:var(--b);--b:var(--a)}a{top:var(--a)}"))))


def test_theme_is_valid_css() -> None:
    """Every style file of the theme is valid, and every used custom property is set."""
    found = rules(sheets(ROOT / "theme"))
    assert len([rule for rule in found if isinstance(rule, StyleGroup)]) > 3
    all_declarations = list(declarations(found))
    assert {name for declaration in all_declarations for name in declaration.uses} <= {
        declaration.name for declaration in all_declarations
    }
