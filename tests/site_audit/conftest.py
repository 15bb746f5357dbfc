"""Fixtures for the tests of the audit."""

from __future__ import annotations

import pytest

from tests.provisioning import LAUNCH_FLAGS, chromium, firefox, java, nginx, openssl
from tests.provisioning.javascript import checkers_node
from tests.site_audit.tools import Tools


@pytest.fixture(scope="session")
def tools() -> Tools:
    """Return the programs as provisioning finds them."""
    return Tools(chromium(), LAUNCH_FLAGS, firefox(), nginx(), openssl(), checkers_node(), java())
