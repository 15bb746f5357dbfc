"""Test connections to the preview with incomplete requests."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from plugins.authoring.preview.deadline import DeadlineProtocol

_WHOLE = b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"


class _Hasty(DeadlineProtocol):
    patience = 0.3


async def _slow(_: Request) -> PlainTextResponse:
    await asyncio.sleep(3 * _Hasty.patience)
    return PlainTextResponse("here")


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    """Yield the address of a server whose answers take three times the timeout of a request."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(Starlette(routes=[Route("/", _slow)]), http=_Hasty, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield listening.getsockname()
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize(
    "sent", [b"", b"GET / HT", _WHOLE[:-2], b"POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 9\r\n"],
    ids=["nothing", "half-a-line", "no-end", "half-a-head"],
)  # fmt: skip
def test_an_incomplete_request_times_out(address: tuple[str, int], sent: bytes) -> None:
    """The server closes a connection without a complete request in time."""
    with socket.create_connection(address, timeout=20) as connection:
        connection.sendall(sent)
        assert connection.recv(100) == b""


def test_slow_bytes_do_not_extend_the_timeout(address: tuple[str, int]) -> None:
    """The timeout is that of the whole request, and single bytes do not restart it."""
    with socket.create_connection(address, timeout=20) as connection:
        began = time.monotonic()
        with pytest.raises(OSError, match=r"reset|pipe"):  # noqa: PT012 - the error comes with one of the next bytes
            while time.monotonic() < began + 20:
                connection.sendall(b"G")
                time.sleep(0.05)


def test_an_answer_may_take_longer(address: tuple[str, int]) -> None:
    """An answer may take longer than the timeout, and a second request on the connection has its own."""
    with socket.create_connection(address, timeout=20) as connection:
        for _ in range(2):
            connection.sendall(_WHOLE)
            answer = b""
            while not answer.endswith(b"here"):
                answer += connection.recv(1000)
            assert answer.startswith(b"HTTP/1.1 200 OK")
        connection.sendall(b"GET /")
        while connection.recv(1000):
            pass
