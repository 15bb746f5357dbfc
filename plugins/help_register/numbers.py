"""Format phone numbers for people and for ``tel:`` links.

Grouping follows ``phonenumbers`` (Google's libphonenumber) for the United Kingdom. Short numbers (999, 111) and the 116
range (Samaritans) are not ordinary numbers there, and keep the grouping of the register.
"""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

from plugins.content_model.contact_details import REGION

#: The maximum number of digits of a number that has no country code, such as 116 123.
_SHORT = 6


class NumberError(ValueError):
    """The text is not a number that can be dialled in the United Kingdom."""


def digits(number: str) -> str:
    """Return the digits of ``number``.

    Raises:
        NumberError: if it is empty or holds anything but digits and spaces.
    """
    bare = number.replace(" ", "")
    if not bare.isascii() or not bare.isdigit():
        raise NumberError(f"`{number}` is not made of digits and spaces")
    return bare


def shown(number: str) -> str:
    """Return ``number`` grouped for people, such as ``020 8191 9191``.

    Raises:
        NumberError: if the number does not exist in the United Kingdom.
    """
    return " ".join(number.split()) if _is_short(number) else _formatted(number, "NATIONAL")


def tel(number: str) -> str:
    """Return the ``tel:`` link (RFC 3966) of ``number``, which is local for short numbers and global for others.

    Raises:
        NumberError: if the number does not exist in the United Kingdom.
    """
    if _is_short(number):
        return f"tel:{digits(number)}"
    return f"tel:{_formatted(number, 'E164')}"


def sms(number: str, word: str | None) -> str:
    """Return the ``sms:`` link (RFC 5724) of a text service, with the word to send as its body.

    Raises:
        NumberError: if ``number`` holds anything but digits and spaces.
    """
    return f"sms:{digits(number)}" + (f"?body={quote(word)}" if word else "")


def _is_short(number: str) -> bool:
    return len(digits(number)) <= _SHORT


def _formatted(number: str, form: Literal["NATIONAL", "E164"]) -> str:
    # Imported where it is needed, because few builds read a number and the import is slow.
    import phonenumbers  # noqa: PLC0415

    try:
        parsed = phonenumbers.parse(digits(number), REGION)
    except phonenumbers.NumberParseException as error:
        raise NumberError(f"`{number}` is not a phone number") from error
    if not phonenumbers.is_valid_number_for_region(parsed, REGION):
        raise NumberError(f"`{number}` is not a number of the United Kingdom")
    return phonenumbers.format_number(parsed, getattr(phonenumbers.PhoneNumberFormat, form))
