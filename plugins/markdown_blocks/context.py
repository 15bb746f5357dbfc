"""Context: what a body may refer to, and what rendering one gives back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from plugins.base.fingerprint import Lazy
from plugins.base.problem import Position, Problem, Severity
from plugins.content_model.link_targets import RemovedTarget
from plugins.views.body import Body
from plugins.views.document import Document, no_document
from plugins.views.file_rejection import FileRejection, no_rejection
from plugins.views.views import ContactView, Picture


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """An entry that a link may lead to.

    Attributes:
        permalink: its address.
        live: False for one that the public cannot see, such as a draft.
        title: its title.
        previewed: True for one that only a preview shows: the link works there, and is told of.
        opens: the day on which readers will see it, if that is still to come.
        ended: the day on which it went, if it was to go on a day that has come.
    """

    permalink: str
    live: bool
    title: str
    previewed: bool = False
    opens: dt.date | None = None
    ended: dt.date | None = None


@dataclass(frozen=True, slots=True)
class LinkUse:
    """A link from one entry to another.

    Attributes:
        path: the file that holds the link, relative to the content folder.
        target_path: the file of the entry that it leads to.
        anchor: the part after ``#``, or "".
        position: where the link stands.
    """

    path: str
    target_path: str
    anchor: str
    position: Position


@dataclass(frozen=True, slots=True)
class Rendered:
    """What rendering a body gives.

    Attributes:
        body: the HTML and what is known of it.
        links: the links to parts of other entries, in the order of the text.
        problems: all that is wrong, in the order of the text.
        anchors: every id in the body, the places that a link may lead to.
        given_up: True for a body that could not be read: nothing but that is known of it.
    """

    body: Body
    links: tuple[LinkUse, ...] = ()
    problems: tuple[Problem, ...] = ()
    anchors: Lazy[frozenset[str]] = field(default_factory=lambda: Lazy.of(frozenset()))
    given_up: bool = False


def paths_of(entries: Mapping[str, LinkTarget]) -> dict[str, str]:
    """Return the paths of ``entries`` by permalink; of two with one permalink, the first."""
    found: dict[str, str] = {}
    for path, target in entries.items():
        found.setdefault(target.permalink, path)
    return found


def _no_card(_id: str) -> str:
    return ""


def _no_picture(_path: str) -> Picture | None:
    return None


@dataclass(frozen=True, slots=True)
class Context:
    """What a body may refer to.

    Attributes:
        path: the file, relative to the content folder, with forward slashes.
        first_line: the number, in the file, of the body's first line.
        glossary: the meaning of each term that readers may not know.
        entries: what links may lead to, by path.
        paths: the paths of the same, by permalink (``paths_of``).
        permalinks: every address of the site that may be linked to as it is.
        contacts: the help contacts, by id.
        commitment_ids: the commitments that a body may show.
        help_card: gives the HTML of a help contact's card; trusted.
        commitment_card: gives the HTML of a commitment's card; trusted.
        picture: gives the picture of a path, in one form, relative to the content folder, or None where there is none.
        unshown: tells why a path is no picture.
        document: gives the document of a path, or why it is not published; None for what is no document.
        root: what the site's addresses begin with: "" or, for example, ``/community``.
        gone: what was withdrawn, by its file and its addresses.
        release: True where the body goes to readers.
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
    unshown: Callable[[str], FileRejection | None] = no_rejection
    document: Callable[[str], Document | FileRejection | None] = no_document
    root: str = ""
    gone: Mapping[str, RemovedTarget] = field(default_factory=dict)
    release: bool = False

    @property
    def is_draft(self) -> bool:
        """Tell whether the body is one that readers do not see."""
        here = self.entries.get(self.path)
        return here is not None and not here.live

    def position(self, line: int, column: int = 1) -> Position:
        """Return the place in the file of a line of the body, 0 for its first."""
        return Position(self.first_line + line, column)

    def problem(
        self, position: Position, name: str, message: str, hint: str, severity: Severity = Severity.ERROR
    ) -> Problem:
        """Return a problem in this body's file."""
        return Problem(self.path, position, name, message, hint, severity)
