"""Picture files are measured and checked before they are encoded."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import pytest

from plugins.base.files import FileChangedError, Files
from plugins.images.pictures import (
    MAX_SOURCE_BYTES,
    PictureError,
    PictureFile,
    check_length,
    encode_file,
    find,
    measure,
)
from plugins.views.views import Rendition
from tests.images.making import camera, moving, picture
from tests.sites.writing import write


def measured(folder: Path, path: str) -> PictureFile:
    """Return the measures of the picture ``path`` in ``folder``."""
    check_length(folder / path, path)
    return measure(folder, path, (folder / path).read_bytes)


@pytest.mark.parametrize(("form", "name"), [("PNG", "a.png"), ("JPEG", "a.JPG"), ("WEBP", "a.webp"), ("GIF", "a.gif")])
def test_measure(tmp_path: Path, form: str, name: str) -> None:
    """Width and height are those of the file, whatever its extension, and the fallback is JPEG."""
    found = measured(write(tmp_path, {f"articles/x/{name}": picture(form)}), f"articles/x/{name}").picture
    assert (found.width, found.height, found.media_type) == (12, 7, "image/jpeg")
    assert re.fullmatch(r"/images/[0-9a-f]{10}-12\.jpg", found.src)


def test_large_picture_has_three_formats_and_widths(tmp_path: Path) -> None:
    """A camera picture is offered as AVIF, WebP and JPEG in three widths."""
    write(tmp_path, {"a/lake.jpg": picture("JPEG", (1600, 900))})
    found = measured(tmp_path, "a/lake.jpg").picture
    assert (found.width, found.height) == (1200, 675)
    assert [source.media_type for source in found.sources] == ["image/avif", "image/webp", "image/jpeg"]
    assert {tuple(file.width for file in source.renditions) for source in found.sources} == {(400, 800, 1200)}
    assert found.sources[-1].renditions[-1] == Rendition(found.src, 1200)


@pytest.mark.parametrize(
    ("width", "widths"),
    [(1, (1,)), (400, (400,)), (401, (400, 401)), (1000, (400, 800, 1000)), (1200, (400, 800, 1200))],
)
def test_widths_are_not_larger_than_the_source(tmp_path: Path, width: int, widths: tuple[int, ...]) -> None:
    """The largest width is that of the source."""
    write(tmp_path, {"a.png": picture("PNG", (width, 10))})
    assert tuple(file.width for file in measured(tmp_path, "a.png").picture.sources[0].renditions) == widths


def test_transparent_picture_falls_back_to_png(tmp_path: Path) -> None:
    """The fallback of a picture with alpha is PNG."""
    write(tmp_path, {"a.png": picture("PNG", mode="RGBA"), "p.png": picture("PNG", mode="P", transparency=0)})
    for name in ("a.png", "p.png"):
        found = measured(tmp_path, name).picture
        assert (found.media_type, found.src[-3:]) == ("image/png", "png")


def test_size_with_orientation(tmp_path: Path) -> None:
    """Width and height of a rotated photograph are swapped."""
    write(tmp_path, {"a.jpg": camera((30, 20), orientation=6)})
    found = measured(tmp_path, "a.jpg").picture
    assert (found.width, found.height) == (20, 30)


def test_address_depends_on_the_bytes(tmp_path: Path) -> None:
    """The address depends only on the bytes of the file."""
    one, other = picture(colour="teal"), picture(colour="sienna")
    write(tmp_path, {"articles/x/cover.png": one, "articles/y/cover.png": other, "stories/x/cover.png": one})
    sources = [
        measured(tmp_path, f"{folder}/cover.png").picture.src for folder in ("articles/x", "articles/y", "stories/x")
    ]
    assert sources[0] == sources[2]
    assert len(set(sources)) == 2


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"\0" * 5_000, "is empty"),
        (b"no picture", "cannot be read"),
        (b"<?xml version='1.0'?><svg/>", "an SVG drawing, with the name of a picture"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><svg/>", "a page of the web"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0", "a pointer of Git LFS"),
        (picture("BMP"), "BMP, the format of old Windows programs"),
        (picture("TIFF"), "TIFF, the format of scanners"),
        (picture("PDF"), "a PDF"),
        (b"8BPS\0\1", "Photoshop"),
        (b"\0\0\0\x24ftypheic\0\0\0\0mif1", "HEIC, the format of iPhones"),
        (b"\0\0\0\x24ftypmif1\0\0\0\0heic", "HEIC, the format of iPhones"),
        (b"\0\0\0\x18ftypcrx \0\0\0\0", "raw data of a camera"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0", "a film"),
        (b"II*\0\x10\0\0\0CR\2\0", "raw data of a camera"),
        (b"\xd7\xcd\xc6\x9a\0\0", "WMF or EMF"),
        (b"\1\0\0\0\x6c\0\0\0".ljust(40, b"\1") + b" EMF", "WMF or EMF"),
        (b"PK\3\4\x14\0", "an office program"),
        (picture()[:20], "is damaged"),
        (b"\0\0\0\x20ftypavif\0\0\0\0", "is damaged"),
        (moving("GIF"), "moves"),
        (moving("WEBP"), "moves"),
        (moving("PNG"), "moves"),
        (moving("AVIF"), "moves"),
        (picture("JPEG") + b"\xff\xda" * 100, "more than 100 passes"),
        (picture("PNG", (1, 20_000)), "20,000 points high and 1 wide"),
    ],
)
def test_unsupported_files_are_errors(tmp_path: Path, data: bytes, says: str) -> None:
    """A file that is no supported still picture is an error that names its format."""
    with pytest.raises(PictureError, match=says):
        measured(write(tmp_path, {"a.jpg": data}), "a.jpg")


def test_very_high_picture_has_one_small_width(tmp_path: Path) -> None:
    """A very high picture gets one small width and keeps its proportions."""
    write(tmp_path, {"a.png": picture("PNG", (700, 17_000), mode="1", colour=0)})
    found = measured(tmp_path, "a.png").picture
    assert (found.width, found.height) == (405, 9_836)
    assert [file.width for file in found.sources[0].renditions] == [405]


def test_jpeg_scans_are_limited(tmp_path: Path) -> None:
    """The larger a picture, the fewer scans it may have; usual numbers are always accepted."""
    large = picture("JPEG", (6_000, 6_000), mode="L", colour=0)
    measured(write(tmp_path, {"a.jpg": large + b"\xff\xda" * 30}), "a.jpg")
    with pytest.raises(PictureError, match="more than 44 passes"):
        measured(write(tmp_path, {"a.jpg": large + b"\xff\xda" * 44}), "a.jpg")


def test_very_large_file_is_not_read(tmp_path: Path) -> None:
    """A file with too many bytes is refused before it is read."""
    with (tmp_path / "a.jpg").open("wb") as file:
        file.truncate(MAX_SOURCE_BYTES + 1)
    with pytest.raises(PictureError, match="100 million bytes"):
        measured(tmp_path, "a.jpg")


@pytest.mark.parametrize("side", [9_001, 40_000, 400_000])
def test_decompression_bomb_is_refused(tmp_path: Path, side: int) -> None:
    """A small file that declares an enormous size is refused without a warning."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunk = b"IHDR" + head
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(head)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    with pytest.raises(PictureError, match="million points"):
        measured(write(tmp_path, {"a.png": bomb + picture()[33:]}), "a.png")


def test_picture_that_changes_during_the_build(tmp_path: Path) -> None:
    """A picture that changes or disappears after it was measured stops the build."""
    found = measured(write(tmp_path, {"a.png": picture()}), "a.png")
    assert encode_file(found)
    write(tmp_path, {"a.png": picture(colour="sienna")})
    with pytest.raises(FileChangedError, match=r"a\.png changed while"):
        encode_file(found)
    (tmp_path / "a.png").unlink()
    with pytest.raises(FileChangedError):
        encode_file(found)


def test_find_is_sorted(tmp_path: Path) -> None:
    """Picture files at any depth are found in order, without hidden and other files."""
    write(tmp_path, {"b/a.png": b"", "a/z.JPEG": b"", "a/y.jfif": b"", "a/.hidden.png": b"", "a/notes.md": b""})
    assert find(Files(tmp_path).paths) == ["a/y.jfif", "a/z.JPEG", "b/a.png"]
