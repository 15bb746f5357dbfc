"""Test ``security.txt``."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from plugins.publishing.security_txt import PATH, contact_address, expiry, security
from plugins.views.views import ContactView
from tests.sites.building import SITES, Built, build_here

NOBODY = ContactView(
    id="us", name="Us", who_for="Anyone", number="020 8191 9191", tel_href="tel:+442081919191", text_words="",
    sms_href="", url="", email="", ask_for="", hours="", nations="", cost="", shows_on_bill="unknown", crisis=False,
)  # fmt: skip
FILE = PATH.lstrip("/")


def fields(text: str) -> dict[str, str]:
    """Return the fields of a file. Each stands on one line and occurs once."""
    lines = [line.split(": ", 1) for line in text.splitlines()]
    found = dict(lines)
    assert len(found) == len(lines)
    assert text.endswith("\n")
    return found


@given(st.dates(dt.date(2020, 1, 1), dt.date(2100, 1, 1)))
def test_the_file_is_valid_for_half_a_year_at_least_and_under_a_year(as_of: dt.date) -> None:
    """The file is valid for at least six months and for less than a year after any day."""
    months = as_of.month - 1 + 6
    last = dt.date(as_of.year + months // 12, months % 12 + 1, 1) + dt.timedelta(days=as_of.day - 1)
    assert min(last, as_of + dt.timedelta(days=181)) <= expiry(as_of) < as_of + dt.timedelta(days=365)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2100, 1, 1)))
def test_the_file_changes_once_a_month(as_of: dt.date) -> None:
    """The file is the same on all days of a month, and differs in the next."""
    first = as_of.replace(day=1)
    assert expiry(as_of) == expiry(first)
    assert expiry(first + dt.timedelta(days=31)) > expiry(first)


def test_messages_go_where_the_register_says() -> None:
    """The contact is the e-mail address, else the web page, and never the phone number."""
    page = replace(NOBODY, url="https://www.example.org/")
    assert contact_address(page) == "https://www.example.org/"
    assert contact_address(replace(page, email="hello@example.org")) == "mailto:hello@example.org"
    assert contact_address(replace(NOBODY, url="http://www.example.org/")) == ""
    assert contact_address(NOBODY) == ""


@pytest.mark.parametrize("url", ["https://example.org", "https://example.org/a/community"])
def test_the_file_keeps_the_rules(url: str) -> None:
    """The file has each field once, in the syntax of RFC 9116."""
    found = fields(security("https://www.example.org/", dt.date(2027, 6, 1), "en-GB", f"{url}{PATH}"))
    assert list(found) == ["Contact", "Expires", "Preferred-Languages", "Canonical"]
    assert dt.datetime.fromisoformat(found["Expires"]) == dt.datetime(2027, 6, 1, tzinfo=dt.UTC)
    assert found["Canonical"] == f"{url}/.well-known/security.txt"


def test_an_address_without_encryption_is_not_called_canonical() -> None:
    """Without HTTPS there is no field Canonical."""
    assert "Canonical" not in security("https://www.example.org/", dt.date(2027, 6, 1), "en", "http://localhost" + PATH)


def test_the_site_names_its_contact(real: Built) -> None:
    """The site's file has the contact of the register and the expiry date."""
    found = fields(real.text(FILE))
    assert re.match(r"(https://|mailto:)\S+$", found["Contact"])
    assert found["Contact"].removeprefix("mailto:") in (SITES.parents[1] / "content/register/help.yaml").read_text()
    assert found["Expires"] == "2027-06-01T00:00:00Z"


def test_without_a_contact_there_is_no_file(tmp_path: Path) -> None:
    """A site without a contact has no file, because RFC 9116 requires one."""
    site = build_here(SITES / "minimal", tmp_path / "output")
    assert FILE not in site.files()
