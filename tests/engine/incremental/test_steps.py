"""The results of costly steps are kept between builds."""

from __future__ import annotations

import re

from plugins.engine.incremental import plugin
from tests.sites.building import ROOT

#: Steps whose results are not kept between builds: pages and feeds are compared by their inputs before they are
#: rendered, an environment cannot be pickled, and the others cost less than reading their results. The preview keeps
#: them in memory. The linter has a file of its own.
_NOT_KEPT = frozenset(
    {
        "page", "page style", "feed", "environment", "letters", "handbook-fields", "handbook-problems", "STEP",
        "card renderer",
    }
)  # fmt: skip
_STEP = re.compile(r'[cC]ache\.get_or_compute(?:_many|_tracked)?\(\s*"?([\w -]+)|memory\.get_or_compute\(\s*"([\w -]+)')


def test_each_step_is_kept_or_known_to_be_cheap() -> None:
    """A new step is named among those that are kept, or here: a build repeats any other step for the whole site."""
    found = set[str]()
    for file in (ROOT / "plugins").rglob("*.py"):
        if "engine/cache" not in file.as_posix() and file.name != "cache.py":
            found.update(one or other for one, other in _STEP.findall(file.read_text(encoding="utf-8")))
    assert found == plugin._STEPS | _NOT_KEPT
