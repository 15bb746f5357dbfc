"""Find the pictures and documents of a text, and choose their file names."""

from __future__ import annotations

import base64
import binascii
import io
import re
import stat
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PIL import Image, UnidentifiedImageError

from plugins.authoring.importing.destination import slug_of
from plugins.authoring.importing.import_log import sha256
from plugins.authoring.importing.old_site import larger_names, upload_path

#: Limits: bytes of one file, and number of files of one text.
LARGEST = 50_000_000
MOST_FILES = 300
#: File extensions by picture format. The format is detected from the bytes.
_ENDS = {"JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "WEBP": ".webp", "AVIF": ".avif", "GIF": ".gif"}
_LONGEST_NAME = 60
_DATA = re.compile(r"data:image/[\w.+-]+;base64,(?P<data>[A-Za-z0-9+/=\s]+)$")

#: Returns the bytes at an address, or None if they are unknown or too large.
Find = Callable[[str], bytes | None]


class MediaImporter:
    """Collects the files of one text.

    Args:
        held: bytes of embedded files, by name.
        finders: called in turn for files that are not embedded.
        documents: file extensions of documents that the site publishes.
        plain_names: True chooses neutral names, for stories, because a file name can identify somebody.

    Attributes:
        files: the bytes of each file beside the text, by name.
    """

    def __init__(
        self, held: Mapping[str, bytes], finders: Sequence[Find], documents: Sequence[str], *, plain_names: bool = False
    ) -> None:
        self._held = held
        self._finders = finders
        self._documents = tuple(documents)
        self._plain_names = plain_names
        self._known: dict[str, str] = {}
        self._by_hash: dict[str, str] = {}
        self.files: dict[str, bytes] = {}

    def bring(self, address: str) -> str:
        """Add the file at ``address`` and return its new name, or "" if it is missing or of an unsupported type."""
        if address not in self._known:
            self._known[address] = self._bring(address)
        return self._known[address]

    def _bring(self, address: str) -> str:
        data = self._bytes(address)
        if not data or len(data) > LARGEST or len(self.files) >= MOST_FILES:
            return ""
        end = picture_end(data)
        if not end and ".pdf" in self._documents and b"%PDF-" in data[:1024]:
            end = ".pdf"
        if not end:
            return ""
        digest = sha256(data)
        if digest not in self._by_hash:
            name = self._name(address, end)
            self._by_hash[digest] = name
            self.files[name] = data
        return self._by_hash[digest]

    def _bytes(self, address: str) -> bytes | None:
        if address in self._held:
            return self._held[address]
        if address.startswith("data:"):
            found = _DATA.match(address)
            try:
                return base64.b64decode(found["data"], validate=False) if found else None
            except (binascii.Error, ValueError):
                return None
        return next((data for find in self._finders if (data := find(address)) is not None), None)

    def _name(self, address: str, end: str) -> str:
        path = "" if address.startswith("data:") else unquote(urlsplit(address).path)
        stem = next(larger_names(path.rpartition("/")[2])).rpartition(".")[0]
        base = "" if self._plain_names else slug_of(stem)[:_LONGEST_NAME].strip("-")
        base = base or ("document" if end == ".pdf" else "picture")
        name, number = f"{base}{end}", 1
        while name in self.files:
            number += 1
            name = f"{base}-{number}{end}"
        return name


def picture_end(data: bytes) -> str:
    """Return the file extension for the picture ``data``, or "" if the site does not show its format."""
    try:
        with (
            warnings.catch_warnings(action="error", category=Image.DecompressionBombWarning),
            Image.open(io.BytesIO(data)) as image,
        ):
            moves = getattr(image, "n_frames", 1) > 1 and image.format != "MPO"
            return "" if moves else _ENDS.get(image.format or "", "")
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return ""


class Uploads:
    """The uploads folder of a WordPress site.

    Args:
        folder: ``wp-content/uploads``, or a parent folder of it.
    """

    def __init__(self, folder: Path) -> None:
        inner = folder / "wp-content" / "uploads"
        self._folder = inner if inner.is_dir() else folder

    def find(self, address: str) -> bytes | None:
        """Return the bytes of the largest version of the file at ``address``."""
        path = upload_path(address)
        if not path:
            return None
        return next((data for name in larger_names(path) if (data := read_below(self._folder, name)) is not None), None)


def read_below(folder: Path, path: str) -> bytes | None:
    """Return the bytes of the file ``path`` below ``folder``, or None if it is missing, too large or outside."""
    if "\0" in path or path.startswith("/"):
        return None
    try:
        file = (folder / path).resolve()
        if not file.is_relative_to(folder.resolve()):
            return None
        status = file.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
            return None
        return file.read_bytes()
    except (OSError, ValueError):
        return None
