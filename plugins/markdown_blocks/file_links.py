"""Resolve links to files beside a text: documents, and pictures by their names."""

from __future__ import annotations

import posixpath
import re

from msgspec import Struct

from plugins.base.files import PICTURE_EXTENSIONS, to_nfc
from plugins.base.problem import Position, Problem
from plugins.content_model.story import Story
from plugins.markdown_blocks.context import Context
from plugins.views.document import Document
from plugins.views.file_rejection import FileRejection

#: A host name with a path.
_HOST = re.compile(r"/*[\w-]+(?:\.[\w-]+)+/")


class FileLink(Struct, frozen=True):
    """A resolved link to a file.

    Attributes:
        href: permalink of the file, or "".
        note: type and size for readers, or "".
        problem: why the link cannot be followed, or None; None with an empty ``href`` if it is reported at the file.
    """

    href: str = ""
    note: str = ""
    problem: Problem | None = None


def find_file(address: str, path: str, position: Position, context: Context) -> FileLink | None:
    """Return the link to the file ``path``, or None if it is no file that the site publishes.

    Args:
        address: as written.
        path: relative to the content folder.
        position: of the address.
        context: gives documents and pictures.
    """
    path = to_nfc(path)
    picture, found = context.picture(path), None
    href, note = (picture.src, "") if picture is not None else ("", "")
    if picture is None:
        found = context.rejection(path) if path.lower().endswith(PICTURE_EXTENSIONS) else context.document(path)
    if isinstance(found, Document):
        href, note = found.href, found.note
    if href:
        stories = f"{Story.section}/"
        if context.path.startswith(stories) or path.startswith(stories):
            problem = context.problem(
                position,
                "file-of-a-story",
                f"the link leads to the file `{path}`, and no narrator of a story agreed to files that people keep",
                "take the link out",
            )
            return FileLink(problem=problem)
        return FileLink(href, note)
    if not isinstance(found, FileRejection):
        return None
    if found.name in ("missing-document", "missing-picture"):
        if _HOST.match(address):
            return None
        near = posixpath.join(posixpath.dirname(address), found.near)
        hint = f"did you mean `{near}`?" if found.near else "put the file beside the text, and write its name"
        problem = context.problem(position, "missing-document", f"there is no file `{path}`", hint)
        return FileLink(problem=problem)
    return FileLink(problem=context.problem(position, found.name, found.message, found.hint) if found.name else None)


def content_path(path: str, from_path: str) -> str:
    """Return ``path``, as written in the file ``from_path``, relative to the content folder.

    Args:
        path: relative to the folder of that file or, with a leading slash, to the content folder.
        from_path: relative to the content folder.
    """
    path = path.strip()
    folder = "" if path.startswith("/") else posixpath.dirname(from_path)
    return posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
