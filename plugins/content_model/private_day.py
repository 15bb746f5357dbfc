"""Private days: they can be compared and counted with, but nothing can write them."""

from __future__ import annotations

import datetime as dt
from typing import Any, NoReturn, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class PrivateDayError(TypeError):
    """Something was about to write a day that readers must not learn."""


class PrivateDay(dt.date):
    """A day that no reader may learn, such as the one on which a consent ends.

    A private day may well be the day of a build, or of an article, so looking for it in files proves nothing. Instead
    it has no text and no parts: a template, a feed or a script that writes one raises an error. It compares with other
    days, and the difference of two is a number of days. ``open`` gives the plain day, for messages to authors alone.
    """

    @classmethod
    def of(cls, day: dt.date) -> Self:
        """Return ``day`` as a private one."""
        return cls(day.year, day.month, day.day)

    def open(self) -> dt.date:
        """Return the plain day, for people who work on the content."""
        return dt.date(super().year, super().month, super().day)

    def __repr__(self) -> str:
        """Say what it is, not which: tracebacks and logs show this."""
        return "<a private day>"

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise PrivateDayError("a private day was about to be written")

    __str__ = __format__ = isoformat = strftime = ctime = _refuse
    timetuple = toordinal = weekday = isoweekday = isocalendar = replace = _refuse
    year = month = day = property(_refuse)

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401
        """Validate, and describe to editors, as any day."""
        return core_schema.no_info_after_validator_function(cls.of, handler(dt.date))
