"""Encode a picture in the formats and widths that the site publishes.

The files contain no metadata of the source, because the place of a photograph can disclose where somebody lives. The
orientation and the colour profile are applied to the pixels first.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Callable, Iterator

from msgspec import Struct
from PIL import Image, ImageCms, ImageOps

from plugins.images.pictures import DamagedError, TooManyPixelsError
from plugins.images.renditions import FORMATS, HALVED_PIXELS, RECIPES, height, options, suffixes, widths

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: Bytes of a chunk of a PNG besides its data: length, name and checksum.
_PNG_CHUNK = 12


@contextlib.contextmanager
def reading() -> Iterator[None]:
    """Raise ``DamagedError`` for any error of Pillow, whose readers raise many types."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        raise DamagedError(str(error)) from error


class PictureHeader(Struct, frozen=True):
    """What the first bytes of a picture file say.

    Attributes:
        size: width and height, with the orientation applied.
        is_transparent: whether it may have transparent parts.
        form: Pillow's name of its format.
        is_animated: whether it moves.
    """

    size: tuple[int, int]
    is_transparent: bool
    form: str
    is_animated: bool


def read_header(data: bytes) -> PictureHeader:
    """Read the header of the picture ``data``.

    Raises:
        DamagedError: when it is no picture.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the caller checks the size
        try:
            with reading(), Image.open(io.BytesIO(data), formats=FORMATS) as image:
                size = (image.height, image.width) if is_rotated(image) else image.size
                moving = getattr(image, "is_animated", False)
                return PictureHeader(size, is_transparent(image), image.format or "", moving)
        except DamagedError as error:
            if isinstance(error.__cause__, Image.DecompressionBombError):
                raise TooManyPixelsError(str(error)) from error
            raise


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
    stripped.save(out, RECIPES[suffix][0], **options(suffix, image.size, transparent=is_transparent(image)))
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
