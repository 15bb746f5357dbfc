"""Serve a built site with nginx, and read its feeds with Newsboat."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from tests.provisioning import newsboat, nginx
from tests.sites.building import HANG
from tests.sites.nginx import nginx_running

_DIRECTIVES = """\
log_format short '$request_method $uri $status';
access_log {folder}/access.log short;
server {{ listen 127.0.0.1:{port}; root {root}; {rules} }}
"""


class Served(Struct, frozen=True):
    """A site on loopback.

    Attributes:
        url: its address.
        log: the access log.
    """

    url: str
    log: Path

    def answers(self, path: str) -> list[int]:
        """Return the status of each response to a request for ``path``, oldest first."""
        found = (line.split() for line in self.log.read_text(encoding="utf-8").splitlines())
        return [int(status) for _, address, status in found if address == path]


@contextlib.contextmanager
def serving(root: Path, folder: Path, port: int, rules: str = "") -> Iterator[Served]:
    """Serve ``root`` on ``port``, with nginx files in ``folder`` and the additional directives ``rules``."""
    folder.mkdir(parents=True)
    directives = _DIRECTIVES.format(folder=folder, root=root, port=port, rules=rules)
    with nginx_running(nginx(), folder, port, directives):
        yield Served(f"http://127.0.0.1:{port}", folder / "access.log")


class Subscriber(Struct, frozen=True):
    """Newsboat with one feed.

    Attributes:
        home: the folder of its files.
    """

    home: Path

    @classmethod
    def of(cls, feed: str, home: Path) -> Subscriber:
        """Return a new subscriber to ``feed``."""
        home.mkdir(parents=True)
        (home / "urls").write_text(f"{feed}\n", encoding="utf-8")
        (home / "config").write_text("", encoding="utf-8")
        return cls(home)

    def reload(self) -> None:
        """Fetch the feed."""
        command = [str(newsboat()), "-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"]
        subprocess.run(command, cwd=self.home, check=True, env={**os.environ, "HOME": str(self.home)}, timeout=HANG)

    def items(self) -> dict[str, tuple[str, str, str]]:
        """Return title, link and text of every stored item, by id."""
        with contextlib.closing(sqlite3.connect(self.home / "cache.db")) as base:
            rows = base.execute("SELECT guid, title, url, content FROM rss_item").fetchall()
        assert len({row[0] for row in rows}) == len(rows)
        return {key: (title, url, content) for key, title, url, content in rows}

    def rows(self) -> list[tuple[int, str]]:
        """Return the row number and the id of each stored item; a new item has a new number."""
        with contextlib.closing(sqlite3.connect(self.home / "cache.db")) as base:
            return base.execute("SELECT id, guid FROM rss_item ORDER BY id").fetchall()
