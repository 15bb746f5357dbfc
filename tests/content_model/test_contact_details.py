"""A telephone number or an e-mail address in a text is told where it stands."""

from __future__ import annotations

import pytest

from plugins.content_model.contact_details import check_contact_details
from plugins.content_model.problem import Position, Severity
from tests.markdown_blocks.world import errors, world


@pytest.mark.parametrize(
    "number",
    [
        "020 8191 9191",
        "0208 191 9191",
        "02081919191",
        "+44 20 8191 9191",
        "(020) 8191 9191",
        "0300 123 6600",
        "07911 123456",
    ],
)
def test_numbers(number: str) -> None:
    """However it is grouped, a British number is found."""
    (problem,) = check_contact_details(f"One\ntwo\n\nCall {number} now.", "a.md", first_line=10)
    assert (problem.path, problem.name, problem.severity) == ("a.md", "raw-phone-number", Severity.ERROR)
    assert problem.position == Position(13, 6)


@pytest.mark.parametrize("address", ["sammy@example.org", "first.last+news@mail.example.co.uk"])
def test_addresses(address: str) -> None:
    """An e-mail address is found, in angle brackets too."""
    (problem,) = check_contact_details(f"Write to <{address}>.", "a.md")
    assert (problem.name, problem.position) == ("raw-email", Position(1, 11))
    assert f"`{address}`" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "In 2019, 2020 and 2021 we met on 14.09.2026, 2026-09-14 and 14/09/2026 at 10:30.",
        "Between 1,000,000 and 2 000 000 people, 12.5 % or £1,250,000.",
        "NHS 111, and 999 or 112.",
        "See https://example.org/02081919191?tel=02081919191&mail=a@b.example.",
        "See [a](https://example.org/020%208191%209191) or [b](help:02081919191).",
        "An @mention, a@b and user@localhost.",
        "ISBN 978-0-19-953556-9, DOI 10.1000/182.",
        "",
    ],
)
def test_what_is_no_contact_detail(text: str) -> None:
    """Years, dates, amounts, short numbers and addresses of the web are no contact details."""
    assert check_contact_details(text, "a.md") == ()


def test_in_a_body() -> None:
    """A body with a number and an address is refused, once for each, and no link is made of them."""
    found = [(problem.name, problem.position) for problem in errors("Call 020 8191 9191\n\n`a@b.example`", world())]
    assert found == [("raw-phone-number", Position(1, 6)), ("raw-email", Position(3, 2))]
