"""Numbers: how a phone number is read by people and dialled by phones.

Grouping follows ``phonenumbers`` (Google's libphonenumber) for the United Kingdom. Short numbers (999, 111) and the 116
range (Samaritans) are not in its ranges for ordinary lines and keep the grouping of the register.
"""

from __future__ import annotations

from urllib.parse import quote

import phonenumbers

from plugins.content_model.contact_details import REGION

#: Digits of the longest number that is dialled as it is, without a country code: 116 123 and the like.
_SHORT = 6


class NumberError(ValueError):
    """The text is not a number that can be dialled in the United Kingdom."""


def digits(number: str) -> str:
    """Return the digits of ``number``.

    Raises:
        NumberError: when it holds anything but digits and spaces, or nothing.
    """
    bare = number.replace(" ", "")
    if not bare.isascii() or not bare.isdigit():
        raise NumberError(f"`{number}` is not made of digits and spaces")
    return bare


def shown(number: str) -> str:
    """Return ``number`` as people read it, for example ``020 8191 9191``.

    Raises:
        NumberError: when no such number exists in the United Kingdom.
    """
    return (
        " ".join(number.split())
        if _is_short(number)
        else phonenumbers.format_number(
            _parse(number),
            phonenumbers.PhoneNumberFormat.NATIONAL,
        )
    )


def tel(number: str) -> str:
    """Return the ``tel:`` link (RFC 3966) of ``number``: global for ordinary lines, as dialled for short ones.

    Raises:
        NumberError: when no such number exists in the United Kingdom.
    """
    if _is_short(number):
        return f"tel:{digits(number)}"
    return f"tel:{phonenumbers.format_number(_parse(number), phonenumbers.PhoneNumberFormat.E164)}"


def sms(number: str, word: str | None) -> str:
    """Return the ``sms:`` link (RFC 5724) of a text service, with the word to send filled in.

    Raises:
        NumberError: when ``number`` is not made of digits.
    """
    return f"sms:{digits(number)}" + (f"?body={quote(word)}" if word else "")


def _is_short(number: str) -> bool:
    return len(digits(number)) <= _SHORT


def _parse(number: str) -> phonenumbers.PhoneNumber:
    try:
        parsed = phonenumbers.parse(digits(number), REGION)
    except phonenumbers.NumberParseException as error:
        raise NumberError(f"`{number}` is not a phone number") from error
    if not phonenumbers.is_valid_number_for_region(parsed, REGION):
        raise NumberError(f"`{number}` is not a number of the United Kingdom")
    return parsed
