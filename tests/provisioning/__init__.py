"""Provisioning: finds the programs that the tests drive, and installs the ones that are missing.

``provision()`` is called once by ``inv test``; tests ask for a program by name (``chromium()``, ``nginx()``,
``newsboat()``, ``node()``) and get its path, or a ``Missing`` that says what to install by hand. Nothing is ever
skipped in silence.

Only the standard library is imported here: ``tasks.py`` imports this where the packages of the tests are not installed.
"""

from tests.provisioning.browser import LAUNCH_FLAGS, chromium
from tests.provisioning.javascript import node
from tests.provisioning.programs import Missing, newsboat, nginx
from tests.provisioning.setting_up import provision

__all__ = ["LAUNCH_FLAGS", "Missing", "chromium", "newsboat", "nginx", "node", "provision"]
