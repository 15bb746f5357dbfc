"""Find the programs that the tests drive, and install the missing ones.

``provision()`` is called once by ``inv test``; tests ask for a program by name (``chromium()``, ``nginx()``,
``newsboat()``, ``node()`` and so on) and get its path, or a ``Missing`` with what to install by hand. No test is
skipped silently.

``audit_tools()`` returns the programs that `inv audit` runs.

This package imports no package that only tests need, because ``tasks.py`` imports it without those packages.
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
