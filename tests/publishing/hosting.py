"""Hosting: a host in this process that answers as a release says, and can be told to answer one thing otherwise."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

from plugins.publishing.hosts.response_rules import BRIEF, HEADERS, NEVER
from plugins.publishing.release.release import Release


@dataclass(frozen=True)
class Answer:
    """What is answered.

    Attributes:
        status: of HTTP.
        headers: by name.
        body: its bytes.
    """

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def but(self, **headers: str) -> Answer:
        """Return this answer with other headers; an underline in a name stands for a hyphen, "" for none."""
        changed = {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {name: value for name, value in self.headers.items() if name not in changed}
        return replace(self, headers={**kept, **{name: value for name, value in changed.items() if value}})


#: Returns another answer than the right one to the address, or the same.
Otherwise = Callable[[str, Answer], Answer]


def right(release: Release, address: str, mark: str = "") -> Answer:
    """Return the answer of ``release`` at the path ``address``; ``mark`` is the ETag that the asker has."""
    inventory = release.inventory
    common = {**HEADERS, "Cache-Control": NEVER, "Content-Type": "text/html"}
    if address in inventory.redirects:
        return Answer(301, {**common, "Location": inventory.redirects[address]})
    if address in inventory.gone:
        return Answer(410, common, (release.folder / inventory.gone[address]).read_bytes())
    path = f"{address}index.html".lstrip("/") if address.endswith("/") else address.lstrip("/")
    item = inventory.items.get(path)
    if item is None or not item.is_shown:
        missing = release.folder / f"{inventory.folder}404.html"
        return Answer(404, common, missing.read_bytes() if missing.is_file() else b"")
    etag = f'"{item.sha256[:16]}"'
    headers = {**common, "Content-Type": item.type, "Cache-Control": item.caching, "ETag": etag}
    if item.caching == BRIEF and mark == etag:
        return Answer(304, headers)
    return Answer(200, headers, (release.folder / path).read_bytes())


@contextlib.contextmanager
def hosting(release: Release, otherwise: Otherwise = lambda _address, answer: answer) -> Iterator[str]:
    """Serve ``release`` on loopback, and give the address of the host, without a slash at its end."""

    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that the library calls
            address = unquote(self.path)
            answer = otherwise(address, right(release, address, self.headers.get("If-None-Match", "")))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
