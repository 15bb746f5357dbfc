"""Write what is due as an iCalendar file (RFC 5545).

It names stories, consents of narrators and unverified help lines, so it is for staff and never part of the site.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

from icalendar import Alarm, Calendar, Event

from plugins.authoring.due.listing import Due

#: An alarm a week before: enough time to ask a narrator or to ring a help line.
_NOTICE = dt.timedelta(days=7)


def calendar_of(items: Iterable[Due], as_of: dt.date, root: str, name: str) -> bytes:
    """Return a calendar with a day for each of ``items``; an item without a day is on the day ``as_of``.

    An item keeps its UID when its day moves, so that a calendar that reads the file again moves the event.

    Args:
        items: what is due.
        as_of: the day of the list.
        root: the content folder, as staff know it.
        name: the name of the site.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Community site//What is due//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{name}: what is due")
    seen: dict[str, int] = {}
    for item in items:
        uid = _uid(item)
        seen[uid] = seen.get(uid, 0) + 1
        calendar.add_component(_event(item, f"{uid}-{seen[uid]}", as_of, root))
    return bytes(calendar.to_ical())


def _event(item: Due, uid: str, as_of: dt.date, root: str) -> Event:
    day = item.on or as_of
    event = Event()
    event.add("uid", f"{uid}@due.community-site")
    event.add("dtstamp", dt.datetime.combine(as_of, dt.time(), dt.UTC))
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    event.add("summary", item.what)
    event.add("description", f"{root}/{item.path}, line {item.position.line}")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", item.what)
    alarm.add("trigger", -_NOTICE)
    event.add_component(alarm)
    return event


def _uid(item: Due) -> str:
    """Return an id that stays the same when a day or a title changes: a hash of the file and of what is due."""
    what = item.what.partition(": “")[0].removesuffix(" (never verified)")
    return hashlib.sha256(f"{item.path}\0{what}".encode()).hexdigest()[:32]
