"""Map files to kinds by their suffix, and scan each with the reader of its kind."""

from __future__ import annotations

import enum
import io
import posixpath
from pathlib import PurePosixPath

from plugins.privacy_receipt import data as of_data
from plugins.privacy_receipt import markup, scripts, styles
from plugins.privacy_receipt.cache import FragmentCache
from plugins.privacy_receipt.findings import Findings, PrivacyViolation


class Kind(enum.Enum):
    """The kind of a file."""

    PAGE = "pages"
    STYLE = "styles"
    SCRIPT = "scripts"
    FEED = "feeds"
    PICTURE = "pictures"
    OTHER = "others"


_KINDS = {
    ".html": Kind.PAGE, ".css": Kind.STYLE, ".js": Kind.SCRIPT, ".mjs": Kind.SCRIPT, ".xml": Kind.FEED,
    ".json": Kind.FEED, ".webmanifest": Kind.FEED, ".svg": Kind.PICTURE, ".png": Kind.PICTURE, ".jpg": Kind.PICTURE,
    ".jpeg": Kind.PICTURE, ".webp": Kind.PICTURE, ".avif": Kind.PICTURE, ".gif": Kind.PICTURE, ".ico": Kind.PICTURE,
    # Shapes of letters, which hold no text of the site.
    ".woff2": Kind.PICTURE,
}  # fmt: skip
_RULES = frozenset({"_redirects", "_headers"})
#: Every PNG with Exif data has one of these. Names of PNG chunks are not compressed.
_PNG_METADATA = (b"eXIf", b"Raw profile type exif")
_TEXT = frozenset({".txt", ".conf", ".vtt", ".csv", ".ics"})


def kind(path: str) -> Kind:
    """Return the kind of the file ``path``."""
    return _KINDS.get(posixpath.splitext(path)[1].lower(), Kind.OTHER)


def is_text(path: str) -> bool:
    """Return whether the content of the file ``path`` is text."""
    name = PurePosixPath(path)
    return name.suffix in {*_TEXT, ".svg"} or name.name in _RULES or kind(path) not in {Kind.PICTURE, Kind.OTHER}


def scan(path: str, data: bytes, cache: FragmentCache) -> Findings:
    """Return the findings of the file ``path``."""
    what = kind(path)
    name = PurePosixPath(path)
    if what is Kind.PAGE:
        return markup.read_page(data, path, cache)
    if what is Kind.STYLE:
        return styles.read(data.decode("utf-8", "replace"), path, cache.origin)
    if what is Kind.SCRIPT:
        text = data.decode("utf-8", "replace")
        return of_data.read_module(text, path, cache) or scripts.read(text, path, cache.origin)
    if name.suffix in {".svg", ".xml"} or what is Kind.FEED:
        found = (
            of_data.read_xml(data, path, cache)
            if name.suffix in {".svg", ".xml"}
            else of_data.read_json(data, path, cache)
        )
        # The program that shows the file decides about the referrer of its links.
        found.links_out = 0
        return found
    if what is Kind.PICTURE:
        return _picture(path, data)
    return of_data.read_rules(data, path, cache.origin) if name.name in _RULES else Findings()


def _picture(path: str, data: bytes) -> Findings:
    """Return the findings of an image, which may hold the location at which it was taken."""
    from PIL import ExifTags, Image  # noqa: PLC0415 - most builds make no picture

    found = Findings()
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.format == "PNG" and not any(name in data for name in _PNG_METADATA):
                # Pillow would have to decompress the image to read metadata after it.
                return found
            location = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    except (OSError, ValueError, SyntaxError):
        # No program can show the image. The images plugin reports broken ones.
        return found
    if location:
        hint = "take the place out of the picture, for example by saving it anew in a program that shows pictures"
        found.violations.append(PrivacyViolation("picture-tells-place", f"{path} says where it was taken", hint))
    return found
