"""Fixtures for the tests of withdrawals."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites.building import cached_in
from tests.sites.sample_settings import replace_settings
from tests.stories.telling import site
from tests.stories.withdrawing import Desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return the small site, committed, with its cache beside it."""
    replace_settings(monkeypatch, cached_in(tmp_path / "cache"))
    made = Desk(tmp_path, site(tmp_path))
    made.commit()
    return made
