"""The preview server: shows a built site at an address of this machine alone, the way a good static host does."""

from __future__ import annotations

import errno
import socket
import sys
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

LOOPBACK = "127.0.0.1"
NOT_FOUND_FILE = "404.html"
_LAST_PORT = 65_535

#: By the end of the file's name. Written out, because the list of the machine differs from one to the next.
CONTENT_TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    # Browsers show text/xml with its style sheet; application/rss+xml they would download.
    ".xml": "text/xml; charset=utf-8",
}
_UNKNOWN_TYPE = "application/octet-stream"
_WELL_KNOWN = ".well-known"  # RFC 8615
_PLAIN_TEXT = "text/plain; charset=utf-8"


class PortError(OSError):
    """The port cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server says to one request.

    Attributes:
        status: of HTTP.
        content_type: of the body.
        body: the bytes of the file, or of a sentence where there is no file.
        location: where to go instead, for a redirect.
    """

    status: HTTPStatus
    content_type: str
    body: bytes
    location: str = ""


def answer(folder: Path, target: str) -> Answer:
    """Return what a host that serves ``folder`` says to a request for ``target``.

    Args:
        folder: the built site.
        target: path and query of the request, as sent.

    Returns:
        The file; a redirect (301) from the address of a folder without its slash; else the site's own 404 page with
        status 404. Nothing outside ``folder`` is ever read, nor any file whose path has a part that begins with a dot
        (but ``.well-known``).
    """
    # Two slashes at the start would make urlsplit take the first part for a host.
    asked = urlsplit("/" + target.lstrip("/"))
    parts = [part for part in unquote(asked.path).split("/") if part]
    file = _file(folder, parts)
    if file is None:
        return _not_found(folder)
    if file.is_dir():
        if not (file / "index.html").is_file():
            return _not_found(folder)
        if not asked.path.endswith("/"):
            # Made from the parts, so that it can never begin with two slashes and lead to another host.
            location = quote("/" + "/".join(parts) + "/") + (f"?{asked.query}" if asked.query else "")
            return Answer(HTTPStatus.MOVED_PERMANENTLY, _PLAIN_TEXT, f"Moved to {location}\n".encode(), location)
        file /= "index.html"
    elif asked.path.endswith("/"):
        return _not_found(folder)
    try:
        return Answer(HTTPStatus.OK, content_type(file.name), file.read_bytes())
    except OSError:
        return _not_found(folder)


def content_type(name: str) -> str:
    """Return the content type of the file ``name``; a file without an ending is plain text."""
    ending = Path(name).suffix.lower()
    return CONTENT_TYPES.get(ending, _UNKNOWN_TYPE) if ending else _PLAIN_TEXT


def _file(folder: Path, parts: list[str]) -> Path | None:
    """Return the file or folder at the path ``parts`` in ``folder``; None when there is none that may be shown."""
    if any((part.startswith(".") and part != _WELL_KNOWN) or "\\" in part or "\0" in part for part in parts):
        return None
    root = folder.resolve()
    try:
        # Resolved, so that no link inside the folder leads out of it.
        found = root.joinpath(*parts).resolve(strict=True)
    except (OSError, RuntimeError):
        return None
    return found if found == root or root in found.parents else None


def _not_found(folder: Path) -> Answer:
    try:
        return Answer(HTTPStatus.NOT_FOUND, CONTENT_TYPES[".html"], (folder / NOT_FOUND_FILE).read_bytes())
    except OSError:
        return Answer(HTTPStatus.NOT_FOUND, _PLAIN_TEXT, b"There is no such page.\n")


class PreviewServer(ThreadingHTTPServer):
    """Serves one folder on the loopback address.

    Args:
        folder: the built site.
        port: 0 takes any that is free.

    Raises:
        PortError: when the port cannot be used.
    """

    daemon_threads = True

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.folder = folder
        try:
            super().__init__((LOOPBACK, port), _Handler)
        except OSError as error:
            raise _port_error(port, error) from error
        except OverflowError as error:
            raise _no_such_port(port) from error

    @property
    def address(self) -> str:
        """The web address of the home page."""
        return f"http://{LOOPBACK}:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet about browsers that hang up."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    server: PreviewServer

    def version_string(self) -> str:
        """Name the server, and not the Python below it."""
        return "HelpMeStopPreview"

    def do_GET(self) -> None:
        self._say(with_body=True)

    def do_HEAD(self) -> None:
        self._say(with_body=False)

    def _say(self, *, with_body: bool) -> None:
        said = answer(self.server.folder, self.path)
        self.send_response(said.status)
        self.send_header("Content-Type", said.content_type)
        self.send_header("Content-Length", str(len(said.body)))
        # What is shown is always what was built last.
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if said.location:
            self.send_header("Location", said.location)
        self.end_headers()
        if with_body:
            self.wfile.write(said.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the standard library's
        """Say nothing; ``log_request`` tells what an author wants to know."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:  # noqa: ARG002 - the same
        """Tell of an address that leads nowhere."""
        if code == HTTPStatus.NOT_FOUND:
            sys.stderr.write(f"not found: {ascii(self.path)[1:-1]}\n")


def open_server(folder: Path, port: int) -> PreviewServer:
    """Return a server of ``folder`` at ``port``, or at one that is free when another program has it.

    Raises:
        PortError: when the port cannot be used for another reason.
    """
    try:
        return PreviewServer(folder, port)
    except PortError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return PreviewServer(folder)


def listen(port: int) -> socket.socket:
    """Return a socket that listens at ``port`` of this machine alone, or at a free one when another program has it.

    Raises:
        PortError: when the port cannot be used for another reason.
    """
    if not 0 <= port <= _LAST_PORT:
        raise _no_such_port(port)
    try:
        return socket.create_server((LOOPBACK, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return socket.create_server((LOOPBACK, 0))
        raise _port_error(port, error) from error


def _no_such_port(port: int) -> PortError:
    return PortError(errno.EINVAL, f"there is no port {port}; choose one from 1024 to 65535, or 0 for any that is free")


def _port_error(port: int, error: OSError) -> PortError:
    reason = {
        errno.EADDRINUSE: "another program uses it",
        errno.EACCES: "this user may not use it",
    }.get(error.errno or 0, error.strerror or "the system refuses it")
    message = f"port {port} cannot be used: {reason}; choose another with  --port NUMBER"
    return PortError(error.errno or errno.EINVAL, message)
