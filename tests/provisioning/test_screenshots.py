"""Test the screenshots of every page."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from tests.provisioning import screenshots

pytestmark = pytest.mark.real

PAGE = """<!doctype html><html lang="en"><title>Page</title>
<style>html { background: white } @media (prefers-color-scheme: dark) { html { background: black } }</style>"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site of three pages, one of which is a redirect."""
    site = tmp_path / "output"
    (site / "articles" / "one").mkdir(parents=True)
    (site / "index.html").write_text(PAGE, encoding="utf-8")
    (site / "articles" / "one" / "index.html").write_text(PAGE + "<div style='height: 2000px'>", encoding="utf-8")
    (site / "404.html").write_text(PAGE, encoding="utf-8")
    (site / "articles" / "index.html").write_text('<meta http-equiv="refresh" content="0; url=/">', encoding="utf-8")
    return site


def test_every_page_has_a_screenshot(site: Path, tmp_path: Path) -> None:
    """Each page has a full-height screenshot for each width and colour scheme, and all are in the gallery."""
    to = tmp_path / "pictures"
    # Runs in another thread, because Playwright starts once in a thread, and the tests' browser uses this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(screenshots.take, str(site), str(to)).result()
    taken = {path.relative_to(to).as_posix() for path in to.rglob("*.png")}
    assert taken == {
        f"{width}-{scheme}/{name}.png"
        for width in (360, 768, 1280)
        for scheme in ("light", "dark")
        for name in ("home", "articles--one", "404")
    }
    gallery = (to / "index.html").read_text(encoding="utf-8")
    assert all(f'src="{path}"' in gallery for path in taken)
    with Image.open(to / "360-light" / "articles--one.png") as light, Image.open(to / "360-dark" / "home.png") as dark:
        assert light.width == 360
        assert light.height >= 2000
        assert light.convert("L").getpixel((0, 0)) == 255
        assert dark.convert("L").getpixel((0, 0)) == 0


def test_a_missing_site_is_reported(tmp_path: Path) -> None:
    """For a folder without pages, the error names the command to run first."""
    with pytest.raises(SystemExit, match="Build the site first, with  inv build"):
        screenshots.take(str(tmp_path), str(tmp_path / "pictures"))
