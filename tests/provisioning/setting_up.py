"""Install the programs that the tests and audits need."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tests.provisioning.browser import LAUNCH_FLAGS, chromium, firefox, install_with_playwright
from tests.provisioning.java_runtime import install_java, java
from tests.provisioning.javascript import (
    CHECKERS,
    CHECKERS_NEED,
    FEED_PARSERS,
    checkers_node,
    install_node,
    install_packages,
    node,
)
from tests.provisioning.programs import (
    Missing,
    apache,
    brotli_for_nginx,
    caddy,
    can_install_from_debian,
    install_from_debian,
    newsboat,
    nginx,
    openssl,
    rsync,
    ssh,
    sshd,
)
from tests.site_audit.tools import Tools

#: Programs that the tests need, with their Debian packages.
_PROGRAMS: tuple[tuple[Callable[[], Path], str], ...] = (
    (chromium, "chromium"),
    (nginx, "nginx-light"),
    (newsboat, "newsboat"),
    (firefox, "firefox-esr"),
    (openssl, "openssl"),
    (caddy, "caddy"),
    (apache, "apache2"),
    (brotli_for_nginx, "libnginx-mod-http-brotli-static"),
    (rsync, "rsync"),
    (ssh, "openssh-client"),
    (sshd, "openssh-server"),
)


def provision() -> None:
    """Install missing programs and print one line for each step; print nothing when all are installed.

    Raises:
        SystemExit: with status 1 and a message that names what to install by hand.
    """
    try:
        _provision()
    except Missing as missing:
        sys.exit(f"error: {missing}")


def audit_tools() -> Tools:
    """Install missing programs, and return those that `inv audit` runs.

    Raises:
        SystemExit: with status 1 and a message that names what to install by hand.
    """
    provision()
    return Tools(
        chromium=chromium(),
        chromium_flags=LAUNCH_FLAGS,
        firefox=firefox(),
        nginx=nginx(),
        openssl=openssl(),
        node=checkers_node(),
        java=java(),
    )


def _provision() -> None:
    absent = [package for program, package in _PROGRAMS if not _is_installed(program)]
    if absent and can_install_from_debian():
        install_from_debian(absent)
    elif "chromium" in absent:
        install_with_playwright()
    if (FEED_PARSERS / "package.json").is_file():
        if not _is_installed(node):
            install_node()
        install_packages(FEED_PARSERS)
    if (CHECKERS / "package.json").is_file():
        if not _is_installed(checkers_node):
            install_node()
        if not _is_installed(java):
            install_java()
        install_packages(CHECKERS, CHECKERS_NEED)
    # Checks again, because an installer can succeed without giving a program that runs.
    for program, _ in _PROGRAMS:
        program()


def _is_installed(program: Callable[[], Path]) -> bool:
    try:
        program()
    except Missing:
        return False
    return True
