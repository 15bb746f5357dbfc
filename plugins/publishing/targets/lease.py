"""Lock a target by a lease that expires, for targets that do not release the lock of a dead process."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import time

from msgspec import Struct
from msgspec.structs import asdict, replace

from plugins.base.processes import is_running
from plugins.publishing.targets.lock_owner import at, owner
from plugins.publishing.targets.target import TargetError

#: The lifetime of a lease in seconds.
_LENGTH = 600


class Lease(Struct, frozen=True):
    """A lock with an owner and an expiry time.

    Attributes:
        token: a random identifier.
        who: the owner, for messages.
        host: the owner's host name.
        process: the owner's process id.
        since: the start, in seconds since 1970.
        until: the expiry time, in seconds since 1970.
    """

    token: str
    who: str
    host: str
    process: int
    since: float
    until: float

    @property
    def is_over(self) -> bool:
        """Whether it has expired, or its owner is a process of this machine that no longer runs."""
        return time.time() >= self.until or (self.host == socket.gethostname() and not is_running(self.process))

    @property
    def is_due(self) -> bool:
        """Whether it should be renewed, which is so after a quarter of its lifetime."""
        return time.time() >= self.until - _LENGTH * 0.75

    def renewed(self) -> Lease:
        """Return the same lease with its full lifetime from now."""
        return replace(self, until=time.time() + _LENGTH)

    def to_json(self) -> str:
        """Return the lease as JSON."""
        return json.dumps(asdict(self))

    def refusal(self, name: str, where: str) -> TargetError:
        """Return the error for another process that wants to publish.

        Args:
            name: the name of the target.
            where: what to delete if the owner never ends the lease.
        """
        return TargetError(
            f"{name}: {self.who}, since {at(self.since)}, is publishing there. Wait until that has ended, then try "
            f"again. If it died, its lock ends by itself at {at(self.until)}; or delete {where}.",
        )


def new_lease() -> Lease:
    """Return a new lease of this process."""
    now = time.time()
    return Lease(secrets.token_hex(8), owner(), socket.gethostname(), os.getpid(), now, now + _LENGTH)


def read_lease(text: str | bytes) -> Lease | None:
    """Parse the output of ``to_json``. Return None if ``text`` is not a lease."""
    with contextlib.suppress(ValueError, TypeError):
        return Lease(**json.loads(text))
    return None
