"""Test the formatting of phone numbers."""

from __future__ import annotations

import pytest

from plugins.help_register import numbers


@pytest.mark.parametrize(
    ("number", "shown", "tel"),
    [
        ("020 8191 9191", "020 8191 9191", "tel:+442081919191"),
        ("0208 191 9191", "020 8191 9191", "tel:+442081919191"),
        ("02081919191", "020 8191 9191", "tel:+442081919191"),
        ("0800 1111", "0800 1111", "tel:+448001111"),
        ("999", "999", "tel:999"),
        ("111", "111", "tel:111"),
        ("116 123", "116 123", "tel:116123"),
    ],
)
def test_a_number_has_one_form(number: str, shown: str, tel: str) -> None:
    """Any grouping of a number gives the same display form and ``tel:`` link."""
    assert numbers.shown(number) == shown
    assert numbers.tel(number) == tel


@pytest.mark.parametrize(
    "number", ["", "no", "020 8191 919", "+44 20 8191 9191", "020-8191-9191", "00000000000", "1" * 40, "٩٩٩"]
)
def test_what_cannot_be_dialled_is_an_error(number: str) -> None:
    """Letters, other characters and numbers that do not exist are refused, with the number in the message."""
    with pytest.raises(numbers.NumberError, match="`"):
        numbers.tel(number)


@pytest.mark.parametrize(
    ("number", "word", "link"),
    [
        ("85258", "SHOUT", "sms:85258?body=SHOUT"),
        ("07400 123456", None, "sms:07400123456"),
        ("85258", "HELP ME", "sms:85258?body=HELP%20ME"),
    ],
)
def test_a_text_message_begins_with_its_word(number: str, word: str | None, link: str) -> None:
    """The ``sms:`` link has the word to send, percent-encoded."""
    assert numbers.sms(number, word) == link
