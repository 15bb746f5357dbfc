"""Find the picture of an image in a body, or the reason why it is not shown."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement

from plugins.base.files import to_nfc
from plugins.base.problem import Position, Problem, Severity
from plugins.markdown_blocks.context import Context
from plugins.markdown_blocks.file_links import content_path
from plugins.views.views import Picture, PictureSource

#: The ``sizes`` of a picture in running text, because browsers choose a file before they load the styles.
_SIZES = "(min-width:44em) 41rem,92vw"
_ELSEWHERE = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//)")


def find_picture(address: str, position: Position, context: Context) -> Picture | Problem | None:
    """Return the picture of ``address``, or the problem; None if the problem is reported at the file.

    Args:
        address: as written, relative to the file or, with a leading slash, to the content folder.
        position: of the address.
        context: gives the picture.
    """
    address = address.strip().removeprefix("{filename}")
    if address.lower().startswith("data:"):
        return context.problem(
            position,
            "picture-in-text",
            "the picture stands inside the text, as letters, and could be shown neither smaller nor in a feed",
            "save the picture beside the text, write its file name here, and take the letters out",
        )
    if _ELSEWHERE.match(address):
        return context.problem(
            position,
            "picture-elsewhere",
            f"the picture `{address}` is not part of this site, so another site would learn who reads the page",
            "save the picture beside the text and write its file name",
        )
    # A file name may hold a percent sign itself.
    path, as_written = (to_nfc(content_path(name, context.path)) for name in (unquote(address), address))
    picture = (context.picture(path) or context.picture(as_written)) if address else None
    folder = posixpath.dirname(path)
    if f"{folder}/index.md" in context.gone and folder != posixpath.dirname(context.path):
        return context.problem(
            position,
            "picture-of-withdrawn",
            f"the picture `{path}` belonged to something that is no longer on the site, so it is left out",
            "take the picture out",
            Severity.WARNING,
        )
    return picture if picture is not None else _rejection(address, path, position, context)


def _rejection(address: str, path: str, position: Position, context: Context) -> Problem | None:
    """Return the problem of ``path``, written as ``address``; None if it is reported at the file."""
    hint = "put the picture beside the text and write its file name, letter for letter"
    if not address:
        return context.problem(position, "missing-picture", "a picture has no file name", hint)
    why = context.rejection(path)
    if why is None or why.name == "missing-picture":
        near = posixpath.join(posixpath.dirname(address), why.near) if why and why.near else ""
        hint = f"did you mean `{near}`?" if near else hint
        return context.problem(position, "missing-picture", f"there is no picture `{path}`", hint)
    return context.problem(position, why.name, why.message, why.hint) if why.name else None


def set_sources(picture: Picture, image: Element, parent: Element, root: str) -> None:
    """Wrap ``image`` in a ``picture`` element with all files of ``picture``, for browsers to choose from.

    Args:
        picture: the picture of the image.
        image: the ``img`` element.
        parent: the parent of ``image``.
        root: path prefix of the site's addresses.
    """
    for name in ("srcset", "sizes"):
        image.attrib.pop(name, None)
    if not picture.sources:
        return
    *preferred, fallback = picture.sources
    wrapper = Element("picture")
    parent[list(parent).index(image)] = wrapper
    wrapper.tail, image.tail = image.tail, None
    for source in preferred:
        SubElement(wrapper, "source", {"type": source.media_type, "srcset": _srcset(source, root), "sizes": _SIZES})
    image.set("srcset", _srcset(fallback, root))
    image.set("sizes", _SIZES)
    wrapper.append(image)


def _srcset(source: PictureSource, root: str) -> str:
    return ",".join(f"{root}{file.src} {file.width}w" for file in source.renditions)
