"""Test the calendar of due items for staff, which is never public."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from icalendar import Calendar
from msgspec.structs import replace

from plugins.authoring.due.calendar import calendar_of
from plugins.authoring.due.listing import Due
from plugins.base.problem import Position
from tests.authoring.cli.commands import inv_here
from tests.sites.building import AS_OF, CONTENT
from tests.sites.writing import TODAY

ITEMS = (
    Due(None, "verify the help contact: A line (never verified)", "register/help.yaml", Position(3, 1)),
    Due(dt.date(2026, 12, 1), "the review is due: “Tea, and more”", "articles/tea/index.md", Position(9, 4)),
)


def test_items_are_all_day_events() -> None:
    """Each item is an all-day event with text, file and an alarm a week before. Overdue items are on today."""
    made = Calendar.from_ical(calendar_of(ITEMS, TODAY, "content", "Example"))
    first, second = made.walk("VEVENT")
    assert (first.decoded("dtstart"), second.decoded("dtstart")) == (TODAY, dt.date(2026, 12, 1))
    assert second.decoded("dtend") == dt.date(2026, 12, 2)
    assert str(second["summary"]) == "the review is due: “Tea, and more”"
    assert str(second["description"]) == "content/articles/tea/index.md, line 9"
    assert [alarm.decoded("trigger") for alarm in second.walk("VALARM")] == [dt.timedelta(days=-7)]
    assert {str(event["class"]) for event in (first, second)} == {"PRIVATE"}


def test_uids_are_stable() -> None:
    """A UID is unique, and does not change with day, title, line or a first verification."""
    moved = (
        replace(ITEMS[0], on=dt.date(2027, 1, 1), what="verify the help contact: A line", position=Position(7, 1)),
        replace(ITEMS[1], on=dt.date(2027, 1, 1), what="the review is due: “Coffee”"),
    )
    made = [Calendar.from_ical(calendar_of(items, TODAY, "c", "Example")) for items in (ITEMS, moved)]
    uids = [[str(event["uid"]) for event in calendar.walk("VEVENT")] for calendar in made]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == len(ITEMS)
    assert calendar_of(ITEMS, TODAY, "c", "Example") == calendar_of(ITEMS, TODAY, "c", "Example")


def test_the_calendar_is_private(tmp_path: Path) -> None:
    """The file is written at the given path, and only its owner may read it."""
    file = tmp_path / "due.ics"
    done = inv_here("due", "--calendar", str(file), "--as-of", AS_OF)
    assert done.status == 0, done.stderr
    assert len(Calendar.from_ical(file.read_bytes()).walk("VEVENT")) == done.stdout.count("content/")
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("place", ["output/due.ics", "content/register/due.ics"])
def test_public_folders_are_refused(place: str) -> None:
    """A path in the output or the content is refused, and nothing is written."""
    done = inv_here("due", "--calendar", place)
    assert done.status == 1
    assert "for staff" in done.stderr
    assert not (CONTENT.parent / place).exists()
