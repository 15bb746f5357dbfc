"""Beside: links to files that stand beside a text: documents, and pictures by their names."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from plugins.base.files import PICTURE_EXTENSIONS, to_nfc
from plugins.base.problem import Position, Problem
from plugins.content_model.story import Story
from plugins.markdown_blocks.context import Context
from plugins.views.document import Document
from plugins.views.file_rejection import FileRejection

#: A host of the web, and something on it.
_HOST = re.compile(r"/*[\w-]+(?:\.[\w-]+)+/")


@dataclass(frozen=True, slots=True)
class Beside:
    """Where a link to a file leads.

    Attributes:
        href: its permalink, or "".
        note: what readers must know before they follow it, or "".
        problem: why it leads nowhere, or None; None with an empty ``href`` where that is told at the file.
    """

    href: str = ""
    note: str = ""
    problem: Problem | None = None


def find_beside(address: str, path: str, position: Position, context: Context) -> Beside | None:
    """Return where a link to the file ``path`` leads; None for what is no file that readers may have.

    Args:
        address: as it is written.
        path: relative to the content folder.
        position: where it is written.
        context: gives documents and pictures.
    """
    path = to_nfc(path)
    picture, found = context.picture(path), None
    href, note = (picture.src, "") if picture is not None else ("", "")
    if picture is None:
        found = context.unshown(path) if path.lower().endswith(PICTURE_EXTENSIONS) else context.document(path)
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
            return Beside(problem=problem)
        return Beside(href, note)
    if not isinstance(found, FileRejection):
        return None
    if found.name in ("missing-document", "missing-picture"):
        if _HOST.match(address):
            return None
        near = posixpath.join(posixpath.dirname(address), found.near)
        hint = f"did you mean `{near}`?" if found.near else "put the file beside the text, and write its name"
        problem = context.problem(position, "missing-document", f"there is no file `{path}`", hint)
        return Beside(problem=problem)
    return Beside(problem=context.problem(position, found.name, found.message, found.hint) if found.name else None)


def content_path(path: str, from_path: str) -> str:
    """Return ``path``, written in the file ``from_path``, counted from the content folder.

    Args:
        path: counted from the folder of that file or, with a leading slash, from the content folder.
        from_path: the file, counted from the content folder.
    """
    path = path.strip()
    folder = "" if path.startswith("/") else posixpath.dirname(from_path)
    return posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
