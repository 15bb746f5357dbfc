"""Pictures: what an image of a body shows, or why it shows nothing."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement

from plugins.base.files import to_nfc
from plugins.base.problem import Position, Problem, Severity
from plugins.markdown_blocks.beside import content_path
from plugins.markdown_blocks.context import Context
from plugins.views.views import Picture, PictureSource

#: How wide a picture is shown in running text, for browsers that choose a file before they know the styles.
_SIZES = "(min-width:44em) 41rem,92vw"
_ELSEWHERE = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//)")


def find_picture(address: str, position: Position, context: Context) -> Picture | Problem | None:
    """Return the picture that ``address`` stands for, or why there is none; None where that is told at its file.

    Args:
        address: as written: a path from the file or, with a leading slash, from the content folder.
        position: where it is written.
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
    path = to_nfc(content_path(unquote(address), context.path))
    picture = context.picture(path) if address else None
    folder = posixpath.dirname(path)
    if f"{folder}/index.md" in context.gone and folder != posixpath.dirname(context.path):
        return context.problem(
            position,
            "picture-of-withdrawn",
            f"the picture `{path}` belonged to something that is no longer on the site, so it is left out",
            "take the picture out",
            Severity.WARNING,
        )
    return picture if picture is not None else _unshown(address, path, position, context)


def _unshown(address: str, path: str, position: Position, context: Context) -> Problem | None:
    """Return why nothing is shown at ``path``, written as ``address``; None where that is told at the file."""
    hint = "put the picture beside the text and write its file name, letter for letter"
    if not address:
        return context.problem(position, "missing-picture", "a picture has no file name", hint)
    why = context.unshown(path)
    if why is None or why.name == "missing-picture":
        near = posixpath.join(posixpath.dirname(address), why.near) if why and why.near else ""
        hint = f"did you mean `{near}`?" if near else hint
        return context.problem(position, "missing-picture", f"there is no picture `{path}`", hint)
    return context.problem(position, why.name, why.message, why.hint) if why.name else None


def offer(picture: Picture, image: Element, parent: Element, root: str) -> None:
    """Put ``image`` into an element that offers all files of ``picture``; browsers take the smallest that will do.

    Args:
        picture: what the image shows.
        image: the image, with its address.
        parent: what holds the image.
        root: the path below which the site lives.
    """
    for name in ("srcset", "sizes"):
        image.attrib.pop(name, None)
    if not picture.sources:
        return
    *better, known = picture.sources
    chooser = Element("picture")
    parent[list(parent).index(image)] = chooser
    chooser.tail, image.tail = image.tail, None
    for source in better:
        SubElement(chooser, "source", {"type": source.media_type, "srcset": _srcset(source, root), "sizes": _SIZES})
    image.set("srcset", _srcset(known, root))
    image.set("sizes", _SIZES)
    chooser.append(image)


def _srcset(source: PictureSource, root: str) -> str:
    return ",".join(f"{root}{file.src} {file.width}w" for file in source.renditions)
