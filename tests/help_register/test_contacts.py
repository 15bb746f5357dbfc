"""Test the views of contacts."""

from __future__ import annotations

import pytest

from plugins.base.positions import Positions
from plugins.base.problem import Position
from plugins.content_model.registers import HelpContact
from plugins.help_register.contacts import nations, view, views


def contact(**changes: object) -> HelpContact:
    """Return a contact with ``changes``."""
    fields = {
        "id": "us",
        "name": "Us",
        "who_for": "All",
        "number": "999",
        "hours": "Always",
        "nations": ["england"],
        "cost": "Free",
        "source": "We",
        **changes,
    }
    return HelpContact.model_validate({name: value for name, value in fields.items() if value is not None})


def test_a_contact_with_everything() -> None:
    """The view has a link for each way to reach the contact."""
    made = view(
        contact(
            number="020 8191 9191", text={"number": "85258", "word": "SHOUT"}, email="a@example.org", ask_for="Sammy"
        )
    )
    assert (made.number, made.tel_href) == ("020 8191 9191", "tel:+442081919191")
    assert (made.text_words, made.sms_href) == ("Text SHOUT to 85258", "sms:85258?body=SHOUT")
    assert (made.email, made.ask_for, made.url) == ("a@example.org", "Sammy", "")


def test_a_text_service_without_a_word() -> None:
    """Without a word to send, only the number is shown."""
    made = view(contact(number=None, text={"number": "07400 123456"}))
    assert (made.text_words, made.sms_href) == ("Text 07400 123456", "sms:07400123456")
    assert (made.number, made.tel_href) == ("", "")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["wales"], "Wales"),
        (["wales", "england"], "England and Wales"),
        (["northern-ireland", "scotland", "wales"], "Scotland, Wales and Northern Ireland"),
        (["england", "scotland", "wales", "northern-ireland"], ""),
    ],
)
def test_nations_in_words(given: list[str], words: str) -> None:
    """Nations are named in one order, and not at all for the whole United Kingdom."""
    assert nations(contact(nations=given)) == words


def test_numbers_that_cannot_be_dialled_have_their_place() -> None:
    """Each invalid number is a problem at its position, and its contact is not shown."""
    bad = contact(id="bad", number="12 34 56 78", text={"number": "words"})
    positions = {
        "bad": Positions(values={(): Position(5, 3), ("number",): Position(6, 11), ("text", "number"): Position(7, 18)})
    }
    found, problems = views({"us": contact(), "bad": bad}, positions)
    assert list(found) == ["us"]
    assert [(problem.name, problem.position) for problem in problems] == [
        ("bad-phone-number", Position(6, 11)),
        ("bad-phone-number", Position(7, 18)),
    ]
    assert problems[0].path == "register/help.yaml"
