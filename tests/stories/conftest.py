"""Fixtures for the tests of withdrawals."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.engine import workspace as engine_workspace
from tests.sites.building import cached_in
from tests.stories.telling import site
from tests.stories.withdrawing import Desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return the small site, committed, with its cache beside it."""
    monkeypatch.setattr(engine_workspace, "read_settings", cached_in(tmp_path / "cache"))
    made = Desk(tmp_path, site(tmp_path))
    made.commit()
    return made
