"""Pictures."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from plugins.images.pictures import PictureError, find, measure
from tests.sites.writing import write


def picture(form: str = "PNG", size: tuple[int, int] = (12, 7), colour: str = "teal") -> bytes:
    """The bytes of a picture."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form)
    return out.getvalue()


@pytest.mark.parametrize(
    ("form", "name", "media_type"),
    [
        ("PNG", "a.png", "image/png"),
        ("JPEG", "a.JPG", "image/jpeg"),
        ("WEBP", "a.webp", "image/webp"),
        ("GIF", "a.gif", "image/gif"),
    ],
)
def test_a_picture_is_measured(tmp_path: Path, form: str, name: str, media_type: str) -> None:
    """Width, height, bytes and media type are those of the file, whatever its name says."""
    data = picture(form)
    found = measure(write(tmp_path, {f"articles/x/{name}": data}), f"articles/x/{name}").picture
    assert (found.width, found.height, found.length, found.media_type) == (12, 7, len(data), media_type)
    assert found.src.startswith("/images/a-")
    assert found.src.endswith(Path(name).suffix.lower())


def test_the_address_follows_the_bytes(tmp_path: Path) -> None:
    """The same bytes have the same address on every machine, others another; a cover takes the name of its folder."""
    one, other = picture(colour="teal"), picture(colour="sienna")
    write(tmp_path, {"articles/x/cover.png": one, "articles/y/cover.png": other, "stories/x/cover.png": one})
    sources = [
        measure(tmp_path, f"{folder}/cover.png").picture.src for folder in ("articles/x", "articles/y", "stories/x")
    ]
    assert sources[0] == sources[2]
    assert len(set(sources)) == 2
    assert sources[1].startswith("/images/y-")


@pytest.mark.parametrize(
    ("data", "says"), [(b"", "cannot be read"), (b"<svg/>", "cannot be read"), (picture("BMP"), "BMP file")]
)
def test_what_browsers_do_not_show_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    """A file that is no picture, or one of a kind that not every browser shows, is an error that says so."""
    with pytest.raises(PictureError, match=says):
        measure(write(tmp_path, {"a.jpg": data}), "a.jpg")


def test_a_truncated_picture_is_refused(tmp_path: Path) -> None:
    """A picture whose header alone arrived is an error."""
    with pytest.raises(PictureError):
        measure(write(tmp_path, {"a.png": picture()[:20]}), "a.png")


def test_pictures_are_found_in_order(tmp_path: Path) -> None:
    """Picture files at any depth are found in one order, hidden ones and other files left out."""
    write(tmp_path, {"b/a.png": b"", "a/z.JPEG": b"", "a/.hidden.png": b"", "a/notes.md": b""})
    assert find(tmp_path) == ["a/z.JPEG", "b/a.png"]
