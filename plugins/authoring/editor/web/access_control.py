"""Accept requests only from browsers that opened the address of this run.

Cookies are not bound to a port, so a browser also sends them with requests of pages of other programs on this machine.
Therefore each request must name this host, and each change must come from a page of this origin with a key that only
the editor's pages contain. Behind a proxy, each request must also come from the proxy and name its author.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from msgspec import Struct, field
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from plugins.authoring.editor.web.proxy import Proxy

#: The editor's own pages.
START = "/write/"
COOKIE = "write"
#: Header with the key of the editor's pages.
KEY_HEADER = b"x-write-key"
#: Most bytes of a request: of a text, and of a file.
LONGEST_TEXT = 4_000_000
LONGEST_FILE = 40_000_000

_JSON, _FILE = b"application/json", b"application/octet-stream"
_LIMITS = {_JSON: LONGEST_TEXT, _FILE: LONGEST_FILE}
#: Accepted values of Sec-Fetch-Site: a page of this origin, or an address that was typed.
_OURS = frozenset({b"same-origin", b"none"})
_TOO_LONG = "That is larger than the editor takes."
#: Leads on from a page of this origin: a browser sends no strict cookie on a redirect that another site led to.
_GO_ON = f"""<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Write</title>
<meta http-equiv="refresh" content="0;url={START}"><p><a href="{START}">Go on</a></p></html>
"""
_ALWAYS = {
    b"referrer-policy": b"no-referrer",
    b"cross-origin-resource-policy": b"same-origin",
    b"x-content-type-options": b"nosniff",
}


class TooLongError(HTTPException):
    """A request exceeds its limit."""

    def __init__(self) -> None:
        super().__init__(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _TOO_LONG)


class AccessControl(Struct, frozen=True):
    """An ASGI application that accepts only its own browsers.

    Attributes:
        app: the wrapped application.
        origin: its origin, such as ``http://127.0.0.1:8000``.
        token: in the address of the first visit.
        key: required in each request that changes something.
        session: the value of the cookie.
        proxy: names the author of a request. None if the editor is for one person on this machine.
    """

    app: ASGIApp
    origin: str
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    key: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    proxy: Proxy | None = None

    @property
    def address(self) -> str:
        """The path and query of the first visit."""
        return f"{START}?token={self.token}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request, or pass it on to the application."""
        if scope["type"] != "http":
            return
        headers = dict(scope["headers"])
        author = self.proxy.author(scope) if self.proxy else ""
        answer = self._refusal(scope, headers, author)
        if answer is not None:
            await answer(scope, receive, _with_headers(send))
            return
        scope.setdefault("state", {}).update(write_key=self.key, author=author)
        limit = _LIMITS.get(_bare(headers.get(b"content-type", b"")), 0)
        try:
            await self.app(scope, _at_most(receive, limit), _with_headers(send))
        except TooLongError:
            await _no(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _TOO_LONG)(scope, receive, send)

    def session_of(self, author: str) -> str:
        """Return the cookie value of ``author``, which is invalid for any other author."""
        return hmac.new(self.session.encode(), author.encode(), hashlib.sha256).hexdigest() if author else self.session

    def _refusal(self, scope: Scope, headers: dict[bytes, bytes], author: str) -> Response | None:
        """Return the response to a request that must not reach the application, or None."""
        if [value for name, value in scope["headers"] if name == b"host"] != [self._host]:
            return _no(HTTPStatus.MISDIRECTED_REQUEST, f"This is answered at {self.origin} only.")
        if self.proxy and not author:
            return _no(HTTPStatus.FORBIDDEN, "Only the proxy that says who you are may ask this.")
        if scope["method"] not in {"GET", "HEAD", "POST"}:
            return _no(HTTPStatus.METHOD_NOT_ALLOWED, "That cannot be done here.")
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if scope["path"] == START and scope["method"] == "GET" and _equal(given, self.token):
            is_ours = headers.get(b"sec-fetch-site", b"none") in _OURS
            answer = RedirectResponse(START, HTTPStatus.SEE_OTHER) if is_ours else HTMLResponse(_GO_ON)
            answer.set_cookie(
                COOKIE, self.session_of(author), httponly=True, samesite="strict", path="/",
                secure=self.origin.startswith("https:"),
            )  # fmt: skip
            return answer
        if headers.get(b"sec-fetch-site", b"none") not in _OURS:
            return _no(HTTPStatus.FORBIDDEN, "Another page asked for this, so it is refused.")
        if not _equal(_cookie(headers.get(b"cookie", b"")), self.session_of(author)):
            return _no(HTTPStatus.FORBIDDEN, "Open the address that  inv write  shows, whole, in this browser.")
        return self._refused_change(headers) if scope["method"] == "POST" else None

    def _refused_change(self, headers: dict[bytes, bytes]) -> Response | None:
        if headers.get(b"origin") != self.origin.encode():
            return _no(HTTPStatus.FORBIDDEN, "Another page asked for this, so it is refused.")
        if not _equal(headers.get(KEY_HEADER, b"").decode("latin-1"), self.key):
            return _no(HTTPStatus.FORBIDDEN, "This page is of an earlier run. Load it again.")
        limit = _LIMITS.get(_bare(headers.get(b"content-type", b"")))
        if limit is None:
            return _no(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "That is neither what the editor sends nor a file.")
        length = headers.get(b"content-length", b"")
        if not length.isdigit():
            return _no(HTTPStatus.LENGTH_REQUIRED, "The request does not say how long it is.")
        return _no(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _TOO_LONG) if int(length) > limit else None

    @property
    def _host(self) -> bytes:
        return self.origin.partition("://")[2].encode()


def _no(status: HTTPStatus, why: str) -> Response:
    return PlainTextResponse(f"{why}\n", status, {"Cache-Control": "no-store"})


def _equal(given: str, expected: str) -> bool:
    return secrets.compare_digest(given.encode("latin-1", "replace"), expected.encode())


def _cookie(header: bytes) -> str:
    try:
        found = SimpleCookie(header.decode("latin-1")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _bare(content_type: bytes) -> bytes:
    return content_type.partition(b";")[0].strip().lower()


def _at_most(receive: Receive, limit: int) -> Receive:
    """Return a ``receive`` that raises if a request is longer than ``limit``."""
    came = 0

    async def receiving() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > limit:
            raise TooLongError
        return message

    return receiving


def _with_headers(send: Send) -> Send:
    """Return a ``send`` that adds the common headers, and allows frames only from this origin."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = message.setdefault("headers", [])
            named = {name.lower() for name, _ in headers}
            headers += [(name, value) for name, value in _ALWAYS.items() if name not in named]
            if b"content-security-policy" not in named:
                headers.append((b"content-security-policy", b"frame-ancestors 'self'"))
        await send(message)

    return sending
