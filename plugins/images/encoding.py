"""Encode a picture in the formats and widths that the site publishes.

The files contain no metadata of the source, because the place of a photograph can disclose where somebody lives. The
orientation and the colour profile are applied to the pixels first.
"""

from __future__ import annotations

import contextlib
import io
import math
from collections.abc import Callable, Iterator
from typing import Any

import PIL
from PIL import Image, ImageCms, ImageOps

#: Widths in pixels, up to that of the source.
WIDTHS = (400, 800, 1200)
#: The greatest height of WebP.
MAX_HEIGHT = 16_383
#: Pillow's names of the formats that the site reads.
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")

#: The most pixels in all files of one format of a picture. This limits the time of encoding without a clock, so that
#: the files are the same on every machine.
MAX_PIXELS = 4_000_000
#: A source with more pixels is halved while it is read, because its colours would take seconds to convert. It stays
#: larger than the largest file.
HALVED_PIXELS = 25_000_000
#: A file with more pixels is encoded with fast options, which make it a few per cent larger.
FAST_PIXELS = 250_000
#: Weight of a transparent pixel, whose alpha is encoded in addition to its colours.
_ALPHA_WEIGHT = 2
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: Bytes of a chunk of a PNG besides its data: length, name and checksum.
_PNG_CHUNK = 12

_JPEG = {"quality": 76, "optimize": True, "progressive": True}
#: By suffix: Pillow's name of the format, the options for a small file, and those for a large one. Encoders use one
#: thread, because pictures are encoded in parallel.
_RECIPES: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "avif": (
        "AVIF",
        {"quality": 52, "speed": 6, "max_threads": 1},
        {"quality": 52, "speed": 9, "max_threads": 1},
    ),
    "webp": ("WEBP", {"quality": 74, "method": 4}, {"quality": 74, "method": 2}),
    "jpg": ("JPEG", _JPEG, _JPEG),
    "png": ("PNG", {"optimize": True}, {"compress_level": 4}),
}
#: Changes when the same source results in other bytes.
RECIPE = f"{PIL.__version__} {WIDTHS} {MAX_PIXELS} {HALVED_PIXELS} {FAST_PIXELS} {_RECIPES} 2"


class DamagedError(ValueError):
    """The picture is truncated or invalid."""


@contextlib.contextmanager
def reading() -> Iterator[None]:
    """Raise ``DamagedError`` for any error of Pillow, whose readers raise many types."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        raise DamagedError(str(error)) from error


def suffixes(*, transparent: bool) -> tuple[str, ...]:
    """Return the formats of a picture, smallest files first; all browsers and feed readers support the last."""
    return ("avif", "webp", "png" if transparent else "jpg")


def widths(source: tuple[int, int], *, transparent: bool) -> tuple[int, ...]:
    """Return the widths of the files of a picture of the size ``source``, or () if it is too high for any width.

    A very high picture gets smaller and fewer widths, so that no file is higher than ``MAX_HEIGHT`` and all files of
    one format have at most ``MAX_PIXELS`` pixels.
    """
    across, down = source
    most = MAX_PIXELS // (_ALPHA_WEIGHT if transparent else 1)
    widest = min(across, WIDTHS[-1], across * MAX_HEIGHT // down, math.isqrt(most * across // down))
    if not widest:
        return ()
    remaining = MAX_PIXELS - points((widest, height(widest, source)), transparent=transparent)
    narrower = []
    for width in WIDTHS[:-1]:
        remaining -= points((width, height(width, source)), transparent=transparent)
        if width >= widest or remaining < 0:
            break
        narrower.append(width)
    return (*narrower, widest)


def points(size: tuple[int, int], *, transparent: bool) -> int:
    """Return the weighted number of pixels of a file of the size ``size``."""
    return size[0] * size[1] * (_ALPHA_WEIGHT if transparent else 1)


def options(suffix: str, size: tuple[int, int], *, transparent: bool) -> dict[str, Any]:
    """Return Pillow's options for a file of the size ``size``: a large one is encoded quickly."""
    _, careful, quick = _RECIPES[suffix]
    return careful if points(size, transparent=transparent) <= FAST_PIXELS else quick


def height(width: int, source: tuple[int, int]) -> int:
    """Return the height that keeps the proportions of ``source`` at ``width``."""
    return max(1, round(source[1] * width / source[0]))


def is_transparent(image: Image.Image) -> bool:
    """Return whether the picture may have transparent parts."""
    return "A" in image.mode.upper().replace("LAB", "") or "transparency" in image.info


def is_rotated(image: Image.Image) -> bool:
    """Return whether the EXIF orientation swaps width and height."""
    sideways = range(5, 9)
    with contextlib.suppress(DamagedError), reading():
        return image.getexif().get(0x0112) in sideways
    return False


def is_damaged(data: bytes) -> bool:
    """Return whether ``encode`` would raise ``DamagedError``, without encoding."""
    try:
        _decoded(data)
    except DamagedError:
        return True
    return False


def encode(data: bytes) -> dict[str, bytes]:
    """Return the encoded files of the picture ``data``, by ``<width>.<suffix>``.

    Raises:
        DamagedError: when the picture is damaged.
    """
    image, source, transparent = _decoded(data)
    made: dict[str, bytes] = {}
    for width in widths(source, transparent=transparent):
        size = (width, height(width, source))
        scaled = image if size == image.size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
        for suffix in suffixes(transparent=transparent):
            made[f"{width}.{suffix}"] = to_bytes(scaled, suffix)
    return made


def _decoded(data: bytes) -> tuple[Image.Image, tuple[int, int], bool]:
    """Return the picture with its orientation applied and in sRGB, its whole size, and whether it may be transparent.

    A picture of more than ``HALVED_PIXELS`` has half its width and height.
    """
    with reading(), Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        opened.seek(0)
        across, down = opened.size
        source = (down, across) if is_rotated(opened) else (across, down)
        large = across * down > HALVED_PIXELS
        # Only the reader of JPEG can halve a picture by itself.
        halved = large and opened.draft(None, (across // 2, down // 2)) is not None
        opened.load()
        if _is_cut_off(data, opened.format):
            raise DamagedError("the end of the file is missing")
        transparent = is_transparent(opened)
        image = _halved(opened, transparent=transparent) if large and not halved else opened
        upright = ImageOps.exif_transpose(image)
    return _in_screen_colours(upright, transparent=transparent), source, transparent


def _is_cut_off(data: bytes, form: str | None) -> bool:
    """Return whether the end of a PNG or a GIF is missing, for which Pillow raises nothing if few pixels are lost."""
    if form == "GIF":
        return not data.rstrip(b"\0").endswith(b";")
    if form != "PNG":
        return False
    at = len(_PNG_SIGNATURE)
    while len(data) >= at + _PNG_CHUNK:
        length, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        at += _PNG_CHUNK + length
        if name == b"IEND":
            return len(data) < at
    return True


def _halved(image: Image.Image, *, transparent: bool) -> Image.Image:
    """Return ``image`` with half its width and height."""
    if image.mode in {"1", "P"} or "transparency" in image.info:
        image = image.convert("RGBA" if transparent else "RGB")
    elif image.mode.startswith("I;"):
        image = image.convert("I")
    return image.reduce(2)


def to_bytes(image: Image.Image, suffix: str) -> bytes:
    """Return ``image`` encoded in the format of ``suffix``, without metadata."""
    stripped = image.copy()
    # Some of Pillow's encoders write a comment or a profile from ``info`` by default.
    stripped.info.clear()
    out = io.BytesIO()
    stripped.save(out, _RECIPES[suffix][0], **options(suffix, image.size, transparent=is_transparent(image)))
    return out.getvalue()


def _in_screen_colours(image: Image.Image, *, transparent: bool) -> Image.Image:
    """Return ``image`` converted from its colour profile to sRGB."""
    mode = "RGBA" if transparent else "RGB"
    if image.mode.startswith(("I", "F")):
        # Pillow clips sixteen-bit values instead of scaling them.
        eight_bits: Callable[[float], float] = lambda value: value / 256  # noqa: E731 - Pillow requires an expression
        image = image.convert("I").point(eight_bits).convert("L")
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "CMYK", "L", "RGBA"}:
        with contextlib.suppress(DamagedError), reading():
            source, target = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            output = "RGBA" if image.mode == "RGBA" else "RGB"
            converted = ImageCms.profileToProfile(image, source, target, outputMode=output)
            if converted is not None:
                image = converted
    return image.convert(mode)
