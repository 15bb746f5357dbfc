"""Run `inv serve` on a content folder and make requests as a browser does."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from msgspec import Struct

from tests.authoring.running import PATIENCE, running

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_DIGEST = re.compile(rb'data-digest="(\w*)"')


class Page(Struct, frozen=True):
    """A response: its status, its bytes, and its version."""

    status: int
    body: bytes
    digest: str


class Live:
    """A running preview.

    Args:
        process: the process of `inv serve`.
        address: its address without the last slash.
        said: the lines that it has printed so far.
    """

    def __init__(self, process: subprocess.Popen[str], address: str, said: list[str]) -> None:
        self.process = process
        self.address = address
        self.said = said

    def get(self, target: str) -> Page:
        """Request ``target``, and return the unchanged response."""
        connection = self._connection()
        with contextlib.closing(connection):
            connection.request("GET", target)
            response = connection.getresponse()
            body = response.read()
        found = _DIGEST.search(body)
        return Page(response.status, body, found[1].decode() if found else "")

    def got(self, path: str) -> bytes:
        """Return the bytes of the file ``path`` without the script of the preview."""
        folder, _, name = path.rpartition("/")
        target = quote(
            f"/{folder}/" if folder and name == "index.html" else "/" if name == "index.html" else f"/{path}"
        )
        answer = self.get(target)
        assert answer.status in {200, 404}, f"{target}: {answer.status}"
        return without_preview(answer.body)

    @contextlib.contextmanager
    def events(self, page: str, digest: str = "") -> Iterator[Iterator[tuple[str, str]]]:
        """Listen to events as a browser does that shows the file ``page``."""
        connection = self._connection()
        with contextlib.closing(connection):
            connection.request("GET", f"/.preview/events?page={quote(page)}&digest={digest}")
            yield _events(connection.getresponse())

    def settle(self) -> None:
        """Wait until the preview has built every earlier save."""
        # Saves an unchanged file and waits for the build that follows.
        time.sleep(0.3)
        quiet = len(self.said)
        while True:
            time.sleep(0.4)
            if len(self.said) == quiet:
                return
            quiet = len(self.said)

    def _connection(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.address)
        return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)


def without_preview(body: bytes) -> bytes:
    """Return a page without the script of the preview."""
    return re.sub(rb'<script type="module" src="/\.preview/preview\.js"[^>]*></script>\n', b"", body)


def until(events: Iterator[tuple[str, str]], name: str) -> Any:
    """Return the data of the next event ``name`` and ignore other events."""
    data = next(data for event, data in events if event == name)
    return json.loads(data) if data else None


def next_problems(events: Iterator[tuple[str, str]], *, wrong: bool) -> list[dict[str, Any]]:
    """Return the next non-empty or empty list of problems, as ``wrong`` says."""
    while True:
        problems: list[dict[str, Any]] = until(events, "problems")
        if bool(problems) == wrong:
            return problems


@contextlib.contextmanager
def preview(content: Path, *options: str, port: int = 0, root: Path | None = None) -> Iterator[Live]:
    """Run `inv serve` of the project in ``root`` on ``content``."""
    with running("serve", content, _ADDRESS, *options, port=port, root=root) as (process, lines):
        address = next((found[0] for line in lines if (found := _ADDRESS.search(line))), "")
        assert address, "".join(lines)
        yield Live(process, address, lines)


def _events(response: http.client.HTTPResponse) -> Iterator[tuple[str, str]]:
    name = ""
    for raw in response:
        line = raw.decode().rstrip("\n")
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: ") and name:
            yield name, line.removeprefix("data: ").strip()
            name = ""
