"""Contacts: from the register's entries to what readers see, or to the problems that explain why not."""

from __future__ import annotations

from collections.abc import Mapping

from plugins.content_model.positions import Positions
from plugins.content_model.problem import Problem
from plugins.content_model.register import NATION_WORDS, HelpContact
from plugins.content_model.views import ContactView
from plugins.help_register import numbers

PATH = "register/help.yaml"


def views(contacts: Mapping[str, HelpContact], positions: Positions) -> tuple[dict[str, ContactView], list[Problem]]:
    """Return the contacts as readers see them, by id, and a problem for each number that cannot be dialled."""
    found: dict[str, ContactView] = {}
    problems: list[Problem] = []
    for place, contact in enumerate(contacts.values()):
        try:
            found[contact.id] = view(contact)
        except numbers.NumberError as error:
            problems.append(
                Problem(
                    PATH,
                    positions.of((place, "number")),
                    "bad-phone-number",
                    f"{contact.id}: {error}",
                    "check the number against the helpline's own website",
                ),
            )
    return found, problems


def view(contact: HelpContact) -> ContactView:
    """Return the contact as readers see it.

    Raises:
        numbers.NumberError: when a number cannot be dialled.
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
    )


def nations(contact: HelpContact) -> str:
    """Return the nations served, in words: ``England and Wales``; "" for the whole United Kingdom."""
    names = [words for nation, words in NATION_WORDS.items() if nation in contact.nations]
    if len(names) == len(NATION_WORDS):
        return ""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
