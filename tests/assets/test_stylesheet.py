"""The style sheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.assets.stylesheet import compact, files, stylesheet
from tests.sites.building import ROOT
from tests.sites.writing import write


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
    ("css", "small"),
    [
        ("/* hello */\na { color : red ; }\n", "a{color : red}"),
        ("a,\nb > c {\n  margin: 0 auto;\n  top: 0;\n}", "a,b>c{margin: 0 auto;top: 0}"),
        ("@media (min-width: 40em) {\n a { b: c; }\n}", "@media (min-width: 40em){a{b: c}}"),
        ("a { width: calc(1px + 2px); }", "a{width: calc(1px + 2px)}"),
        ("/* a { } */", ""),
    ],
)
def test_comments_and_needless_space_go(css: str, small: str) -> None:
    """What browsers do not need is taken out, and what they need stays, the space around a plus sign for example."""
    assert compact(css) == small


def test_the_whole_theme_is_in_it() -> None:
    """Every style file of the theme is in the style sheet, and no comment."""
    css = stylesheet(ROOT / "theme")
    assert "/*" not in css
    assert css.count("{") == css.count("}")
    for file in (ROOT / "theme").rglob("*.css"):
        if "static" not in file.parts:
            assert compact(file.read_text(encoding="utf-8")) in css
