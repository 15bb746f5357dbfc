"""Test that private dates compare like dates and cannot be converted to text."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from collections.abc import Callable, Iterator
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Template
from pydantic import BaseModel

from plugins.base.fingerprint import fingerprint
from plugins.content_model.private_date import PrivateDate, PrivateDateError
from plugins.content_model.story import Story
from plugins.feeds.items import instant

DAY = dt.date(2027, 12, 29)
HIDDEN = PrivateDate.of(DAY)


@pytest.mark.parametrize(
    "write",
    [
        str,
        "{}".format,
        "{:%Y}".format,
        "%s".__mod__,
        lambda day: Template("{{ day }}").render(day=day),
        PrivateDate.isoformat,
        PrivateDate.ctime,
        PrivateDate.timetuple,
        PrivateDate.toordinal,
        PrivateDate.isocalendar,
        PrivateDate.weekday,
        PrivateDate.replace,
        lambda day: day.strftime("%Y"),
        lambda day: day.year,
        lambda day: day.month,
        lambda day: day.day,
        lambda day: str(day + dt.timedelta(1)),
        lambda day: instant(day, dt.UTC, "an-entry"),
    ],
)
def test_a_private_date_cannot_be_converted(write: Callable[[Any], object]) -> None:
    """Every conversion to a text, a number or a time raises an error that does not contain the date."""
    with pytest.raises(PrivateDateError) as raised:
        write(HIDDEN)
    assert "2027" not in str(raised.value)


def test_the_repr_hides_the_date() -> None:
    """The repr, which tracebacks and logs show, does not contain the date."""
    assert repr(HIDDEN) == "<a private day>"
    with pytest.raises(TypeError):
        json.dumps({"day": HIDDEN})


@given(st.dates(), st.dates())
def test_private_dates_compare_like_dates(one: dt.date, other: dt.date) -> None:
    """Equal dates are equal, earlier ones are less, and a difference is a number of days."""
    hidden = PrivateDate.of(one)
    assert hidden.reveal() == one == hidden
    assert type(hidden.reveal()) is dt.date
    assert (hidden < other, other < hidden, hidden == other) == (one < other, other < one, one == other)
    assert other - hidden == other - one
    assert hash(hidden) == hash(one)
    assert (fingerprint(hidden) == fingerprint(PrivateDate.of(other))) == (one == other)


def test_copies_are_private_too() -> None:
    """Pickled copies for other processes and caches are private as well."""
    for made in (pickle.loads(pickle.dumps(HIDDEN)), copy.deepcopy(HIDDEN), HIDDEN + dt.timedelta(0)):  # noqa: S301
        assert type(made) is PrivateDate
        assert made == HIDDEN


def _date_types(kind: object, way: str) -> Iterator[tuple[str, object]]:
    """Return the date types in ``kind``, each with its path."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            yield from _date_types(field.annotation, f"{way}.{name}")
    elif isinstance(kind, type) and issubclass(kind, dt.date):
        yield way, kind
    else:
        for part in get_args(kind):
            yield from _date_types(part, way)


def test_every_day_of_a_private_field_is_private() -> None:
    """Every date in a private field of a story has the private type."""
    found = [days for name in Story.private for days in _date_types(Story.model_fields[name].annotation, name)]
    assert {way for way, _ in found} == {"consent.given_on", "consent.expires", "safeguarding.reviewed_on"}
    assert {kind for _, kind in found} == {PrivateDate}
