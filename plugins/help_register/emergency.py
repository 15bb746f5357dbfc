"""Require the number 999 in the register and on the help page."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.base.problem import Position, Problem
from plugins.content_model.entry import Entry
from plugins.content_model.registers import EMERGENCY, Registers
from plugins.help_register.contacts import PATH, REGISTER

NUMBER = "999"


def check_emergency(registers: Registers, *, has_content: bool, release: bool) -> Iterator[Problem]:
    """Yield a problem if the site would not show 999.

    Args:
        registers: the registers of the content.
        has_content: True if the site has entries. An empty site needs no contacts.
        release: True for a release, which must not be published without a register.
    """
    contact = registers.contacts.get(EMERGENCY)
    if contact is None:
        if has_content and (registers.contacts or release):
            yield Problem(
                PATH,
                Position(),
                "missing-emergency-contact",
                f"the register has no contact `{EMERGENCY}`, so no page would name {NUMBER}",
                f'add a contact with  id: {EMERGENCY}  and  number: "{NUMBER}"',
            )
        return
    if "".join((contact.number or "").split()) != NUMBER:
        yield Problem(
            PATH,
            registers.position(REGISTER, EMERGENCY, "number"),
            "wrong-emergency-number",
            f"the number of `{EMERGENCY}` is not {NUMBER}",
            f'write  number: "{NUMBER}"',
        )
    if contact.expires is not None:
        yield Problem(
            PATH,
            registers.position(REGISTER, EMERGENCY, "expires"),
            "emergency-expires",
            f"{NUMBER} does not expire, and nobody may dial it to verify it",
            "delete the line",
        )


def check_help_page(page: Entry, html: str, tel_href: str) -> Iterator[Problem]:
    """Yield a problem if the hand-written help page does not link to 999.

    Args:
        page: the help page.
        html: its rendered text.
        tel_href: the ``tel:`` link of 999.
    """
    if f'href="{tel_href}"' not in html:
        yield Problem(
            page.source.path,
            page.source.positions.of_key(("layout",)),
            "help-page-without-emergency",
            f"the help page does not name {NUMBER}",
            f"write  /// help | {EMERGENCY}  and  ///  below the first heading",
        )
