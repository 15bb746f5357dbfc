"""Escape addresses for the configuration of hosts."""

from __future__ import annotations

import re
from urllib.parse import quote

_PLAIN = re.compile(r"[A-Za-z0-9/_-]")


def encoded(address: str) -> str:
    """Return ``address`` percent-encoded for a header, with only letters, digits and ``/ - . _ ~`` left as they are."""
    return quote(address, safe="/-._~")


def byte_pattern(text: str) -> str:
    """Return a regular expression that matches exactly ``text``, for engines that match bytes (PCRE)."""
    return "".join(chr(byte) if _PLAIN.match(chr(byte)) else f"\\x{byte:02x}" for byte in text.encode())


def character_pattern(text: str) -> str:
    """Return a regular expression that matches exactly ``text``, for engines that match characters (RE2)."""
    return "".join(letter if _PLAIN.match(letter) else f"\\x{{{ord(letter):x}}}" for letter in text)
