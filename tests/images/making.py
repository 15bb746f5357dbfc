"""Draw pictures for tests."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageCms

#: Words that no file of the site may hold.
SECRETS = (b"Exif", b"GPS-SECRET", b"COMMENT-SECRET", b"XMP-SECRET", b"ICC_PROFILE", b"iCCP", b"tEXt")


def picture(
    form: str = "PNG", size: tuple[int, int] = (12, 7), colour: Any = "teal", mode: str = "RGB", **options: Any
) -> bytes:
    """Return the bytes of a picture of one colour."""
    out = io.BytesIO()
    Image.new(mode, size, 0 if mode in {"P", "I;16"} else colour).save(out, form, **options)
    return out.getvalue()


def halves(size: tuple[int, int] = (600, 300), mode: str = "RGB") -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue, or transparent with an alpha channel."""
    image = Image.new(mode, size, "red")
    image.paste((0, 0, 255, 0) if mode == "RGBA" else "blue", (size[0] // 2, 0, *size))
    return image


def camera(size: tuple[int, int] = (600, 300), orientation: int = 1) -> bytes:
    """Return a photograph with a place, a comment and a colour profile in its metadata."""
    image = halves(size)
    exif = image.getexif()
    exif[0x0112] = orientation
    exif[0x010E] = "GPS-SECRET"
    exif.get_ifd(0x8825)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"COMMENT-SECRET", xmp=b"<x>XMP-SECRET</x>", icc_profile=profile)
    return out.getvalue()


def moving(form: str) -> bytes:
    """Return an animated picture."""
    frames = [Image.new("L", (5, 5), shade) for shade in (0, 255)]
    out = io.BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:])
    return out.getvalue()
