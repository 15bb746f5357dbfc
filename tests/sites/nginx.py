"""Run a server on the loopback address during a test."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from plugins.base.media_types import TYPES

#: Timeout in seconds for the start and the end of a server on a busy machine.
_PATIENCE = 120
#: gzip compares media types without the charset, which nginx adds.
_TYPES = " ".join(f"{kind.partition(';')[0]} {end.removeprefix('.')};" for end, kind in TYPES.items())
_CONFIGURATION = """\
daemon off;
# One process, as whoever started it: a worker of another user could not read their folders.
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  types {{ {types} }}
  charset utf-8;
  charset_types text/css text/javascript text/xml text/plain application/json image/svg+xml;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  {directives}
}}
"""


class ServerError(RuntimeError):
    """A server does not start. The message contains its log."""


def free_port() -> int:
    """Return a port on loopback that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def nginx_running(program: Path, folder: Path, port: int, directives: str) -> Iterator[None]:
    """Run nginx on ``port``.

    Args:
        program: the path of nginx.
        folder: the folder for its files.
        port: a free port.
        directives: the content of ``http``, with a ``server`` that listens on ``port``.

    Raises:
        ServerError: when it does not start.
    """
    text = _CONFIGURATION.format(folder=folder, types=_TYPES, directives=directives)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    command: list[str | Path] = [program, "-p", folder, "-e", folder / "error.log", "-c", folder / "nginx.conf"]
    with running(command, port, folder, [folder / "error.log"]):
        yield


@contextlib.contextmanager
def running(
    command: Sequence[str | Path],
    port: int,
    folder: Path,
    logs: Sequence[Path],
    environment: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server, and yield its process once it listens on ``port``.

    Args:
        command: the program and its arguments.
        port: the port on which it listens.
        folder: its working directory, with a file for its output.
        logs: its log files.
        environment: its environment variables; by default those of this process.

    Raises:
        ServerError: when it does not start.
    """
    printed = folder / "printed"
    with printed.open("wb") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=stream, env=environment, cwd=folder)
        try:
            if not _listens(port, process):
                said = (log.read_text(encoding="utf-8", errors="replace") for log in (printed, *logs) if log.exists())
                name = Path(command[0]).name
                raise ServerError(f"{name} does not answer: {' '.join(said).strip()[-3000:] or 'it logged nothing'}")
            yield process
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def _listens(port: int, process: subprocess.Popen[bytes]) -> bool:
    """Wait until ``process`` listens on ``port``; return False when it ends before, or on timeout."""
    end = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        time.sleep(0.02)
    return False
