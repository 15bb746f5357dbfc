"""Write ``security.txt`` (RFC 9116), which says where to report vulnerabilities.

Scanners request this file at the root of a host only. A site below a path has it below that path.
"""

from __future__ import annotations

import datetime as dt

from plugins.views.views import ContactView

PATH = "/.well-known/security.txt"
#: The file expires on the first day of the month this many months ahead. That is more than half a year, and less than
#: the maximum of one year that the RFC recommends.
_MONTHS = 7


def expiry(as_of: dt.date) -> dt.date:
    """Return the expiry date of a file made on ``as_of``, which is the same for all days of a month."""
    years, month = divmod(as_of.month - 1 + _MONTHS, 12)
    return dt.date(as_of.year + years, month + 1, 1)


def contact_address(contact: ContactView) -> str:
    """Return the e-mail address of ``contact`` as a ``mailto:`` URL, else its HTTPS page, else "".

    The phone number is never used, because it belongs to people who help callers in distress.
    """
    if contact.email:
        return f"mailto:{contact.email}"
    return contact.url if contact.url.startswith("https://") else ""


def security(contact: str, expires: dt.date, language: str, url: str) -> str:
    """Return the text of the file.

    Args:
        contact: the URL that takes reports.
        expires: the expiry date.
        language: the preferred language of reports, a BCP 47 tag.
        url: the absolute URL of the file. The RFC allows HTTPS only, so another URL is left out.
    """
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires.isoformat()}T00:00:00Z",
        f"Preferred-Languages: {language}",
        *([f"Canonical: {url}"] if url.startswith("https://") else []),
    ]
    return "".join(f"{line}\n" for line in lines)
