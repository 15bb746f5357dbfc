"""Find the document that a link refers to, or the reason why it is not published."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from plugins.base.files import read_file, to_nfc, unreadable_file
from plugins.base.fingerprint import FILE_HASH_LENGTH
from plugins.base.problem import Problem
from plugins.content_model.entry_files import other_text
from plugins.content_model.validation import closest_match
from plugins.views.document import Document
from plugins.views.file_rejection import FileRejection

#: The folder of published documents.
FOLDER = "/documents/"
#: The first bytes of each file type.
_SIGNATURES = {
    ".pdf": b"%PDF-",
    ".docx": b"PK",
    ".xlsx": b"PK",
    ".pptx": b"PK",
    ".odt": b"PK",
    ".ods": b"PK",
    ".odp": b"PK",
}
#: Bytes within which the signature must begin. PDF readers skip headers of mail programs and scanners.
_SIGNATURE_RANGE = 1_024
#: File names with these extensions are more likely web addresses.
_WEB_EXTENSIONS = frozenset({".html", ".htm", ".xhtml"})
_MEGABYTE = 1_000_000


class Documents:
    """Finds the documents of one build, and reads each when it is first linked.

    Args:
        content: the content folder.
        paths: its files.
        types: label of each type, by extension.
        limit: the most bytes of a document.
    """

    def __init__(self, content: Path, paths: Iterable[str], types: Mapping[str, str], limit: int) -> None:
        self._content = content
        self._files = {to_nfc(path): path for path in paths}
        self._types = types
        self._limit = limit
        self._found: dict[str, Document | FileRejection | None] = {}

    def find(self, path: str) -> Document | FileRejection | None:
        """Return the document at ``path`` (normalised), why it is not published, or None if it is no document."""
        if path not in self._found:
            self._found[path] = self._load(path)
        return self._found[path]

    def _load(self, path: str) -> Document | FileRejection | None:
        extension = posixpath.splitext(path)[1].lower()
        if extension not in self._types:
            return self._of_another_type(path, extension)
        if path not in self._files:
            return self._missing(path)
        file = self._content / self._files[path]
        try:
            size = file.stat().st_size
            data = read_file(file) if size <= self._limit else b""
        except OSError as error:
            return _rejection(unreadable_file(path, error.strerror or str(error)))
        if size > self._limit:
            return FileRejection(
                "bad-document",
                f"`{path}` has {size_in_words(size)}, which takes long to download; a document may have "
                f"{size_in_words(self._limit)}",
                "make it smaller, for example with smaller pictures, or cut it into parts",
            )
        if _SIGNATURES.get(extension, b"") not in data[:_SIGNATURE_RANGE] or not data:
            return FileRejection(
                "bad-document",
                f"`{path}` is damaged, or no {self._types[extension]}, whatever its name says",
                f"save or export it again as {self._types[extension]}",
            )
        sha256 = hashlib.sha256(data).hexdigest()
        stem = re.sub(r"[^a-z0-9]+", "-", posixpath.splitext(posixpath.basename(path))[0].lower()).strip("-")
        href = f"{FOLDER}{f'{stem}-' if stem else ''}{sha256[:FILE_HASH_LENGTH]}{extension}"
        return Document(href, f"{self._types[extension]}, {size_in_words(size)}", self._files[path], sha256)

    def _of_another_type(self, path: str, extension: str) -> FileRejection | None:
        if other_text(path) and extension not in _WEB_EXTENSIONS:
            # For a file in the folder of an entry, the problem is reported at the file.
            return FileRejection() if path in self._files else self._missing(path)
        if path not in self._files or extension in {".md", ".yaml"}:
            return None
        return FileRejection(
            "document-of-another-type",
            f"`{path}` is of a type that the site does not publish",
            f"save it as {' or '.join(self._types.values()) or 'a page of the site'}, and link to that file",
        )

    def _missing(self, path: str) -> FileRejection:
        folder = posixpath.dirname(path)
        names = {
            posixpath.basename(file).casefold(): posixpath.basename(file)
            for file in self._files
            if posixpath.dirname(file) == folder and posixpath.splitext(file)[1].lower() in self._types
        }
        suggestion = names.get(closest_match(posixpath.basename(path).casefold(), names) or "", "")
        return FileRejection(
            "missing-document", f"there is no file `{path}`", "put the file beside the text", suggestion
        )


def size_in_words(size: int) -> str:
    """Return a number of bytes in kB or MB, such as "2.3 MB", and at least "1 kB"."""
    if size < _MEGABYTE:
        return f"{max(1, size // 1_000)} kB"
    return f"{size / _MEGABYTE:.1f} MB".replace(".0 ", " ")


def _rejection(problem: Problem) -> FileRejection:
    return FileRejection(problem.name, problem.message, problem.hint)
