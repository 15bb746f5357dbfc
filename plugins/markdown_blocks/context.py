"""Define what a body may refer to, and what rendering it returns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet

from msgspec import Struct, field

from plugins.base.fingerprint import Lazy
from plugins.base.problem import Position, Problem, Severity
from plugins.content_model.link_targets import RemovedTarget
from plugins.views.body import Body
from plugins.views.document import Document, no_document
from plugins.views.file_rejection import FileRejection, no_rejection
from plugins.views.views import ContactView, Picture


class LinkTarget(Struct, frozen=True):
    """An entry that links can refer to.

    Attributes:
        permalink: of the page.
        live: whether readers can see it, which is False for a draft, for example.
        title: of the entry.
        previewed: whether only a preview shows it; links to it work there and cause a warning.
        opens: the day of its publication, if in the future.
        ended: the day on which it expired, if in the past.
    """

    permalink: str
    live: bool
    title: str
    previewed: bool = False
    opens: dt.date | None = None
    ended: dt.date | None = None


class LinkUse(Struct, frozen=True):
    """A link from one entry to another.

    Attributes:
        path: the file that contains the link, relative to the content folder.
        target_path: the file of the linked entry.
        anchor: the part after ``#``, or "".
        position: of the link.
    """

    path: str
    target_path: str
    anchor: str
    position: Position


class Rendered(Struct, frozen=True):
    """The result of rendering a body.

    Attributes:
        body: the HTML and its properties.
        links: the links to parts of other entries, in the order of the text.
        problems: in the order of the text.
        anchors: every id in the body.
        given_up: whether rendering was aborted, so that only ``problems`` is set.
    """

    body: Body
    links: tuple[LinkUse, ...] = ()
    problems: tuple[Problem, ...] = ()
    anchors: Lazy[frozenset[str]] = field(default_factory=lambda: Lazy.of(frozenset()))
    given_up: bool = False


def paths_of(entries: Mapping[str, LinkTarget]) -> dict[str, str]:
    """Return the paths of ``entries`` by permalink; the first of two with the same permalink."""
    found: dict[str, str] = {}
    for path, target in entries.items():
        found.setdefault(target.permalink, path)
    return found


def _no_card(_id: str) -> str:
    return ""


def _no_picture(_path: str) -> Picture | None:
    return None


class Context(Struct, frozen=True):
    """What a body may refer to.

    Attributes:
        path: the file, relative to the content folder, with forward slashes.
        first_line: the number, in the file, of the body's first line.
        glossary: the meanings of terms.
        entries: link targets, by path.
        paths: the paths of ``entries``, by permalink (``paths_of``).
        permalinks: every address of the site that links may contain.
        contacts: the help contacts, by id.
        commitment_ids: the commitments that a body may show.
        help_card: returns the trusted HTML of a help contact's card.
        commitment_card: returns the trusted HTML of a commitment's card.
        picture: returns the picture of a normalised path relative to the content folder, or None.
        rejection: returns why a path is no picture.
        document: returns the document of a path, why it is not published, or None if it is no document.
        root: path prefix of the site's addresses: "" or, for example, ``/community``.
        gone: withdrawn entries, by file and by address.
        release: whether the build is a release.
    """

    path: str
    first_line: int = 1
    glossary: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[str, LinkTarget] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)
    permalinks: AbstractSet[str] = frozenset()
    contacts: Mapping[str, ContactView] = field(default_factory=dict)
    commitment_ids: Collection[str] = ()
    help_card: Callable[[str], str] = _no_card
    commitment_card: Callable[[str], str] = _no_card
    picture: Callable[[str], Picture | None] = _no_picture
    rejection: Callable[[str], FileRejection | None] = no_rejection
    document: Callable[[str], Document | FileRejection | None] = no_document
    root: str = ""
    gone: Mapping[str, RemovedTarget] = field(default_factory=dict)
    release: bool = False

    @property
    def is_draft(self) -> bool:
        """Whether readers do not see the entry of the body."""
        entry = self.entries.get(self.path)
        return entry is not None and not entry.live

    def position(self, line: int, column: int = 1) -> Position:
        """Return the position in the file of a line of the body, where 0 is the first line."""
        return Position(self.first_line + line, column)

    def problem(
        self, position: Position, name: str, message: str, hint: str, severity: Severity = Severity.ERROR
    ) -> Problem:
        """Return a problem in this body's file."""
        return Problem(self.path, position, name, message, hint, severity)
