"""Run an SSH server on loopback with its own keys and configuration."""

from __future__ import annotations

import contextlib
import getpass
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tests.provisioning import sshd

_SERVER = """\
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
PidFile none
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
StrictModes no
# The default takes several times as long, and tests connect often.
KexAlgorithms curve25519-sha256
"""
_CLIENT = """\
Host elmtreehub.test
  HostName 127.0.0.1
  Port {port}
  User {user}
  IdentityFile {folder}/user
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile {folder}/known
  StrictHostKeyChecking yes
"""


@contextlib.contextmanager
def ssh_server(folder: Path) -> Iterator[Path]:
    """Run a server, and yield a client configuration in which it is called `elmtreehub.test`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    (folder / "known").write_text(f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text()}", encoding="utf-8")
    values = {"port": port, "folder": folder, "user": getpass.getuser()}
    (folder / "server").write_text(_SERVER.format_map(values), encoding="utf-8")
    (folder / "client").write_text(_CLIENT.format_map(values), encoding="utf-8")
    # Debian's sshd requires this empty folder.
    Path("/run/sshd").mkdir(exist_ok=True)
    with subprocess.Popen([sshd(), "-D", "-e", "-f", folder / "server"], stderr=subprocess.DEVNULL) as server:
        try:
            _wait(port)
            yield folder / "client"
        finally:
            server.terminate()


def _wait(port: int) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError("the SSH server does not answer")
