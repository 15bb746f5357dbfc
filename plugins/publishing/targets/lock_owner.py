"""Describe the process that holds a lock."""

from __future__ import annotations

import getpass
import os
import socket
import time


def owner() -> str:
    """Return the user, computer and process, such as `anna on laptop (process 4711)`."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = "somebody"
    return f"{user} on {socket.gethostname()} (process {os.getpid()})"


def at(when: float) -> str:
    """Return ``when``, in seconds since 1970, as text in UTC."""
    return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(when))
