"""Serve a built site on the loopback address during a test."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from plugins.base.media_types import TYPES


class _Handler(SimpleHTTPRequestHandler):
    """Serve files as a static host does, with the site's media types and 404 page, without listings."""

    protocol_version = "HTTP/1.1"
    extensions_map = dict(TYPES)  # noqa: RUF012 - the standard library declares it so

    def end_headers(self) -> None:
        # A page shows its font only if the browser has it at the first paint.
        is_font = getattr(self, "path", "").endswith(".woff2")
        self.send_header("Cache-Control", "max-age=3600" if is_font else "no-store")
        super().end_headers()

    def list_directory(self, _path: object) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", TYPES[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the standard library
        """Log nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Yield the address, without its last slash, of the site in ``folder``."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
