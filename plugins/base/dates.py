"""Format dates for readers, and keep the time that an author gave with a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

#: English names in every locale. ``calendar.month_name`` depends on the locale of the machine.
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class TimedDay(dt.date):
    """A day with a time in the time zone of the site. It equals the day without a time."""

    time: dt.time

    @classmethod
    def of(cls, day: dt.date, time: dt.time) -> TimedDay:
        """Return ``day`` with ``time``."""
        made = cls(day.year, day.month, day.day)
        made.time = time
        return made

    def __reduce__(self) -> tuple[Callable[[dt.date, dt.time], TimedDay], tuple[dt.date, dt.time]]:
        """Pickle the time too."""
        return TimedDay.of, (dt.date(self.year, self.month, self.day), self.time)


def time_of(day: dt.date) -> dt.time | None:
    """Return the time that the author gave with ``day``, or None."""
    return day.time if isinstance(day, TimedDay) else None


def newest_key(day: dt.date) -> tuple[int, int]:
    """Return a sort key that puts later days first, and on one day later times; days without a time come last."""
    time = time_of(day)
    return -day.toordinal(), -(time.hour * 60 + time.minute + 1) if time else 0


def written(day: dt.date) -> str:
    """Return ``day`` as front matter has it, with its time if it has one: ``2026-11-22 09:30``."""
    time = time_of(day)
    return f"{day.isoformat()} {time:%H:%M}" if time else day.isoformat()


def date_long(day: dt.date) -> str:
    """Return a date such as ``14 September 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
