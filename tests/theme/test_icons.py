"""Test that the icons of the theme match ``icon.svg``."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser

from plugins.publishing.web_manifest import ICONS
from tests.theme.icons import FAVICON, FAVICON_SIZES, PICTURES, THEME, Icon, drawn

STATIC = THEME / "static"
#: Out of 255. Browser versions differ in antialiasing, and a palette has few colours.
TOLERANCE = 24


def _deviation(found: Image.Image, wanted: Image.Image) -> float:
    """Return the fraction of pixels that differ by more than ``TOLERANCE``."""
    apart = ImageChops.difference(_on_white(found), _on_white(wanted)).convert("L")
    return sum(count for value, count in enumerate(apart.histogram()) if value > TOLERANCE) / (apart.width**2)


def _on_white(picture: Image.Image) -> Image.Image:
    whole = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", whole.size, "white"), whole).convert("RGB")


@pytest.mark.parametrize("name", PICTURES)
def test_icons_match_the_drawing(name: str, browser: Browser) -> None:
    """Each icon matches the drawing; ``python -m tests.theme.icons`` writes them."""
    with Image.open(STATIC / name) as picture:
        assert picture.size == (PICTURES[name].size, PICTURES[name].size)
        assert _deviation(picture, drawn(browser, PICTURES[name])) < 0.01, "run  python -m tests.theme.icons"


@pytest.mark.parametrize("size", FAVICON_SIZES)
def test_the_favicon_has_every_size(size: int, browser: Browser) -> None:
    """The favicon contains the drawing, rendered at each of its sizes."""
    with Image.open(STATIC / FAVICON) as icon:
        icon.size = (size, size)  # type: ignore[misc]
        assert _deviation(icon, drawn(browser, Icon(size))) < 0.02, "run  python -m tests.theme.icons"


def test_a_changed_drawing_is_detected(browser: Browser, tmp_path: Path) -> None:
    """A drawing in another colour does not match the icons."""
    (tmp_path / "static").mkdir()
    drawing = (STATIC / "icon.svg").read_text(encoding="utf-8").replace("#e9b384", "#1f4d4a")
    (tmp_path / "static" / "icon.svg").write_text(drawing, encoding="utf-8")
    with Image.open(STATIC / "icon-192.png") as picture:
        assert _deviation(picture, drawn(browser, PICTURES["icon-192.png"], tmp_path)) > 0.05


def test_icons_of_the_manifest_exist() -> None:
    """The theme has each icon of the web manifest in its size, and maskable icons have a background."""
    for icon in ICONS:
        assert (STATIC / icon.file).is_file(), icon.file
        if icon.file in PICTURES:
            wanted = PICTURES[icon.file]
            assert icon.sizes == f"{wanted.size}x{wanted.size}"
            assert wanted.ground == icon.maskable


def test_the_icons_are_small() -> None:
    """No icon is larger than 4 kB."""
    assert all((STATIC / name).stat().st_size <= 4096 for name in (*PICTURES, FAVICON))


def test_maskable_icons_keep_the_safe_zone() -> None:
    """The drawing of a maskable icon is within a circle of four fifths of its size."""
    with Image.open(STATIC / "icon-maskable-512.png") as picture:
        whole = picture.convert("RGB")
    ground = whole.getpixel((0, 0))
    for x in range(0, 512, 4):
        for y in range(0, 512, 4):
            if (x - 256) ** 2 + (y - 256) ** 2 > (0.4 * 512) ** 2:
                assert whole.getpixel((x, y)) == ground, (x, y)
