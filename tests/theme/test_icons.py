"""The icons of the theme are one drawing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser

from plugins.publishing.web_manifest import ICONS
from tests.theme.icons import FAVICON, FAVICON_SIZES, PICTURES, THEME, Wanted, drawn

STATIC = THEME / "static"
#: Of 255: another version of a browser may draw an edge a little otherwise, and a palette shares few colours.
TOLERANCE = 24


def off(found: Image.Image, wanted: Image.Image) -> float:
    """Return how far apart the two pictures are: the mean over the channels of what differs by more than a trifle."""
    apart = ImageChops.difference(_on_white(found), _on_white(wanted)).convert("L")
    return sum(count for value, count in enumerate(apart.histogram()) if value > TOLERANCE) / (apart.width**2)


def _on_white(picture: Image.Image) -> Image.Image:
    whole = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", whole.size, "white"), whole).convert("RGB")


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_the_drawing(name: str, browser: Browser) -> None:
    """Each picture looks as the drawing does today; `python -m tests.theme.icons` draws them anew."""
    with Image.open(STATIC / name) as picture:
        assert picture.size == (PICTURES[name].size, PICTURES[name].size)
        assert off(picture, drawn(browser, PICTURES[name])) < 0.01, "run  python -m tests.theme.icons"


@pytest.mark.parametrize("size", FAVICON_SIZES)
def test_the_favicon_holds_the_drawing_in_each_size(size: int, browser: Browser) -> None:
    """The small icon that browsers ask for by themselves holds the drawing as it looks at that very size."""
    with Image.open(STATIC / FAVICON) as icon:
        icon.size = (size, size)  # type: ignore[misc]
        assert off(icon, drawn(browser, Wanted(size))) < 0.02, "run  python -m tests.theme.icons"


def test_another_drawing_is_noticed(browser: Browser, tmp_path: Path) -> None:
    """A drawing in another colour is not the one that the pictures show."""
    (tmp_path / "static").mkdir()
    drawing = (STATIC / "icon.svg").read_text(encoding="utf-8").replace("#e9b384", "#1f4d4a")
    (tmp_path / "static" / "icon.svg").write_text(drawing, encoding="utf-8")
    with Image.open(STATIC / "icon-192.png") as picture:
        assert off(picture, drawn(browser, PICTURES["icon-192.png"], tmp_path)) > 0.05


def test_every_icon_of_the_manifest_is_there() -> None:
    """The theme has each icon that the web manifest can name, in its size; an icon for any shape has a ground."""
    for icon in ICONS:
        assert (STATIC / icon.file).is_file(), icon.file
        if icon.file in PICTURES:
            wanted = PICTURES[icon.file]
            assert icon.sizes == f"{wanted.size}x{wanted.size}"
            assert wanted.ground == icon.maskable


def test_the_icons_are_small() -> None:
    """No icon weighs more than 4 kB."""
    assert all((STATIC / name).stat().st_size <= 4096 for name in (*PICTURES, FAVICON))


def test_no_shape_cuts_the_drawing() -> None:
    """All of the drawing on the icon for any shape lies within the circle of four fifths that every shape leaves."""
    with Image.open(STATIC / "icon-maskable-512.png") as picture:
        whole = picture.convert("RGB")
    ground = whole.getpixel((0, 0))
    for x in range(0, 512, 4):
        for y in range(0, 512, 4):
            if (x - 256) ** 2 + (y - 256) ** 2 > (0.4 * 512) ** 2:
                assert whole.getpixel((x, y)) == ground, (x, y)
