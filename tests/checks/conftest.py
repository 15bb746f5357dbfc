"""What the tests of the checks share: the programs that the gate runs."""

from __future__ import annotations

import pytest

from plugins.checks.tools import Tools
from tests.provisioning import LAUNCH_FLAGS, chromium, firefox, java, nginx, openssl
from tests.provisioning.javascript import checkers_node


@pytest.fixture(scope="session")
def tools() -> Tools:
    """The programs, as provisioning finds them."""
    return Tools(chromium(), LAUNCH_FLAGS, firefox(), nginx(), openssl(), checkers_node(), java())
