"""Choose the three contacts that the help page shows first: 999, somebody to talk to, and somebody to text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from plugins.content_model.registers import EMERGENCY, URGENT
from plugins.views.views import ContactView

Way = Literal["emergency", "talk", "text"]


class HelpTarget(Struct, frozen=True):
    """One of the first contacts, and what it is for. ``talk`` has a number to call, ``text`` a number to text."""

    way: Way
    contact: ContactView


def help_targets(contacts: Mapping[str, ContactView]) -> tuple[HelpTarget, ...]:
    """Return 999, the first line to call and the first line to text, without those that the register lacks.

    A line is chosen only if it is meant for a crisis, serves all four nations and is answered at any time of any day:
    a reader in a crisis must not be sent to a line that may be closed. Of several, the first in the register counts.

    Args:
        contacts: by id, in the order of the register.
    """
    return tuple(_targets(contacts))


def _targets(contacts: Mapping[str, ContactView]) -> Iterator[HelpTarget]:
    emergency = contacts.get(EMERGENCY)
    if emergency is not None and emergency.number:
        yield HelpTarget("emergency", emergency)
    lines = [
        contact
        for contact in contacts.values()
        if contact.id not in {EMERGENCY, URGENT} and contact.crisis and contact.always_open and not contact.nations
    ]
    talk = next((contact for contact in lines if contact.tel_href), None)
    if talk is not None:
        yield HelpTarget("talk", talk)
    text = next((contact for contact in lines if contact.sms_href), None)
    if text is not None:
        yield HelpTarget("text", text)
