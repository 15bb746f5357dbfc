"""Fixtures for import tests: a content folder, and the path of an export."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.authoring.importing.world import (
    new_content,
)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder to import into."""
    return new_content(tmp_path / "site" / "content")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the export is written."""
    return tmp_path / "export.xml"
