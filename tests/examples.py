"""Set the number of examples of property tests: few in the first two tiers, all in the deep one."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from tests.provisioning.tiers import PROFILE

_FULL = 100
#: The quick profile draws one of this many examples.
_SHARE = 10
_FEWEST = 1


def is_full() -> bool:
    """Tell whether the deep tier runs."""
    return os.environ.get(PROFILE) == "full"


def examples(full: int) -> int:
    """Return the number of examples for a test with ``full`` examples in the deep tier."""
    return full if is_full() else max(full // _SHARE, _FEWEST)


def load_profile() -> None:
    """Load the Hypothesis profile.

    Examples have no deadline, because a slow machine is not a failure. The quick profile draws the same examples in
    each run, so that a change is judged by what it changes; the deep tier draws new ones every night.
    """
    settings.register_profile(
        "project", max_examples=examples(_FULL), deadline=None, derandomize=not is_full(),
        suppress_health_check=[HealthCheck.too_slow],
    )  # fmt: skip
    settings.load_profile("project")
