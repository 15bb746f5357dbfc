"""Quoting: addresses in the spelling that a host's own words want."""

from __future__ import annotations

import re
from urllib.parse import quote

_PLAIN = re.compile(r"[A-Za-z0-9/_-]")


def encoded(address: str) -> str:
    """Return ``address`` with all but letters, digits, and ``/ - . _ ~`` percent-encoded, as it travels in a header."""
    return quote(address, safe="/-._~")


def byte_pattern(text: str) -> str:
    """Return a regular expression for exactly ``text`` and engines that read bytes (PCRE); nothing needs quotes."""
    return "".join(chr(byte) if _PLAIN.match(chr(byte)) else f"\\x{byte:02x}" for byte in text.encode())


def character_pattern(text: str) -> str:
    """Return a regular expression for exactly ``text`` and engines that read characters (RE2); nothing needs quotes."""
    return "".join(letter if _PLAIN.match(letter) else f"\\x{{{ord(letter):x}}}" for letter in text)
