"""Security: whom to tell of a hole in the site (RFC 9116).

People look for this file at the root of a host only: a site below a path has it below that path, where it is found by
those alone who are told.
"""

from __future__ import annotations

import datetime as dt

from plugins.views.views import ContactView

PATH = "/.well-known/security.txt"
#: A file is valid until the first day of the month that lies so many months ahead: for half a year at least, whatever
#: the day, and never for a year, which is the longest that the RFC advises.
_MONTHS = 7


def expiry(as_of: dt.date) -> dt.date:
    """Return the day on which a file that was made on ``as_of`` ends: the same for all days of a month."""
    years, month = divmod(as_of.month - 1 + _MONTHS, 12)
    return dt.date(as_of.year + years, month + 1, 1)


def contact_address(contact: ContactView) -> str:
    """Return where ``contact`` takes messages, an e-mail address or else a page; "" when it has neither.

    Its phone number is not given: those who answer it help people in distress.
    """
    if contact.email:
        return f"mailto:{contact.email}"
    return contact.url if contact.url.startswith("https://") else ""


def security(contact: str, expires: dt.date, language: str, url: str) -> str:
    """Return the file.

    Args:
        contact: the address that takes messages.
        expires: the day on which the file ends.
        language: the one in which people may write, a BCP 47 tag.
        url: the whole address of the file. One without encryption, as on an author's machine, proves nothing and is
            left out, as the RFC asks.
    """
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires.isoformat()}T00:00:00Z",
        f"Preferred-Languages: {language}",
        *([f"Canonical: {url}"] if url.startswith("https://") else []),
    ]
    return "".join(f"{line}\n" for line in lines)
