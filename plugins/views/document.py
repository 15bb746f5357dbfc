"""Document: a file for readers to download, as a link to it needs it."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.views.unshown import UnshownFile


@dataclass(frozen=True, slots=True)
class Document:
    """A document that the site publishes.

    Attributes:
        href: its permalink.
        note: its type and size, for readers to know before they follow the link, such as "PDF, 2.3 MB".
        path: its file, relative to the content folder, as the disk has it.
        sha256: of its bytes.
    """

    href: str
    note: str
    path: str
    sha256: str


def no_document(_path: str) -> Document | UnshownFile | None:
    """Return None, where no documents are published."""
    return None
