"""Each input that a fast build compares, left out of the comparison, is missed by an edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.incremental.guarding import Guard, differences_with_all, survivors
from tests.engine.incremental.guards import GUARDS

#: A run of the tests takes every n-th guard. ``python -m tests.engine.incremental --guards`` takes all.
_EACH = 3
_PICTURES = "plugins/images/pictures.py"


@pytest.mark.deep
def test_every_input_is_compared(tmp_path: Path) -> None:
    """Without any one guard, the output after some edit differs from a build from nothing. With all, none does."""
    assert survivors(GUARDS[::_EACH], tmp_path) == []
    assert differences_with_all(GUARDS[::_EACH], tmp_path) == []


@pytest.mark.deep
def test_a_change_without_effect_is_reported(tmp_path: Path) -> None:
    """A change without effect is reported, and one that cannot be made is an error."""
    harmless = Guard("plugins/images/cache.py", "_ABANDONED = 3600", "_ABANDONED = 3601", "picture_replaced:1")
    assert survivors([harmless], tmp_path / "harmless") == [harmless.name]
    with pytest.raises(AssertionError, match="0 of: "):
        survivors([Guard(_PICTURES, "no such guard", "", "body")], tmp_path / "none")
    with pytest.raises(AssertionError, match="cannot be imported"):
        survivors([Guard(_PICTURES, "import hashlib", "import hashlibs", "body")], tmp_path / "torn")
