"""The programs that the audit runs, for its tests."""

from __future__ import annotations

import pytest

from tests.provisioning import LAUNCH_FLAGS, chromium, firefox, java, nginx, openssl
from tests.provisioning.javascript import checkers_node
from tests.site_audit.tools import Tools


@pytest.fixture(scope="session")
def tools() -> Tools:
    """The programs, as provisioning finds them."""
    return Tools(chromium(), LAUNCH_FLAGS, firefox(), nginx(), openssl(), checkers_node(), java())
