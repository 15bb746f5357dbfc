"""Listen on a port of the loopback address, and explain a port that cannot be used."""

from __future__ import annotations

import errno
import socket

LOOPBACK = "127.0.0.1"
_LAST_PORT = 65_535


class PortError(OSError):
    """The port cannot be used; the message says why and what to do."""


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
