"""Media types by file extension, for every host and for the preview.

The standard ``mimetypes`` module reads the list of the machine, which differs between machines.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

#: Content-Type by extension.
TYPES: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    # Not application/atom+xml: Firefox would offer feeds for download instead of showing them with their style sheet.
    ".xml": "text/xml; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".ico": "image/vnd.microsoft.icon",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
}
#: Content-Type of all other files.
OTHER_TYPE = "application/octet-stream"


def content_type(path: str) -> str:
    """Return the Content-Type of the file ``path``."""
    return TYPES.get(PurePosixPath(path).suffix, OTHER_TYPE)
