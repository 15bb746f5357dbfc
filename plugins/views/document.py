"""The data that a link to a downloadable file needs."""

from __future__ import annotations

from msgspec import Struct

from plugins.views.file_rejection import FileRejection


class Document(Struct, frozen=True):
    """A document that the site publishes.

    Attributes:
        href: its permalink.
        note: its type and size, shown beside the link, for example "PDF, 2.3 MB".
        path: its file, relative to the content folder, in the spelling of the file system.
        sha256: SHA-256 of its bytes.
    """

    href: str
    note: str
    path: str
    sha256: str


def no_document(_path: str) -> Document | FileRejection | None:
    """Return None. The default lookup of a build without the documents plugin."""
    return None
