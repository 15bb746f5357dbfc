"""Fonts are named by their content, and style files get their addresses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.assets.fonts import fonts, with_addresses
from plugins.assets.stylesheet import StyleError
from tests.sites.building import Built
from tests.sites.writing import write

CSS = '@font-face { src: url("../../fonts/a.woff2") format("woff2"); }'


def test_font_address_depends_on_its_bytes(tmp_path: Path) -> None:
    """The address of a font has a hash of its bytes, and only fonts are published."""
    (one,), (other,) = (
        [font.permalink for font in fonts(write(tmp_path / name, {"fonts/a.woff2": data, "fonts/OFL.txt": b"x"}))]
        for name, data in (("one", b"1"), ("other", b"2"))
    )
    assert one != other
    assert re.fullmatch(r"/theme/a-[0-9a-f]{10}\.woff2", one)


def test_styles_get_the_address_of_a_font() -> None:
    """A style file names the file of a font, and a page its address."""
    made = with_addresses([("fonts.css", CSS)], {"a.woff2": "/community/theme/a-1.woff2"})
    assert made == (("fonts.css", '@font-face { src: url(/community/theme/a-1.woff2) format("woff2"); }'),)


def test_an_unknown_font_is_an_error() -> None:
    """A font that the theme does not have is an error that names the style file."""
    with pytest.raises(StyleError, match=r"fonts\.css: there is no font theme/fonts/a\.woff2"):
        with_addresses([("fonts.css", CSS)], {})


def test_the_site_has_one_font(minimal: Built) -> None:
    """The site publishes one font, and every page that has styles uses it."""
    (font,) = [path for path in minimal.files() if path.endswith(".woff2")]
    for path in minimal.files():
        if path.endswith(".html") and (styles := minimal.page(f"/{path}").select("style")):
            assert f"/{font})" in str(styles[0].string), path
