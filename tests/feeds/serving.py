"""Serving: nginx on loopback in front of a built site, and Newsboat as a subscriber of it."""

from __future__ import annotations

import contextlib
import os
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.provisioning import newsboat, nginx
from tests.sites.building import HANG

_CONFIGURATION = """\
daemon off;
# One process, as whoever runs the tests: a worker of another user could not read their folders.
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  types {{ text/html html; text/css css; text/xml xml; application/json json; image/png png; image/jpeg jpg; }}
  log_format short '$request_method $uri $status';
  access_log {folder}/access.log short;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {root}; {rules} }}
}}
"""
_PATIENCE = 120


@dataclass(frozen=True)
class Served:
    """A site on loopback.

    Attributes:
        url: its address.
        log: the file of what was asked for.
    """

    url: str
    log: Path

    def answers(self, path: str) -> list[int]:
        """Return the status of every answer to a request for ``path``, oldest first."""
        found = (line.split() for line in self.log.read_text(encoding="utf-8").splitlines())
        return [int(status) for _, address, status in found if address == path]


def free_port() -> int:
    """Return a port on loopback that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def serving(root: Path, folder: Path, port: int, rules: str = "") -> Iterator[Served]:
    """Serve ``root`` with nginx on ``port``; ``folder`` is for its own files, ``rules`` are more directives."""
    folder.mkdir(parents=True)
    configuration = folder / "nginx.conf"
    configuration.write_text(_CONFIGURATION.format(folder=folder, root=root, port=port, rules=rules), encoding="utf-8")
    process = subprocess.Popen([nginx(), "-p", folder, "-e", folder / "error.log", "-c", configuration])
    try:
        _await(port, process)
        yield Served(f"http://127.0.0.1:{port}", folder / "access.log")
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        assert process.poll() is None, "nginx has ended"
        assert time.monotonic() < end, "nginx does not answer"
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.05)


@dataclass(frozen=True)
class Subscriber:
    """Newsboat, subscribed to one feed.

    Attributes:
        home: the folder of its files.
    """

    home: Path

    @classmethod
    def of(cls, feed: str, home: Path) -> Subscriber:
        """Return a new subscriber of ``feed``."""
        home.mkdir(parents=True)
        (home / "urls").write_text(f"{feed}\n", encoding="utf-8")
        (home / "config").write_text("", encoding="utf-8")
        return cls(home)

    def reload(self) -> None:
        """Ask for the feed, as the reader does when told to."""
        command = [str(newsboat()), "-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"]
        subprocess.run(command, cwd=self.home, check=True, env={**os.environ, "HOME": str(self.home)}, timeout=HANG)

    def items(self) -> dict[str, tuple[str, str, str]]:
        """Return title, link and text of every item it has stored, by id."""
        with contextlib.closing(sqlite3.connect(self.home / "cache.db")) as base:
            rows = base.execute("SELECT guid, title, url, content FROM rss_item").fetchall()
        assert len({row[0] for row in rows}) == len(rows)
        return {key: (title, url, content) for key, title, url, content in rows}

    def rows(self) -> list[tuple[int, str]]:
        """Return the number that it gave to each item, and the item's id; a new item has a new number."""
        with contextlib.closing(sqlite3.connect(self.home / "cache.db")) as base:
            return base.execute("SELECT id, guid FROM rss_item ORDER BY id").fetchall()
