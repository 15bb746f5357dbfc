"""Test the types of single values."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from plugins.base.dates import written
from plugins.base.fingerprint import fingerprint
from plugins.content_model.fields import (
    LONGEST_SLUG,
    AsList,
    Day,
    Email,
    Flag,
    Identifier,
    Moment,
    Slug,
    Summary,
    Text,
    WebAddress,
)


def problem_name(kind: Any, value: object) -> str:
    """Return the name of the problem of ``value`` as a ``kind``."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    (error,) = caught.value.errors()
    assert error["ctx"]["message"]
    assert error["ctx"]["hint"]
    return str(error["type"])


@given(st.datetimes(min_value=dt.datetime(1900, 1, 1), max_value=dt.datetime(2199, 12, 31)))  # noqa: DTZ001
def test_a_moment_is_a_day_with_a_time(given: dt.datetime) -> None:
    """A time after the day is kept through pickling, and distinguishes fingerprints; the day equals one without."""
    text = f"{given:%Y-%m-%d %H:%M}"
    moment = TypeAdapter(Moment).validate_python(text)
    assert moment == given.date()
    assert written(pickle.loads(pickle.dumps(moment))) == written(moment) == text  # noqa: S301
    other = TypeAdapter(Moment).validate_python(text[:10])
    assert written(other) == text[:10]
    assert fingerprint({"day": moment}) != fingerprint({"day": other})


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2199, 12, 31)))
def test_a_day_is_iso(day: dt.date) -> None:
    """Every day from 1900 to 2199 is read from its ISO form."""
    assert TypeAdapter(Day).validate_python(day.isoformat()) == day


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("03/04/2026", "ambiguous-date"),
        ("4 March 2026", "ambiguous-date"),
        ("2026-3-4", "ambiguous-date"),
        ("20260304", "ambiguous-date"),
        ("2026-03-04 10:00", "ambiguous-date"),
        ("٢٠٢٦-٠٣-٠٤", "ambiguous-date"),
        ("", "ambiguous-date"),
        ("2026-02-30", "impossible-date"),
        ("2026-13-01", "impossible-date"),
        ("0000-01-01", "impossible-date"),
        ("0202-06-01", "impossible-date"),
        ("9999-12-31", "impossible-date"),
        (None, "wrong-type"),
        (["2026-03-04"], "wrong-type"),
    ],
)
def test_a_day_in_any_other_form_is_a_problem(value: object, name: str) -> None:
    """An ambiguous, non-existent or implausible day is refused."""
    assert problem_name(Day, value) == name


@pytest.mark.parametrize(("value", "flag"), [("true", True), ("false", False)])
def test_a_flag(value: str, flag: bool) -> None:
    """A flag is one of two words."""
    assert TypeAdapter(Flag).validate_python(value) is flag


@pytest.mark.parametrize("value", ["yes", "True", "1", "", None, ["true"]])
def test_no_other_word_is_a_flag(value: object) -> None:
    """Other words for true and false are refused."""
    assert problem_name(Flag, value) == "wrong-type"


def test_a_text_is_one_line() -> None:
    """Runs of white space in a text become one space."""
    assert TypeAdapter(Text).validate_python(" a\n  b\tc ") == "a b c"


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (None, "empty-value"),
        ("", "empty-value"),
        (" \n", "empty-value"),
        (["a"], "wrong-type"),
        ({"a": "b"}, "wrong-type"),
    ],
)
def test_an_empty_text_is_refused(value: object, name: str) -> None:
    """A text that is missing, blank, a list or a mapping is refused."""
    assert problem_name(Text, value) == name


@pytest.mark.parametrize("value", ["a", "sober-summers", "2026", "a1-b2"])
def test_a_slug(value: str) -> None:
    """A slug consists of lower-case letters, digits and single hyphens."""
    assert TypeAdapter(Slug).validate_python(value) == value


@pytest.mark.parametrize("value", ["A", "a_b", "a--b", "-a", "a-", "a b", "a/b", "é", "a.html", "..", "１"])
def test_invalid_slugs(value: str) -> None:
    """Characters that an address would escape, or that lead out of the folder, are refused."""
    assert problem_name(Slug, value) == "bad-slug"


@pytest.mark.parametrize(
    ("value", "better"),
    [
        ("Editorial team", "editorial-team"),
        ("Caf\u00e9_2!", "cafe-2"),
        ("???", "sober-summers"),
        ("Straße Łódź", "strasse-lodz"),
    ],
)
def test_a_slug_is_suggested(value: str, better: str) -> None:
    """For a name or a title, the problem suggests the slug of that text."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Slug).validate_python(value)
    assert caught.value.errors()[0]["ctx"]["hint"].endswith(f"  {better}")


@pytest.mark.parametrize("value", ["short12", "-abcdefgh", "abcdefgh-", "Abcdefgh", "abc_defgh", "a" * 65])
def test_a_bad_id(value: str) -> None:
    """An id has 8 to 64 lower-case letters, digits and inner hyphens."""
    assert problem_name(Identifier, value) == "bad-id"


def test_a_summary_fits_a_card() -> None:
    """A summary has at most 160 characters, and the problem says how many are too many."""
    assert TypeAdapter(Summary).validate_python("a" * 160) == "a" * 160
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Summary).validate_python("a" * 163)
    assert caught.value.errors()[0]["ctx"]["hint"] == "take out 3 characters"


@pytest.mark.parametrize("value", ["https://www.nhs.uk/", "http://example.org", "https://example.org:8080/a?b=c#d"])
def test_a_web_address(value: str) -> None:
    """A web address has a scheme and a host with a dot."""
    assert TypeAdapter(WebAddress).validate_python(value) == value


@pytest.mark.parametrize(
    "value",
    [
        "www.nhs.uk",
        "ftp://example.org",
        "https://",
        "https://localhost",
        "javascript:alert(1)",
        "https://a b.org",
        "https://a..b",
        "https://.",
        "https://[a",
        "https://a.b:99999/",
        "https://a.b/\u200b",
    ],
)
def test_a_bad_web_address(value: str) -> None:
    """An address that a browser would not open as a web page is refused."""
    assert problem_name(WebAddress, value) == "bad-address"


@pytest.mark.parametrize("value", ["sammy@example.org", "a.b+c@d-e.co.uk"])
def test_an_email(value: str) -> None:
    """An e-mail address has one name and one host."""
    assert TypeAdapter(Email).validate_python(value) == value


@pytest.mark.parametrize(
    "value", ["a@b", "a@b?cc=c@d.org", "a@b.org?subject=x", "A <a@b.org>", "a@b.org, c@d.org", "a..b@c.org", "a@-b.org"]
)
def test_a_bad_email(value: str) -> None:
    """A text that a mail program would read as several addresses or none is refused."""
    assert problem_name(Email, value) == "bad-email"


def test_invisible_characters_are_removed() -> None:
    """All spaces become plain ones and invisible characters are removed, but joiners of letters and emoji stay."""
    joined = "\U0001f469\u200d\U0001f467 \u0915\u094d\u200c\u0937"
    written = f"\ufeffA\u200b walk\u00a0by\u2007the\u202fsea\u3000in\u00ad \u200eMay\u200f {joined}"
    assert TypeAdapter(Text).validate_python(written) == f"A walk by the sea in May {joined}"


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("\u200b", "empty-value"),
        ("\u200d", "empty-value"),
        ("\ufe0f", "empty-value"),
        ("\u2060 \u00ad", "empty-value"),
        *(
            (f"a {turning}b", "turning-character")
            for turning in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        ),
    ],
)
def test_unreadable_texts_are_refused(value: str, name: str) -> None:
    """A text without visible characters is empty, and one with direction overrides is refused."""
    assert problem_name(Text, value) == name


def test_a_slug_is_no_longer_than_a_file_name_allows() -> None:
    """A slug of the greatest length is valid, and one character more is a problem that says so."""
    assert TypeAdapter(Slug).validate_python("a" * LONGEST_SLUG)
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Slug).validate_python("a" * (LONGEST_SLUG + 3))
    assert caught.value.errors()[0]["ctx"]["hint"] == "take out 3 characters"


@pytest.mark.parametrize(("value", "name"), [(None, "empty-value"), ("a", "wrong-type"), ({"a": "b"}, "wrong-type")])
def test_a_list_is_a_list(value: object, name: str) -> None:
    """A text or nothing in place of a list is refused."""
    assert problem_name(Annotated[tuple[Text, ...], AsList], value) == name
