"""Turn the contacts of the register into views, or into problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plugins.base.positions import FieldPath, Positions
from plugins.base.problem import Problem
from plugins.content_model.registers import NATION_WORDS, HelpContact
from plugins.help_register import numbers
from plugins.views.views import ContactView

REGISTER = "help.yaml"
PATH = f"register/{REGISTER}"


def views(
    contacts: Mapping[str, HelpContact], positions: Mapping[str, Positions]
) -> tuple[dict[str, ContactView], list[Problem]]:
    """Return the views of contacts by id, and a problem for each number that cannot be dialled.

    Args:
        contacts: the register, by id.
        positions: the positions of the fields of each contact, by id.
    """
    found: dict[str, ContactView] = {}
    problems: list[Problem] = []
    for contact in contacts.values():
        faults = [
            Problem(
                PATH,
                positions.get(contact.id, Positions()).of(field),
                "bad-phone-number",
                f"{contact.id}: {error}",
                "copy the number from the helpline's own website, in quotes",
            )
            for field, error in _bad_numbers(contact)
        ]
        problems += faults
        if not faults:
            found[contact.id] = view(contact)
    return found, problems


def _bad_numbers(contact: HelpContact) -> Iterator[tuple[FieldPath, numbers.NumberError]]:
    """Yield the fields of ``contact`` whose number cannot be dialled, with the error."""
    if contact.number:
        try:
            numbers.tel(contact.number)
        except numbers.NumberError as error:
            yield ("number",), error
    if contact.text:
        try:
            numbers.sms(contact.text.number, contact.text.word)
        except numbers.NumberError as error:
            yield ("text", "number"), error


def view(contact: HelpContact) -> ContactView:
    """Return the view of ``contact``.

    Raises:
        numbers.NumberError: if a number cannot be dialled.
    """
    text = contact.text
    return ContactView(
        id=contact.id,
        name=contact.name,
        who_for=contact.who_for,
        number=numbers.shown(contact.number) if contact.number else "",
        tel_href=numbers.tel(contact.number) if contact.number else "",
        text_words=f"Text {text.word} to {text.number}"
        if text and text.word
        else f"Text {text.number}"
        if text
        else "",
        sms_href=numbers.sms(text.number, text.word) if text else "",
        url=contact.url or "",
        email=contact.email or "",
        ask_for=contact.ask_for or "",
        hours=contact.hours,
        nations=nations(contact),
        cost=contact.cost,
        shows_on_bill=contact.shows_on_bill,
        crisis=contact.crisis,
        always_open=contact.always_open,
    )


def nations(contact: HelpContact) -> str:
    """Return the nations served in words, such as ``England and Wales``, or "" for the whole United Kingdom."""
    names = [words for nation, words in NATION_WORDS.items() if nation in contact.nations]
    if len(names) == len(NATION_WORDS):
        return ""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
