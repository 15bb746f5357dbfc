"""Test that uploaded pictures are prepared for the content folder, or refused."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.authoring.editor.browser import ARTICLE, Browser, files
from tests.sites.building import ROOT

#: 320 by 120 pixels, blue beside yellow, to be turned; the description says "at home".
HEIC = Path(__file__).parent / "turned.heic"


def _photograph() -> bytes:
    image = Image.new("RGB", (4000, 1000), "red")
    exif = image.getexif()
    exif[0x0112] = 6
    exif[0x010E] = "at home"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"secret", quality=50)
    return out.getvalue()


def test_a_picture_is_cleaned_before_it_is_written(page: Browser, article: Path) -> None:
    """An upload is rotated, scaled, stripped of metadata, and gets a free and safe name."""
    address = f"/write/do/picture/{ARTICLE}?name=..%2F..%2FMein%20Bild%C3%A4.JPEG"
    answer = page.post(address, _photograph())
    assert answer.data["name"] == "mein-bilda.jpg"
    written = (article.parent / "mein-bilda.jpg").read_bytes()
    assert b"secret" not in written
    assert b"at home" not in written
    with Image.open(io.BytesIO(written)) as image:
        assert image.size[1] > image.size[0]
        assert max(image.size) <= 2400
        assert not image.getexif()
    assert page.post(address, _photograph()).data["name"] == "mein-bilda-2.jpg"
    shown = page.get(f"/write/picture/{ARTICLE}?name=mein-bilda.jpg")
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.body == written


def test_a_heic_is_converted(page: Browser, article: Path) -> None:
    """Upright, as JPEG, and without what the telephone noted."""
    pytest.importorskip("pi_heif")
    assert b"at home" in HEIC.read_bytes()
    answer = page.post(f"/write/do/picture/{ARTICLE}?name=IMG_1.HEIC", HEIC.read_bytes())
    assert answer.data["name"] == "img-1.jpg"
    written = (article.parent / "img-1.jpg").read_bytes()
    assert b"at home" not in written
    with Image.open(io.BytesIO(written)) as image:
        assert image.size == (120, 320)
        assert not image.getexif()
        blue, yellow = (image.convert("RGB").getpixel((60, y)) for y in (40, 280))
    assert isinstance(blue, tuple)
    assert isinstance(yellow, tuple)
    assert blue[2] > blue[0]
    assert yellow[0] > yellow[2]


def test_without_its_library_a_heic_is_refused_with_what_to_do(
    page: Browser, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written."""
    monkeypatch.setitem(sys.modules, "pi_heif", None)
    before = files(page.content)
    told = page.post(f"/write/do/picture/{ARTICLE}?name=IMG_1.HEIC", HEIC.read_bytes())
    assert told.status == 422
    assert "-e '.[heic]'" in told.data["error"]
    assert files(page.content) == before


def test_what_cards_show_of_a_picture_is_the_themes_own_crop(page: Browser, article: Path) -> None:
    """The form shows it by the rules of the theme's pictures, and of its cards in columns."""
    form = page.get(f"/write/edit/{ARTICLE}").text
    assert '<span class="arch"><img alt="" data-crop></span>' in form
    style = page.get("/write/theme.css").text
    assert ".arch {" in style
    assert "object-fit: cover" in style
    assert "--paper" in style
    card = (ROOT / "theme" / "components" / "article-card" / "article-card.css").read_text()
    ours = page.get("/write/static/editor.css").text
    assert re.search(r"\.card-grid \.article-card > \.arch \{[^}]*aspect-ratio: 1;", card)
    assert ".crops .wide { aspect-ratio: 1; }" in ours


@pytest.mark.parametrize(
    "data", [b"", b"<svg/>", b"%PDF-1.7", b"\xff\xd8\xff", b"GIF89a", b"\0\0\0\x18ftypheic" + b"\0" * 40]
)
def test_what_is_no_picture_is_refused_in_words(page: Browser, article: Path, data: bytes) -> None:
    """A file without the bytes of a picture is refused, whatever its name."""
    before = files(page.content)
    answer = page.post(f"/write/do/picture/{ARTICLE}?name=a.jpg", data)
    assert answer.status == 422
    assert answer.data["error"][0].isupper()
    assert files(page.content) == before
