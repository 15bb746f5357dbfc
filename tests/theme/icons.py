"""Write the icons of the theme from ``icon.svg``: ``python -m tests.theme.icons``.

Run it after a change of that drawing or of the page colour. A test fails when the icons are out of date.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from plugins.views.palette import palette
from tests.provisioning import LAUNCH_FLAGS, chromium

ROOT = Path(__file__).resolve().parents[2]
THEME = ROOT / "theme"


class Icon(Struct, frozen=True):
    """An icon file to write.

    Attributes:
        size: width and height in pixels.
        share: fraction of the size that the drawing takes.
        ground: True for a background in the page colour, False for a transparent one.
    """

    size: int
    share: float = 1.0
    ground: bool = False


#: The last two are maskable: a drawing on a background, within the safe zone.
PICTURES: Mapping[str, Icon] = {
    "icon-192.png": Icon(192),
    "icon-512.png": Icon(512),
    "icon-maskable-512.png": Icon(512, 0.62, ground=True),
    "apple-touch-icon.png": Icon(180, 0.7, ground=True),
}
FAVICON = "favicon.ico"
FAVICON_SIZES = (16, 32, 48)


def drawn(browser: Browser, wanted: Icon, theme: Path = THEME) -> Image.Image:
    """Return the drawing of ``theme`` as the icon ``wanted``, rendered by a browser."""
    paper = "rgb{}".format(palette(theme)["paper"]) if wanted.ground else "transparent"
    side = round(wanted.size * wanted.share)
    drawing = (theme / "static" / "icon.svg").read_text(encoding="utf-8")
    page = browser.new_page(viewport={"width": wanted.size, "height": wanted.size})
    page.set_content(
        f"<!doctype html><style>html {{ background: {paper} }} svg {{ position: fixed; inset: 0; margin: auto; "
        f"width: {side}px; height: {side}px }}</style>{drawing}"
    )
    shot = page.screenshot(omit_background=True)
    page.close()
    return Image.open(io.BytesIO(shot)).convert("RGB" if wanted.ground else "RGBA")


def main() -> None:
    """Write every icon into the theme."""
    static = THEME / "static"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium()), args=list(LAUNCH_FLAGS))
        for name, wanted in PICTURES.items():
            # A palette is enough for three colours and the shades between them.
            picture = drawn(browser, wanted)
            method = Image.Quantize.FASTOCTREE if picture.mode == "RGBA" else Image.Quantize.MEDIANCUT
            picture.quantize(20, method=method, dither=Image.Dither.NONE).save(static / name, optimize=True)
        *smaller, largest = (drawn(browser, Icon(size)) for size in FAVICON_SIZES)
        sizes = [(size, size) for size in FAVICON_SIZES]
        largest.save(static / FAVICON, sizes=sizes, append_images=smaller)
        browser.close()


if __name__ == "__main__":
    main()
