"""Encoding: from the bytes of one source to the files that readers get.

Nothing of a source's metadata passes: where a photograph was taken can tell where somebody lives. What the metadata say
about the picture itself, its orientation and its colours, is carried out first.
"""

from __future__ import annotations

import contextlib
import io
import math
from collections.abc import Callable, Iterator
from typing import Any

import PIL
from PIL import Image, ImageCms, ImageOps

#: Widths in pixels that a picture is made in; never larger than its source.
WIDTHS = (400, 800, 1200)
#: The greatest height of a file: WebP has fourteen bits for it.
TALLEST = 16_383
#: What the site reads, by the name that Pillow gives it.
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")

#: The most points in all files of one format of a picture. It bounds the time that a picture takes to encode, whatever
#: it shows: no clock is asked, so every machine makes the same files.
MOST_POINTS = 4_000_000
#: A file of more points is encoded quickly: a few percent larger, with the same quality.
CAREFUL_POINTS = 250_000
#: How many points a see-through point counts for: its alpha is encoded besides its colours.
_SEE_THROUGH = 2

_JPEG = {"quality": 76, "optimize": True, "progressive": True}
#: Per suffix: Pillow's name of the format, how a small file is written, and how a large one. One thread each: pictures
#: are made side by side.
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
#: Changes whenever the same source would give other bytes.
RECIPE = f"{PIL.__version__} {WIDTHS} {MOST_POINTS} {CAREFUL_POINTS} {_RECIPES} 2"


class DamagedError(ValueError):
    """The picture breaks off, or holds what no picture holds."""


@contextlib.contextmanager
def reading() -> Iterator[None]:
    """Raise ``DamagedError`` for whatever Pillow raises inside: each of its readers has ways of its own."""
    try:
        yield
    except MemoryError:
        # Not the picture's fault: it is no larger than others.
        raise
    except Exception as error:
        raise DamagedError(str(error)) from error


def suffixes(*, see_through: bool) -> tuple[str, ...]:
    """Return the formats of a picture, the smallest first; the last is one that every browser and feed reader knows."""
    return ("avif", "webp", "png" if see_through else "jpg")


def widths(source: tuple[int, int], *, see_through: bool) -> tuple[int, ...]:
    """Return the widths that a picture of the size ``source`` is made in; none where it is a line that cannot be shown.

    A very high picture is made less wide and in fewer widths, so that no file is higher than ``TALLEST`` and all of one
    format have no more than ``MOST_POINTS`` together.
    """
    across, down = source
    most = MOST_POINTS // (_SEE_THROUGH if see_through else 1)
    widest = min(across, WIDTHS[-1], across * TALLEST // down, math.isqrt(most * across // down))
    if not widest:
        return ()
    left = MOST_POINTS - points((widest, height(widest, source)), see_through=see_through)
    narrower = []
    for width in WIDTHS[:-1]:
        left -= points((width, height(width, source)), see_through=see_through)
        if width >= widest or left < 0:
            break
        narrower.append(width)
    return (*narrower, widest)


def points(size: tuple[int, int], *, see_through: bool) -> int:
    """Return how many points a file of the size ``size`` counts for; a see-through one has its alpha besides."""
    return size[0] * size[1] * (_SEE_THROUGH if see_through else 1)


def options(suffix: str, size: tuple[int, int], *, see_through: bool) -> dict[str, Any]:
    """Return Pillow's options for a file of the size ``size``: a large one is encoded quickly."""
    _, careful, quick = _RECIPES[suffix]
    return careful if points(size, see_through=see_through) <= CAREFUL_POINTS else quick


def height(width: int, source: tuple[int, int]) -> int:
    """Return the height that keeps the proportions of ``source`` at ``width``."""
    return max(1, round(source[1] * width / source[0]))


def is_see_through(image: Image.Image) -> bool:
    """Tell whether the picture may have parts that let the page shine through."""
    return "A" in image.mode.upper().replace("LAB", "") or "transparency" in image.info


def is_turned(image: Image.Image) -> bool:
    """Tell whether the camera lay on its side, so that width and height change places."""
    sideways = range(5, 9)
    with contextlib.suppress(DamagedError), reading():
        return image.getexif().get(0x0112) in sideways
    return False


def is_damaged(data: bytes) -> bool:
    """Tell whether ``encode`` could make no files of ``data``; far quicker than to make them."""
    try:
        _decoded(data)
    except DamagedError:
        return True
    return False


def encode(data: bytes) -> dict[str, bytes]:
    """Return the files of the picture ``data``, by ``<width>.<suffix>``.

    Raises:
        DamagedError: when the picture is damaged.
    """
    image, see_through = _decoded(data)
    made: dict[str, bytes] = {}
    for width in widths(image.size, see_through=see_through):
        size = (width, height(width, image.size))
        scaled = image if size == image.size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
        for suffix in suffixes(see_through=see_through):
            made[f"{width}.{suffix}"] = written(scaled, suffix)
    return made


def _decoded(data: bytes) -> tuple[Image.Image, bool]:
    """The picture upright and in the colours of screens, and whether it is see-through."""
    with reading(), Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        opened.seek(0)
        opened.load()
        see_through = is_see_through(opened)
        upright = ImageOps.exif_transpose(opened)
    return _in_screen_colours(upright, see_through=see_through), see_through


def written(image: Image.Image, suffix: str) -> bytes:
    """Return the file that ``image`` makes in the format of ``suffix``, without metadata."""
    bare = image.copy()
    # Some of Pillow's writers take a comment or a profile from here unasked.
    bare.info.clear()
    out = io.BytesIO()
    bare.save(out, _RECIPES[suffix][0], **options(suffix, image.size, see_through=is_see_through(image)))
    return out.getvalue()


def _in_screen_colours(image: Image.Image, *, see_through: bool) -> Image.Image:
    """Return ``image`` in sRGB: without its profile, numbers would mean other colours."""
    mode = "RGBA" if see_through else "RGB"
    if image.mode.startswith(("I", "F")):
        # Sixteen bits a point; Pillow would cut instead of scale.
        eight_bits: Callable[[float], float] = lambda value: value / 256  # noqa: E731 - Pillow wants an expression
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
