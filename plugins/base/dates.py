"""Dates as readers see them."""

from __future__ import annotations

import datetime as dt

#: In English, whatever the machine's locale; ``calendar.month_name`` depends on it.
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def date_long(day: dt.date) -> str:
    """Return ``14 September 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
