"""Prepare an uploaded picture for the content folder.

The format is detected from its bytes. The picture is rotated by its EXIF orientation and scaled down to the largest
size that a page shows. All metadata is removed, because it can contain the place of somebody's home.
"""

from __future__ import annotations

import importlib
import io
import warnings
from collections.abc import Container
from pathlib import PurePath

from msgspec import Struct
from PIL import Image, ImageOps

from plugins.base.picture_files import MAX_SOURCE_PIXELS, is_heic
from plugins.content_model.fields import as_slug

#: Longest side, in pixels: twice the largest size on a page.
LONGEST_SIDE = 2400
_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF", "BMP")
_QUALITY = 88


class UploadError(ValueError):
    """The picture cannot be used. The message says why and what to do."""


class Upload(Struct, frozen=True):
    """A prepared picture.

    Attributes:
        data: its bytes.
        ending: its file extension.
        size: width and height.
        message: the changes, in words for the author.
    """

    data: bytes
    ending: str
    size: tuple[int, int]
    message: str


def cleaned(data: bytes) -> Upload:
    """Return the picture in ``data`` upright, without metadata, and scaled down.

    Raises:
        UploadError: if it is no picture, or has too many pixels.
    """
    formats: tuple[str, ...] = _FORMATS
    if is_heic(data):
        formats = _heic()
    try:
        with warnings.catch_warnings():
            # Up to twice its limit, Pillow only warns.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=formats) as opened:
                _refuse_large(opened)
                opened.seek(0)
                # Decoding a JPEG at a reduced size is faster.
                opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                opened.load()
                upright = ImageOps.exif_transpose(opened)
                profile = opened.info.get("icc_profile")
                was = opened.size
    except UploadError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise UploadError("The picture is larger than any page can show. Save a smaller copy of it.") from error
    except MemoryError:
        raise
    except Exception as error:
        raise UploadError(
            "This is no picture that can be read. JPEG, PNG, WebP, AVIF and HEIC can be used; save it as one of them."
        ) from error
    return _written(upright, profile, was)


def _written(image: Image.Image, profile: bytes | None, was: tuple[int, int]) -> Upload:
    see_through = "A" in image.mode or "transparency" in image.info
    few = image.mode in {"P", "1"}
    if image.mode not in {"RGB", "RGBA", "L", "P", "1"}:
        image = image.convert("RGBA" if see_through else "RGB")
        # The profile does not match the converted colours.
        profile = None
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    bare = image.copy()
    # Pillow writes comments and times from ``info``.
    bare.info = {key: value for key, value in image.info.items() if key == "transparency"}
    out = io.BytesIO()
    if see_through or few:
        bare.save(out, "PNG", optimize=True, icc_profile=profile)
        ending = ".png"
    else:
        bare.save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=True, icc_profile=profile)
        ending = ".jpg"
    message = "What the camera noted in it, such as the place, was left out."
    if max(was) > LONGEST_SIDE:
        message += f" It was made smaller: {bare.width} by {bare.height} pixels."
    return Upload(out.getvalue(), ending, bare.size, message)


def free_name(given: str, ending: str, taken: Container[str]) -> str:
    """Return a file name based on ``given``, in ASCII letters and digits, that is not in ``taken``."""
    stem = as_slug(PurePath(given.replace("\\", "/")).stem)[:60].strip("-") or "picture"
    number, name = 1, f"{stem}{ending}"
    while name in taken:
        number += 1
        name = f"{stem}-{number}{ending}"
    return name


def _heic() -> tuple[str, ...]:
    try:
        importlib.import_module("pi_heif").register_heif_opener()
    except ImportError as error:
        raise UploadError(
            "This is HEIC, the format of iPhones, which needs one more library here. Send it from the telephone as "
            "JPEG, or ask who looks after the site to run  .venv/bin/pip install -c constraints.txt -e '.[heic]'"
        ) from error
    return ("HEIF",)


def _refuse_large(image: Image.Image) -> None:
    if image.width * image.height > MAX_SOURCE_PIXELS:
        size = f"{image.width:,} by {image.height:,} pixels"
        raise UploadError(f"The picture has {size}, more than any page can show. Save a smaller copy of it.")
