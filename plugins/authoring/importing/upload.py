"""Import one document that somebody gave the editor."""

from __future__ import annotations

import io
import tempfile
import threading
import zipfile
from pathlib import Path, PurePath

from plugins.authoring.importing.destination import Destination, slug_of
from plugins.authoring.importing.item import Urgency
from plugins.authoring.importing.run import ImportOptions, run_import
from plugins.authoring.importing.sources import open_sources
from plugins.base.errors import UserError
from plugins.engine.workspace import workspace

_TAKEN = "Word documents (.docx), LibreOffice documents (.odt), web pages (.html) and Markdown files (.md) can be used."
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: The first bytes of files that are no text, and what to do.
_INSTEAD = {
    b"%PDF-": "This is a PDF, which holds no paragraphs. Ask for the document that it was made of.",
    _OLD_WORD: "This is a document of an old version of Word. Open it there, and save it as .docx.",
    b"{\\rtf": "This is a document in Rich Text Format. Open it in Word or LibreOffice, and save it as .docx.",
}
_LONGEST_NAME = 60
#: Two uploads at once must not take the same address.
_LOCK = threading.Lock()


class UploadedDocumentError(ValueError):
    """The document cannot be used. The message says why and what to do."""


def import_upload(content: Path, name: str, data: bytes, author: str = "") -> tuple[str, tuple[str, ...]]:
    """Write the document ``data`` as a new draft, whatever was imported before.

    Args:
        content: the content folder.
        name: of the file, as the browser tells it. The bytes decide what the file is.
        data: its bytes.
        author: key of the person who wrote it.

    Returns:
        The entry, relative to the content folder, and what a person must decide or mend.

    Raises:
        UploadedDocumentError: if it is no document that can be read. Nothing was written then.
    """
    end = _end(name, data)
    at = workspace(str(content))
    with _LOCK, tempfile.TemporaryDirectory() as temporary:
        # A document without a title gets the name of its file.
        stem = slug_of(PurePath(name.replace("\\", "/")).stem)[:_LONGEST_NAME]
        file = Path(temporary) / f"{stem or 'document'}{end}"
        file.write_bytes(data)
        try:
            sources = open_sources([str(file)], at.site.timezone)
            destination = Destination(at.content, at.site.as_of, tuple(dict(at.site.documents)))
            # The log and the report of this one document are not kept.
            report = run_import(
                sources, destination, Path(temporary) / "import", ImportOptions(author=author), io.StringIO()
            )
        except UserError as error:
            raise UploadedDocumentError(str(error).replace(str(file), "The file")) from None
    (outcome,) = report.outcomes
    if outcome.action == "failed":
        raise UploadedDocumentError(f"The document could not be read, because {outcome.why}.")
    wanted = {Urgency.DECIDE: "To do", Urgency.LOST: "Lost"}
    notes = [note for note in outcome.notes if note.urgency in wanted]
    return outcome.path, tuple(f"{wanted[note.urgency]}: {note.what} {note.detail}".strip() for note in notes)


def _end(name: str, data: bytes) -> str:
    """Return the end of the name that fits the bytes of a file."""
    if not data.strip():
        raise UploadedDocumentError(f"The file is empty. {_TAKEN}")
    for start, instead in _INSTEAD.items():
        if data.startswith(start):
            raise UploadedDocumentError(instead)
    if data.startswith(b"PK"):
        return _end_of_archive(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UploadedDocumentError(f"This is no document that can be read. {_TAKEN}") from None
    if "\0" in text:
        raise UploadedDocumentError(f"This is no document that can be read. {_TAKEN}")
    start_of_text = text.lstrip().lower()
    is_page = start_of_text.startswith(("<!doctype", "<html")) or name.lower().endswith((".html", ".htm"))
    return ".html" if is_page else ".md"


def _end_of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        names = frozenset()
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return ".docx"
    if {"mimetype", "content.xml"} <= names:
        return ".odt"
    raise UploadedDocumentError(f"This is no document that can be read. {_TAKEN}")
