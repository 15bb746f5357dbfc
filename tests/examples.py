"""The number of examples that property tests draw: few in the first two tiers, all of them in the deep one."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from tests.provisioning.tiers import PROFILE

_FULL = 100
#: The quick profile draws one example of so many.
_SHARE = 10
_FEWEST = 1


def examples(full: int) -> int:
    """Return how many examples a test draws that draws ``full`` of them in the deep tier."""
    return full if os.environ.get(PROFILE) == "full" else max(full // _SHARE, _FEWEST)


def load_profile() -> None:
    """Set up Hypothesis for this process. A slow machine is no failure, so no example has a deadline."""
    settings.register_profile(
        "project", max_examples=examples(_FULL), deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("project")
