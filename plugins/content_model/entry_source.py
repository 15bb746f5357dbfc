"""The file that an entry was read from, and the text as written."""

from __future__ import annotations

from msgspec import Struct, field

from plugins.base.fingerprint import Lazy
from plugins.base.positions import Positions
from plugins.base.problem import Position


class EntryText(Struct, frozen=True):
    """The text of an entry's file.

    Attributes:
        body: the Markdown after the front matter.
        positions: the position of each field.
        front_matter: the YAML as written. Its first line is line 2 of the file.
    """

    body: str = ""
    positions: Positions = field(default_factory=Positions)
    front_matter: str = ""


class EntrySource(Struct, frozen=True):
    """The file of an entry.

    Attributes:
        path: the file, relative to the content folder, with forward slashes.
        body_line: the file's line on which the body begins, from 1.
        digest: digest of the text of the file.
        written: the text of the file, loaded when it is used.
    """

    path: str
    body_line: int = 1
    digest: bytes = b""
    written: Lazy[EntryText] = field(default_factory=lambda: Lazy.of(EntryText()))

    @property
    def body(self) -> str:
        """The Markdown after the front matter."""
        return self.written.value.body

    @property
    def positions(self) -> Positions:
        """The position of each field."""
        return self.written.value.positions

    @property
    def front_matter(self) -> str:
        """The YAML as written. Its first line is line 2 of the file."""
        return self.written.value.front_matter

    def position(self, *way: str | int) -> Position:
        """Return the position of a value of the front matter, for example of ``("image", "file")``."""
        return self.positions.of(way)

    @property
    def text(self) -> tuple[str, bytes]:
        """Cache key of everything that an entry of a given kind is made from."""
        return (self.path, self.digest)
