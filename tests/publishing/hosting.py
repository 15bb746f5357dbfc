"""Serve a release over HTTP in this process, with answers that a test can replace."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from urllib.parse import unquote

from msgspec import Struct, field
from msgspec.structs import replace

from plugins.publishing.hosts.response_rules import BRIEF, HEADERS, NEVER
from plugins.publishing.release.release import Release


class Answer(Struct, frozen=True):
    """An HTTP response.

    Attributes:
        status: the status code.
        headers: the headers by name.
        body: the bytes of the body.
    """

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def but(self, **headers: str) -> Answer:
        """Return this answer with other headers. An underscore in a name is a hyphen, and "" removes a header."""
        changed = {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {name: value for name, value in self.headers.items() if name not in changed}
        return replace(self, headers={**kept, **{name: value for name, value in changed.items() if value}})


#: Returns the answer to serve at an address in place of the right one.
Otherwise = Callable[[str, Answer], Answer]


def right(release: Release, address: str, mark: str = "") -> Answer:
    """Return the answer of ``release`` at the path ``address``. ``mark`` is the ETag of the request."""
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
def hosting(
    release: Release,
    otherwise: Otherwise = lambda _address, answer: answer,
    refused: Mapping[str, int] = MappingProxyType({}),
) -> Iterator[str]:
    """Serve ``release`` on loopback, and yield the URL of the host without a slash at the end.

    Args:
        release: the release.
        otherwise: changes answers.
        refused: the status of the answers to programs whose User-Agent has a word in it.
    """

    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that the library calls
            address = unquote(self.path)
            answer = otherwise(address, right(release, address, self.headers.get("If-None-Match", "")))
            agent = self.headers.get("User-Agent", "")
            answer = next((Answer(status) for word, status in refused.items() if word in agent), answer)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
