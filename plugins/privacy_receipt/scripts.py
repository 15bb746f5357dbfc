"""Find the names in a script that store data, connect to a host, or hide what it does."""

from __future__ import annotations

import re

from plugins.privacy_receipt.findings import Findings, PrivacyViolation
from plugins.privacy_receipt.origin import SiteOrigin

_STORES = re.compile(
    r"\b(?:cookieStore|localStorage|sessionStorage|indexedDB|openDatabase|requestFileSystem|serviceWorker|CacheStorage|SharedWorker"
    r"|StorageManager)\b|\bdocument\s*\.\s*cookie\b|\.\s*cookie\b|\bcaches\s*\.|\bwindow\s*\.\s*name\b|\bnavigator\s*\.\s*storage\b"
)
#: Ways to connect to a host outside the policy for fetching, or to learn about the reader.
_CONNECTS = re.compile(
    r"\b(?:sendBeacon|WebSocket|WebTransport|EventSource|RTCPeerConnection|XMLHttpRequest|BroadcastChannel|geolocation|Notification"
    r"|PushManager|importScripts)\b"
)
#: Ways to compute a name, which a search for names cannot find.
_HIDES = re.compile(
    r"\beval\b|\bFunction\s*\(|\bnew\s+Function\b|\batob\b|\bfromCharCode\b|\bfromCodePoint\b|\bunescape\b"
    r"|\b(?:window|globalThis|self|top|parent|document|navigator)\s*(?:\?\.)?\s*\[|\\u00|\\x[0-9a-f]",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"""(?:\b(?:https?|wss?|ftp):)?//[^\s"'`)<>]+""", re.IGNORECASE)
#: What precedes two slashes that start a comment.
_COMMENT = re.compile(r"(?:^|[\s;{},()])//")


def read(text: str, where: str, origin: SiteOrigin) -> Findings:
    """Return the findings of the script ``text``, called ``where`` in messages."""
    found = Findings(scripts=1)
    for match in _STORES.finditer(text):
        found.stores(match[0].strip(" .("), where)
    for match in _CONNECTS.finditer(text):
        found.violations.append(_connects(match[0], where))
    for match in _HIDES.finditer(text):
        found.hides(f"uses `{match[0].strip()}`", where)
    for match in _ADDRESS.finditer(text):
        before = text[max(0, match.start() - 1) : match.start() + 2]
        if match[0].startswith("//") and (match.start() == 0 or _COMMENT.match(before)):
            continue
        if not origin.is_ours(match[0]):
            found.leaves(match[0], where)
    return found


def _connects(name: str, where: str) -> PrivacyViolation:
    return PrivacyViolation(
        "request-leaves-site", f"{where} uses `{name}`, which may speak to another host", "do without it"
    )
