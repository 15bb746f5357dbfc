"""Source lines in reports of problems."""

from __future__ import annotations

from pathlib import Path

from plugins.base.source_lines import SourceLines
from tests.sites.writing import write


def test_a_line_is_found_by_its_number(tmp_path: Path) -> None:
    """Lines count from 1, with the line ends of any system; there is none after the last."""
    lines = SourceLines(write(tmp_path, {"a.md": b"one\r\ntwo\rthree\xe9"}))
    found = [lines.line("a.md", number) for number in (1, 2, 3, 4)]
    assert found == ["one", "two", "three\N{REPLACEMENT CHARACTER}", None]


def test_the_bytes_of_a_picture_are_no_lines(tmp_path: Path) -> None:
    """A file that is no text, and one that is not there, have no lines to show."""
    lines = SourceLines(write(tmp_path, {"a.jpg": b"\xff\xd8\0\n"}))
    assert lines.line("a.jpg", 1) is None
    assert lines.line("none.md", 1) is None
