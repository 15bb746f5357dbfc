"""A date that can be compared and subtracted, but not converted to text."""

from __future__ import annotations

import datetime as dt
from typing import Any, NoReturn, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class PrivateDateError(TypeError):
    """Code tried to convert a private date to text, or to read a part of it."""


class PrivateDate(dt.date):
    """A date that must not be published, such as the end of a consent.

    Any conversion to text raises ``PrivateDateError``, so no template or feed can contain it. Searching the output for
    the date would prove nothing, because it may be equal to a public one. ``reveal`` returns the plain date for
    messages to authors.
    """

    @classmethod
    def of(cls, day: dt.date) -> Self:
        """Return ``day`` as a private date."""
        return cls(day.year, day.month, day.day)

    def reveal(self) -> dt.date:
        """Return the plain date, for messages to authors."""
        return dt.date(super().year, super().month, super().day)

    def __repr__(self) -> str:
        """Return a text without the date, because tracebacks and logs contain it."""
        return "<a private day>"

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise PrivateDateError("a private day was about to be written")

    __str__ = __format__ = isoformat = strftime = ctime = _refuse
    timetuple = toordinal = weekday = isoweekday = isocalendar = replace = _refuse
    year = month = day = property(_refuse)

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401
        """Validate, and describe in JSON schemas, like any other date."""
        return core_schema.no_info_after_validator_function(cls.of, handler(dt.date))
