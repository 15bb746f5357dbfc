"""Fixtures for tests of the editor."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.authoring.editor.browser import ARTICLE, TEXT, Browser


@pytest.fixture
def page(tmp_path: Path) -> Browser:
    """A browser on a copy of ``sites/full``."""
    return Browser(tmp_path)


@pytest.fixture
def article(page: Browser) -> Path:
    """The file of an article with a comment of its author."""
    file = page.content / ARTICLE
    file.parent.mkdir(parents=True)
    file.write_text(TEXT)
    return file
