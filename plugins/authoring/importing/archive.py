"""Open an office document, which is a ZIP archive, with limits on its unpacked size."""

from __future__ import annotations

import zipfile
from pathlib import Path

from plugins.authoring.importing.source import SourceError

#: Limits against ZIP bombs: bytes of the unpacked document, bytes of one file in it, and number of files.
MOST_BYTES = 200_000_000
MOST_FILES = 5_000
#: Highest compression ratio that is accepted. Real documents stay far below it.
_MOST_PACKED = 200
_SMALL = 1_000_000
#: Most bytes of one text part. A book has a tenth of it.
_LONGEST_TEXT = 30_000_000


def open_archive(path: Path, what: str) -> zipfile.ZipFile:
    """Return the open archive ``path``. The caller closes it.

    Args:
        path: the file.
        what: the kind of document, for the message.

    Raises:
        SourceError: when it is no such archive, is encrypted, or exceeds a limit.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise SourceError(
            f"{path} is not {what}, or is damaged; open it in the program that made it, and save it again"
        ) from None
    infos = archive.infolist()
    size = sum(info.file_size for info in infos)
    wrong = ""
    if any(info.flag_bits & 1 for info in infos):
        wrong = "it is protected by a password; save a copy without one"
    elif len(infos) > MOST_FILES or size > MOST_BYTES or any(map(_is_too_long, infos)):
        wrong = (
            f"unpacked it would have {size:,} bytes in {len(infos):,} files, and {MOST_BYTES:,} in {MOST_FILES:,} are "
            "taken; make its pictures smaller, or cut it into parts"
        )
    elif any(info.file_size > _SMALL and info.file_size > _MOST_PACKED * max(1, info.compress_size) for info in infos):
        wrong = "it unpacks to far more than any text; it may be made to do harm. Copy its text into a new document"
    if wrong:
        archive.close()
        raise SourceError(f"{path}: {wrong}")
    return archive


def _is_too_long(info: zipfile.ZipInfo) -> bool:
    return info.filename.endswith((".xml", ".rels")) and info.file_size > _LONGEST_TEXT


def read_member(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """Return the bytes of ``name``, or None if the archive has no such file or it is damaged."""
    try:
        with archive.open(name) as stream:
            data = stream.read(MOST_BYTES + 1)
    except (KeyError, zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        return None
    return data if len(data) <= MOST_BYTES else None
