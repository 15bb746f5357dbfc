"""Format dates for readers."""

from __future__ import annotations

import datetime as dt

#: English names in every locale. ``calendar.month_name`` depends on the locale of the machine.
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def date_long(day: dt.date) -> str:
    """Return a date such as ``14 September 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
