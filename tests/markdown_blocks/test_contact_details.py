"""Test that phone numbers and e-mail addresses in bodies are refused."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from plugins.base.problem import Position
from tests.markdown_blocks.world import errors, world


def test_details_in_a_body_are_refused() -> None:
    """A body with a number and an address has a problem for each, and neither becomes a link."""
    found = [(problem.name, problem.position) for problem in errors("Call 020 8191 9191\n\n`a@b.example`", world())]
    assert found == [("raw-phone-number", Position(1, 6)), ("raw-email", Position(3, 2))]


@pytest.mark.parametrize(
    ("body", "column"),
    [
        ("Call 0800&nbsp;123 4567 now.", 6),
        ("Call 0&#56;00 123 4567 now.", 15),
        ("Call **0800** *123* 4567.", 8),
        ("Call [0800](/articles/) [123](/articles/) 4567.", 7),
        ("Call 08<!-- -->00 12<!-- -->3 4567.", 31),
        (r"Write to jo\@site.example.", 10),
        ("Write to jo&#64;site.example.", 10),
        ("Call 020 8191<br>9191 now.", 6),
        ("Call *020* 8191<br />\n9191 now.", 7),
        ("Call 020 8191\\\n9191 now.", 6),
        ("Call 020 8191  \n9191 now.", 6),
        ("Call *020*\n8191  \n9191 now.", 7),
        ("Call ０８００&nbsp;①②③ 4567 now.", 6),
        ("Write to jo@<br>site.example.", 10),
        ("Write to jo@si<br>te<br>.example now.", 10),
    ],
)
def test_what_marks_and_codes_hide_is_refused(body: str, column: int) -> None:
    """A number or an address that readers see is found, whatever the source writes within it."""
    (found,) = errors(f"Hello.\n\n{body}", world())
    assert (found.name[:4], found.position) == ("raw-", Position(3, column))


@pytest.mark.parametrize(
    "body",
    [
        "| a | b |\n|---|---|\n| 0800 | 1234567 |",
        "`0` *800* `1234567`",
        "/// help | samaritans, shout\n///",
        "Follow us<br>@helpers.example.<br>We meet a@b<br>today.",
    ],
)
def test_other_numbers_that_readers_see_pass(body: str) -> None:
    """Cells, code and cards of the register make no number."""
    cards = {"samaritans": "116 123", "shout": "Text SHOUT to 85258"}
    context = replace(world(), help_card=lambda identifier: f"<h3>A</h3><p>{cards[identifier]}</p>")
    assert errors(f"## Hello\n\n{body}", context) == ()


def test_a_number_of_the_register_has_its_link() -> None:
    """For a number in the register, in any grouping, the message says which link to write."""
    (told,) = errors("Call 116-123 now.")
    assert told.hint == "the register has it: write the name with a link, `[Samaritans](help:samaritans)`"
    (told,) = errors("Call 020 8191 9191 now.")
    assert "/// help" in told.hint
