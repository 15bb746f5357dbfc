"""The ASGI application of the preview: answer requests from the state of the site, as a static host does."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Container, Sequence
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from plugins.authoring.preview.injection import EVENTS, SCRIPT, bare, inject
from plugins.authoring.preview.ports import LOOPBACK
from plugins.authoring.preview.site_state import NOT_FOUND_FILE, Listener, SiteState
from plugins.base.media_types import content_type

_HERE = Path(__file__).parent
#: The names of this machine.
LOCAL = (LOOPBACK, "localhost")
_WELL_KNOWN = ".well-known"  # RFC 8615
#: Seconds between two heartbeats to a browser.
_HEARTBEAT = 15.0
_HEADERS = {
    # A page may change with every save.
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}
#: A page shows its font only if the browser has it at the first paint. The name of a font has a hash of its bytes.
_FONT_HEADERS = {**_HEADERS, "Cache-Control": "max-age=3600"}


def app(state: SiteState, not_found: Callable[[str], None], hosts: Sequence[str] = LOCAL) -> Starlette:
    """Return the application that serves ``state``.

    Args:
        state: the state of the site.
        not_found: called with each address that does not exist.
        hosts: the names of hosts that it answers to, without ports.
    """

    async def events(request: Request) -> Response:
        listener = state.listen(request.query_params.get("page", ""), request.query_params.get("digest", ""))
        return StreamingResponse(_stream(state, listener), media_type="text/event-stream", headers=_HEADERS)

    async def script(_: Request) -> Response:
        data = (_HERE / "preview.js").read_bytes()
        return Response(data, media_type="text/javascript; charset=utf-8", headers=_HEADERS)

    async def page(request: Request) -> Response:
        query = request.scope["query_string"].decode("latin-1")
        target = request.scope.get("raw_path", b"/").decode("latin-1") + (f"?{query}" if query else "")
        path, location = locate(state.paths, target)
        if location:
            text = f"Moved to {location}\n"
            headers = {**_HEADERS, "Location": location}
            return Response(text, HTTPStatus.MOVED_PERMANENTLY, headers, media_type="text/plain")
        data = await state.file(path)
        if data is None and state.problems:
            # There is no good page to show below the problems.
            return _html(bare("There is no good page to show yet."), path, "", HTTPStatus.SERVICE_UNAVAILABLE)
        if data is None:
            not_found(target)
            missing = await state.file(NOT_FOUND_FILE) or bare("There is no such page.")
            return _html(missing, path, state.digest(path), HTTPStatus.NOT_FOUND)
        if path.endswith(".html"):
            return _html(data, path, state.digest(path), HTTPStatus.OK)
        headers = _FONT_HEADERS if path.endswith(".woff2") else _HEADERS
        return Response(data, HTTPStatus.OK, headers, media_type=content_type(path))

    # DNS rebinding: another site could point its name at this machine and read drafts.
    trusted = Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    routes = [Route(EVENTS, events), Route(SCRIPT, script), Route("/{path:path}", page)]
    return Starlette(routes=routes, middleware=[trusted])


def locate(paths: Container[str], target: str) -> tuple[str, str]:
    """Return the file for a request, and the address to redirect to if the last slash is missing, or "".

    The file need not exist. A browser that waits for the page is notified once it does.

    Args:
        paths: the files of the site.
        target: path and query of the request, as sent.
    """
    # Two slashes at the start would make urlsplit take the first part for a host.
    requested = urlsplit("/" + target.lstrip("/"))
    parts = [part for part in unquote(requested.path).split("/") if part]
    file = "/".join(parts)
    hidden = any(part.startswith(".") and part != _WELL_KNOWN for part in parts)
    if not hidden and file in paths and not requested.path.endswith("/"):
        return file, ""
    index = f"{file}/index.html" if file else "index.html"
    if not hidden and index in paths and not requested.path.endswith("/"):
        # Joined from the parts, so it cannot begin with two slashes and redirect to another host.
        return index, quote(f"/{file}/") + (f"?{requested.query}" if requested.query else "")
    return (f".{file}" if hidden else index), ""


def _html(page: bytes, path: str, digest: str, status: HTTPStatus) -> Response:
    return Response(inject(page, path, digest), status, _HEADERS, media_type=content_type("x.html"))


async def _stream(state: SiteState, listener: Listener) -> AsyncIterator[bytes]:
    try:
        yield b"retry: 500\n\n"
        while True:
            event, data = "", ""
            with contextlib.suppress(TimeoutError):
                event, data = await asyncio.wait_for(listener.events.get(), _HEARTBEAT)
            if event == "end":
                return
            yield f"event: {event}\ndata: {data}\n\n".encode() if event else b": still here\n\n"
    finally:
        state.leave(listener)
