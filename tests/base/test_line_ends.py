"""Test the line ends of texts."""

from __future__ import annotations

from plugins.base.line_ends import unix_line_ends


def test_line_ends_of_any_system_become_those_of_unix() -> None:
    """Each line end of Windows and of old Macs becomes one of Unix."""
    assert unix_line_ends("a\r\nb\rc\n\r\nd\n\re") == "a\nb\nc\n\nd\n\ne"
