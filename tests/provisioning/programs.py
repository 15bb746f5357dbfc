"""Find programs that are not Python packages, and install Debian packages."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

#: Folders of servers on Debian, which are not on the PATH of every user.
_SERVER_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/sbin")

#: Folders of server modules.
_NGINX_MODULES = ("/usr/lib/nginx/modules", "/usr/lib64/nginx/modules", "/usr/share/nginx/modules")
_APACHE_MODULES = ("/usr/lib/apache2/modules", "/usr/lib64/httpd/modules", "/opt/homebrew/lib/httpd/modules")


class Missing(RuntimeError):  # noqa: N818 - the name describes the state
    """A program that the tests need is missing. The message says how to install it by hand."""


def find(*names: str) -> Path | None:
    """Return the path of the first installed program of ``names``."""
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), *_SERVER_FOLDERS))
    for name in names:
        if found := shutil.which(name, path=path):
            return Path(found)
    return None


def nginx() -> Path:
    """Return the path of nginx.

    Raises:
        Missing: when it is not installed.
    """
    return _required("nginx", "Debian and Ubuntu: sudo apt-get install nginx-light; macOS: brew install nginx")


def brotli_for_nginx() -> Path:
    """Return the path of nginx's module brotli_static.

    Raises:
        Missing: when it is not installed.
    """
    for folder in _NGINX_MODULES:
        found = Path(folder) / "ngx_http_brotli_static_module.so"
        if found.is_file():
            return found
    raise Missing(
        "the tests need nginx's module brotli_static, which is not installed. "
        "Debian and Ubuntu: sudo apt-get install libnginx-mod-http-brotli-static",
    )


def caddy() -> Path:
    """Return the path of Caddy.

    Raises:
        Missing: when it is not installed.
    """
    return _required("caddy", "Debian and Ubuntu: sudo apt-get install caddy; macOS: brew install caddy")


def apache() -> Path:
    """Return the path of Apache.

    Raises:
        Missing: when it is not installed.
    """
    found = find("apache2", "httpd")
    if found is None:
        raise Missing(
            "the tests need Apache, which is not installed. "
            "Debian and Ubuntu: sudo apt-get install apache2; macOS: brew install httpd",
        )
    return found


def apache_modules() -> Path:
    """Return the folder of Apache's modules.

    Raises:
        Missing: when there is none.
    """
    for folder in map(Path, _APACHE_MODULES):
        if (folder / "mod_rewrite.so").is_file():
            return folder
    raise Missing("the tests need the modules of Apache, which are not where Debian, Fedora and Homebrew keep them")


def newsboat() -> Path:
    """Return the path of Newsboat.

    Raises:
        Missing: when it is not installed.
    """
    return _required("newsboat", "Debian and Ubuntu: sudo apt-get install newsboat; macOS: brew install newsboat")


def openssl() -> Path:
    """Return the path of openssl.

    Raises:
        Missing: when it is not installed.
    """
    return _required("openssl", "Debian and Ubuntu: sudo apt-get install openssl; macOS: brew install openssl")


def rsync() -> Path:
    """Return the path of rsync.

    Raises:
        Missing: when it is not installed.
    """
    return _required("rsync", "Debian and Ubuntu: sudo apt-get install rsync; macOS: brew install rsync")


def ssh() -> Path:
    """Return the path of OpenSSH's client.

    Raises:
        Missing: when it is not installed.
    """
    return _required("ssh", "Debian and Ubuntu: sudo apt-get install openssh-client; macOS has it")


def sshd() -> Path:
    """Return the path of OpenSSH's server, which the tests start on loopback.

    Raises:
        Missing: when it is not installed.
    """
    return _required("sshd", "Debian and Ubuntu: sudo apt-get install openssh-server; macOS has it")


def can_install_from_debian() -> bool:
    """Tell whether the system is Debian and the user is root."""
    try:
        release = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    return "ID=debian" in release and hasattr(os, "geteuid") and os.geteuid() == 0 and find("apt-get") is not None


def install_from_debian(packages: Sequence[str]) -> None:
    """Install Debian's ``packages``; requires ``can_install_from_debian()``.

    Raises:
        Missing: when that fails.
    """
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (["apt-get", "update"], ["apt-get", "install", "-y", *packages])
    for command in commands:
        print(f"setting up: {' '.join(command)}", flush=True)
        done = run(command, environment)
        if done.returncode:
            raise Missing(
                f"`{' '.join(command)}` failed:\n{last_lines(done.stdout)}\n"
                f"Install these packages by hand, then try again: {' '.join(packages)}",
            )


def run(command: Sequence[str], environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run ``command`` without input until it ends, and return it with stdout and stderr in ``stdout``."""
    return subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace", check=False,
    )  # fmt: skip


def last_lines(text: str, count: int = 15) -> str:
    """Return the last ``count`` lines of ``text``, where programs print their errors."""
    return "\n".join(text.rstrip().splitlines()[-count:])


def _required(name: str, by_hand: str) -> Path:
    found = find(name)
    if found is None:
        raise Missing(f"the tests need {name}, which is not installed. {by_hand}")
    return found
