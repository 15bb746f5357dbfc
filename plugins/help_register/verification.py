"""Report contacts whose verification has expired.

In a build each is a warning, and one line has their number. A release stops at an expired crisis contact, unless the
settings name it. 999 needs no verification, because it does not change and nobody may call it as a test.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from plugins.base.problem import Position, Problem, Severity
from plugins.content_model.registers import EMERGENCY, HelpContact, Registers
from plugins.help_register.contacts import PATH, REGISTER


def check_verification(
    registers: Registers, as_of: dt.date, *, release: bool, allowed: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """Yield a problem for each contact without a valid verification, and for each id that is allowed needlessly.

    Args:
        registers: the registers of the content.
        as_of: the day of the build.
        release: True for a release.
        allowed: the ids of crisis contacts that a release may show all the same.
    """
    for contact in registers.contacts.values():
        lapse = _lapse(contact, as_of)
        position = registers.position(REGISTER, contact.id, "id")
        if contact.id in allowed and (lapse is None or not contact.crisis):
            yield _problem(
                position,
                "needless-override",
                f"`{contact.id}` may be released in any case",
                "take the id out of HELP_EXPIRED_ALLOWED, so that the contact cannot expire unseen",
            )
        if lapse is None:
            continue
        name, message = lapse
        hint = f"call or text it, check hours, cost and nations, then write  verified_on: {as_of}"
        stops = release and contact.crisis and contact.id not in allowed
        if stops:
            hint += ";  or release it unverified, by name:  inv publish --allow-expired ID,ID"
        elif release and contact.crisis:
            message += ", and HELP_EXPIRED_ALLOWED lets it be released"
        allows = release and contact.crisis and not stops
        brief = "" if allows else "help contacts unverified: `inv due`"
        yield _problem(position, name, message, hint, stops=stops, brief=brief)


def _lapse(contact: HelpContact, as_of: dt.date) -> tuple[str, str] | None:
    """Return the name and message of the problem of ``contact``, or None."""
    if contact.id == EMERGENCY:
        return None
    if contact.verified_on is not None and contact.verified_on > as_of:
        return "contact-not-verified", f"`{contact.id}` was verified on {contact.verified_on}, a day yet to come"
    if contact.verified_on is None or contact.expires_on is None:
        return "contact-not-verified", f"nobody has verified `{contact.id}`"
    if contact.expires_on <= as_of:
        return "contact-expired", f"`{contact.id}` should have been verified again by {contact.expires_on}"
    return None


def _problem(
    position: Position, name: str, message: str, hint: str, *, stops: bool = False, brief: str = ""
) -> Problem:
    return Problem(PATH, position, name, message, hint, Severity.ERROR if stops else Severity.WARNING, brief)
