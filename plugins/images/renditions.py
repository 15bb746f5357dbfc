"""Determine the formats, widths and options of the files that the site publishes of a picture."""

from __future__ import annotations

import math
from typing import Any

import PIL

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

_JPEG = {"quality": 76, "optimize": True, "progressive": True}
#: By suffix: Pillow's name of the format, the options for a small file, and those for a large one. Encoders use one
#: thread, because pictures are encoded in parallel.
RECIPES: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
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
RECIPE = f"{PIL.__version__} {WIDTHS} {MAX_PIXELS} {HALVED_PIXELS} {FAST_PIXELS} {RECIPES} 2"


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
    _, careful, quick = RECIPES[suffix]
    return careful if points(size, transparent=transparent) <= FAST_PIXELS else quick


def height(width: int, source: tuple[int, int]) -> int:
    """Return the height that keeps the proportions of ``source`` at ``width``."""
    return max(1, round(source[1] * width / source[0]))
