"""Test the messages for unsupported files and unusable options."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.authoring.importing.exports import Post, write_export
from tests.authoring.importing.world import (
    bring,
)
from tests.sites.building import snapshot


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.doc", b"x", "open it in Word or LibreOffice and save it as .docx"),
        ("x.docx", b"x", "is not a Word document"),
        ("x.odt", b"x", "is not an OpenDocument text"),
        ("x.xml", b"<a/>", "is no WordPress export"),
        ("x.xml", b"<rss><channel><title>x</title></channel></rss>", "there is no post and no page in it"),
        ("x.bin", b"x", "cannot be read; name a .docx"),
        ("", b"", "nothing says what to import"),
    ],
)
def test_unsupported_files(content: Path, tmp_path: Path, name: str, data: bytes, message: str) -> None:
    """An unsupported file is an error with a hint, and nothing is written."""
    if name:
        (tmp_path / name).write_bytes(data)
    before = snapshot(content.parent)
    with pytest.raises(SystemExit) as stop:
        bring(content, *([tmp_path / name] if name else []))
    assert str(stop.value).startswith("error: ")
    assert message in str(stop.value)
    assert snapshot(content.parent) == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"uploads": "/nowhere"}, "there is no folder /nowhere"),
        ({"old_site": "old.example.org"}, "write the whole address"),
    ],
)
def test_unusable_options(content: Path, file: Path, options: dict[str, str], message: str) -> None:
    """An unusable option is an error with a hint."""
    with pytest.raises(SystemExit, match=message):
        bring(content, write_export(file, [Post(1)]), **options)
