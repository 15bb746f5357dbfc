"""Fixtures for tests of the editor."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.authoring.editor.asking import Browser


@pytest.fixture
def page(tmp_path: Path) -> Browser:
    """A browser on a copy of ``sites/full``."""
    return Browser(tmp_path)
