"""Find what lapses, needs a review or will appear, by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from plugins.base.positions import FieldPath
from plugins.base.problem import Position
from plugins.content_model.commitment import Commitment
from plugins.content_model.entry import Entry
from plugins.content_model.library import Library
from plugins.content_model.registers import EMERGENCY
from plugins.content_model.story import Story


class Due(Struct, frozen=True):
    """One thing that needs attention.

    Attributes:
        on: the day; None if it was never done and is overdue.
        what: in words.
        path: the file, relative to the content folder.
        position: where the day is in the file, or should be.
    """

    on: dt.date | None
    what: str
    path: str
    position: Position

    @property
    def order(self) -> tuple[dt.date, str, Position]:
        """Items without a day first, then by day."""
        return (self.on or dt.date.min, self.path, self.position)

    def line(self, root: str) -> str:
        """Return the line for the list; ``root`` is the prefix of the path, so that an editor can open it."""
        return f"{self.on or 'never     '}  {self.what}  {root}/{self.path}:{self.position.line}"


def due(library: Library, days: int) -> tuple[Due, ...]:
    """Return what falls due within ``days`` of the day of ``library``, and what is overdue, in order."""
    last = library.as_of + dt.timedelta(days=days)
    found = [
        item
        for entry in library.entries
        if entry.status == "published"
        for item in _of_entry(entry, library.as_of)
        if item.on is None or item.on <= last
    ]
    found += [item for item in _contacts(library) if item.on is None or item.on <= last]
    return tuple(sorted(found, key=lambda item: item.order))


def _of_entry(entry: Entry, as_of: dt.date) -> Iterator[Due]:
    if entry.expires is not None and entry.expires > as_of:
        yield _of(entry, entry.expires, f"the {entry.kind_name} expires", ("expires",))
    if entry.expires is not None and entry.expires <= as_of:
        return  # readers no longer see it
    if entry.published is not None and entry.published > as_of:
        yield _of(entry, entry.published, f"the {entry.kind_name} appears", ("published",))
    if entry.review_due is not None:
        what = "the review of the commitment is due" if isinstance(entry, Commitment) else "the review is due"
        yield _of(entry, entry.review_due, what, ("review_due",))
    if isinstance(entry, Story) and entry.consent is not None and not entry.illustrative:
        field = "expires" if entry.consent.expires else "given_on"
        yield _of(entry, entry.consent.ends.reveal(), "the narrator's consent ends", ("consent", field))


def _of(entry: Entry, on: dt.date, what: str, field: FieldPath) -> Due:
    return Due(on, f"{what}: “{entry.title}”", entry.source.path, entry.source.positions.of(field))


def _contacts(library: Library) -> Iterator[Due]:
    for contact in library.contacts.values():
        if contact.id == EMERGENCY:
            continue  # it does not change, and nobody may dial it to verify it
        on = contact.expires_on
        what = f"verify the help contact: {contact.name}" + (", for a crisis" if contact.crisis else "")
        if on is None:
            field, what = "id", f"{what} (never verified)"
        else:
            field = "expires" if contact.expires is not None else "verified_on"
        yield Due(on, what, "register/help.yaml", library.registers.position("help.yaml", contact.id, field))
