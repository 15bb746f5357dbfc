"""Listen on a port of the loopback address or behind a proxy, and explain a port that cannot be used."""

from __future__ import annotations

import errno
import socket

from msgspec import Struct

LOOPBACK = "127.0.0.1"
_LAST_PORT = 65_535


class PortError(OSError):
    """The port cannot be used; the message says why and what to do."""


class BehindProxy(Struct, frozen=True):
    """Where a reverse proxy finds the preview, and where people find the proxy.

    Attributes:
        host: an address of this machine.
        port: of that address.
        origin: of the proxy, such as ``https://write.example.org``.
    """

    host: str
    port: int
    origin: str


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


def listen_behind(proxy: BehindProxy) -> socket.socket:
    """Return a socket that listens where ``proxy`` expects it; no other port would do.

    Raises:
        PortError: when the address or the port cannot be used.
    """
    family = socket.AF_INET6 if ":" in proxy.host else socket.AF_INET
    try:
        return socket.create_server((proxy.host, proxy.port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            message = f"{proxy.host} is no address of this computer; write one of its own after  --listen"
            raise PortError(errno.EADDRNOTAVAIL, message) from error
        raise _port_error(proxy.port, error, "--listen ADDRESS:PORT") from error


def _no_such_port(port: int) -> PortError:
    return PortError(errno.EINVAL, f"there is no port {port}; choose one from 1024 to 65535, or 0 for any that is free")


def _port_error(port: int, error: OSError, option: str = "--port NUMBER") -> PortError:
    reason = {
        errno.EADDRINUSE: "another program uses it",
        errno.EACCES: "this user may not use it",
    }.get(error.errno or 0, error.strerror or "the system refuses it")
    message = f"port {port} cannot be used: {reason}; choose another with  {option}"
    return PortError(error.errno or errno.EINVAL, message)
