"""Owner: who publishes, as others are told who find the place locked."""

from __future__ import annotations

import getpass
import os
import socket
import time


def owner() -> str:
    """Return who this is: the user, the computer and the process, such as `anna on desk (process 4711)`."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = "somebody"
    return f"{user} on {socket.gethostname()} (process {os.getpid()})"


def at(when: float) -> str:
    """Return the time ``when``, in seconds since 1970, for people."""
    return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(when))
