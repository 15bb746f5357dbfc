"""The small site from which the tests of a withdrawal take a story."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.engine import plugin as content_model
from tests.sites.building import cached_in
from tests.stories.telling import site
from tests.stories.withdrawing import Desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The small site, committed, with copies kept beside it."""
    monkeypatch.setattr(content_model, "read_settings", cached_in(tmp_path / "cache"))
    made = Desk(tmp_path, site(tmp_path))
    made.commit()
    return made
