"""Finding: the document that a link names, or why it is not published."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from plugins.base.files import read_file, to_nfc, unreadable_file
from plugins.base.problem import Problem
from plugins.content_model.entry_files import other_text
from plugins.content_model.validation import nearest
from plugins.views.document import Document
from plugins.views.unshown import UnshownFile

#: What each kind of file begins with, so that one under a wrong name is told.
_STARTS = {
    ".pdf": b"%PDF-",
    ".docx": b"PK",
    ".xlsx": b"PK",
    ".pptx": b"PK",
    ".odt": b"PK",
    ".ods": b"PK",
    ".odp": b"PK",
}
#: PDF readers pass over what a mail program or a scanner wrote before the document itself.
_HEAD = 1_024
#: What is more likely an address of the web than a file.
_PAGES = frozenset({".html", ".htm", ".xhtml"})
#: Enough of a hash that two documents never share a name.
_HASH_CHARACTERS = 10
_MEGABYTE = 1_000_000


class Documents:
    """The documents of one build; each is read when a link first names it.

    Args:
        content: the content folder.
        paths: its files.
        types: words for each type, by the end of its names.
        limit: the most bytes of a document.
    """

    def __init__(self, content: Path, paths: Iterable[str], types: Mapping[str, str], limit: int) -> None:
        self._content = content
        self._files = {to_nfc(path): path for path in paths}
        self._types = types
        self._limit = limit
        self._found: dict[str, Document | UnshownFile | None] = {}

    def find(self, path: str) -> Document | UnshownFile | None:
        """Return the document ``path``, in one form, or why it is not published; None for what is no document."""
        if path not in self._found:
            self._found[path] = self._look(path)
        return self._found[path]

    def _look(self, path: str) -> Document | UnshownFile | None:
        end = posixpath.splitext(path)[1].lower()
        if end not in self._types:
            return self._of_another_type(path, end)
        if path not in self._files:
            return self._missing(path)
        file = self._content / self._files[path]
        try:
            size = file.stat().st_size
            data = read_file(file) if size <= self._limit else b""
        except OSError as error:
            return _told(unreadable_file(path, error.strerror or str(error)))
        if size > self._limit:
            return UnshownFile(
                "bad-document",
                f"`{path}` has {size_in_words(size)}, which takes long to download; a document may have "
                f"{size_in_words(self._limit)}",
                "make it smaller, for example with smaller pictures, or cut it into parts",
            )
        if _STARTS.get(end, b"") not in data[:_HEAD] or not data:
            return UnshownFile(
                "bad-document",
                f"`{path}` is damaged, or no {self._types[end]}, whatever its name says",
                f"save or export it again as {self._types[end]}",
            )
        sha256 = hashlib.sha256(data).hexdigest()
        stem = re.sub(r"[^a-z0-9]+", "-", posixpath.splitext(posixpath.basename(path))[0].lower()).strip("-")
        href = f"/documents/{f'{stem}-' if stem else ''}{sha256[:_HASH_CHARACTERS]}{end}"
        return Document(href, f"{self._types[end]}, {size_in_words(size)}", self._files[path], sha256)

    def _of_another_type(self, path: str, end: str) -> UnshownFile | None:
        if other_text(path) and end not in _PAGES:
            # What is in the folder of an entry is told at the file.
            return UnshownFile() if path in self._files else self._missing(path)
        if path not in self._files or end in {".md", ".yaml"}:
            return None
        return UnshownFile(
            "document-of-another-type",
            f"`{path}` is of a type that the site does not publish",
            f"save it as {' or '.join(self._types.values()) or 'a page of the site'}, and link to that file",
        )

    def _missing(self, path: str) -> UnshownFile:
        folder = posixpath.dirname(path)
        beside = {
            posixpath.basename(known).casefold(): posixpath.basename(known)
            for known in self._files
            if posixpath.dirname(known) == folder and posixpath.splitext(known)[1].lower() in self._types
        }
        near = beside.get(nearest(posixpath.basename(path).casefold(), beside) or "", "")
        return UnshownFile("missing-document", f"there is no file `{path}`", "put the file beside the text", near)


def size_in_words(size: int) -> str:
    """Return a number of bytes as people say it, such as "2.3 MB"; never less than 1 kB."""
    if size < _MEGABYTE:
        return f"{max(1, size // 1_000)} kB"
    return f"{size / _MEGABYTE:.1f} MB".replace(".0 ", " ")


def _told(problem: Problem) -> UnshownFile:
    return UnshownFile(problem.name, problem.message, problem.hint)
