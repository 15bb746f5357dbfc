"""Test that the number 999 is required."""

from __future__ import annotations

import pytest

from plugins.content_model.page import Page
from plugins.content_model.registers import Registers
from plugins.help_register.emergency import check_emergency, check_help_page
from tests.help_register.registers import registers
from tests.sites.writing import entry


def names(made: Registers, *, has_content: bool = True, release: bool = False) -> list[str]:
    """Return the names of the problems of a register."""
    return [problem.name for problem in check_emergency(made, has_content=has_content, release=release)]


@pytest.mark.parametrize(
    ("made", "has_content", "release", "expected"),
    [
        (registers(), True, True, []),
        (registers(emergency=None), True, False, ["missing-emergency-contact"]),
        (registers(emergency=None), True, True, ["missing-emergency-contact"]),
        (registers(emergency=None), False, True, []),
        (Registers(), True, False, []),
        (Registers(), True, True, ["missing-emergency-contact"]),
        (Registers(), False, True, []),
    ],
    ids=["there", "missing", "missing in a release", "nothing to read", "no register", "released without", "empty"],
)
def test_a_site_with_something_to_read_names_999(
    made: Registers, has_content: bool, release: bool, expected: list[str]
) -> None:
    """A register without 999 stops the build of a site with entries. A missing register stops its release."""
    assert names(made, has_content=has_content, release=release) == expected


@pytest.mark.parametrize("number", ["112", "0999", "99 9 9", None])
def test_the_number_is_999(number: str | None) -> None:
    """The contact named emergency must have the number 999."""
    ways = {"number": number, "url": "https://example.org/"}
    assert names(registers(emergency=ways)) == ["wrong-emergency-number"]


def test_999_may_be_written_with_spaces() -> None:
    """Spaces in the number are ignored."""
    assert names(registers(emergency={"number": "9 9 9"})) == []


def test_999_does_not_expire() -> None:
    """An expiry date for 999 is refused."""
    days = {"verified_on": "2026-11-01", "expires": "2026-12-01"}
    assert names(registers(emergency=days)) == ["emergency-expires"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p>Call <a href="tel:999">999</a>.</p>', []),
        ("<p>Call 999.</p>", ["help-page-without-emergency"]),
        ('<p><a href="tel:9990">9990</a></p>', ["help-page-without-emergency"]),
        ("", ["help-page-without-emergency"]),
    ],
)
def test_the_help_page_links_to_999(html: str, expected: list[str]) -> None:
    """A hand-written help page must have a ``tel:`` link to 999."""
    page = entry(Page, "help", layout="help")
    problems = list(check_help_page(page, html, "tel:999"))
    assert [problem.name for problem in problems] == expected
    assert all(problem.position == page.source.positions.keys["layout",] for problem in problems)
