"""Provisioning: finds the programs that the tests drive, and installs the ones that are missing.

``provision()`` is called once by ``inv test``; tests ask for a program by name (``chromium()``, ``nginx()``,
``newsboat()``, ``node()`` and so on) and get its path, or a ``Missing`` that says what to install by hand. Nothing is
ever skipped in silence.

``audit_tools()`` gives all that `inv audit` runs.

Nothing that only the tests need is imported here: ``tasks.py`` imports this where their packages are not installed.
"""

from tests.provisioning.browser import LAUNCH_FLAGS, chromium, firefox
from tests.provisioning.java_runtime import java
from tests.provisioning.javascript import node
from tests.provisioning.programs import (
    Missing,
    apache,
    apache_modules,
    brotli_for_nginx,
    caddy,
    newsboat,
    nginx,
    openssl,
    rsync,
    ssh,
    sshd,
)
from tests.provisioning.setting_up import audit_tools, provision

__all__ = [
    "LAUNCH_FLAGS",
    "Missing",
    "apache",
    "apache_modules",
    "audit_tools",
    "brotli_for_nginx",
    "caddy",
    "chromium",
    "firefox",
    "java",
    "newsboat",
    "nginx",
    "node",
    "openssl",
    "provision",
    "rsync",
    "ssh",
    "sshd",
]
