"""Normalise line ends."""

from __future__ import annotations


def unix_line_ends(text: str) -> str:
    r"""Return ``text`` with ``\n`` in place of the line ends of Windows (``\r\n``) and of old Macs (``\r``)."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
