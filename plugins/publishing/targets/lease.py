"""Lease: a lock where no system lets go of the dead. It says whose it is, and until when it counts."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import time
from dataclasses import asdict, dataclass, replace

from plugins.base.processes import is_running
from plugins.publishing.targets.lock_owner import at, owner
from plugins.publishing.targets.target import TargetError

#: How long a lease counts unless it is renewed, in seconds.
_LENGTH = 600


@dataclass(frozen=True, slots=True)
class Lease:
    """Who publishes.

    Attributes:
        token: a word that no other lease has.
        who: its owner, for people.
        host: the owner's computer.
        process: the owner's process there.
        since: the time from which it holds, in seconds since 1970.
        until: the time at which it ends, unless it is renewed.
    """

    token: str
    who: str
    host: str
    process: int
    since: float
    until: float

    @property
    def is_over(self) -> bool:
        """Whether it has ended, or its owner is a process of this computer that is no more."""
        return time.time() >= self.until or (self.host == socket.gethostname() and not is_running(self.process))

    @property
    def is_due(self) -> bool:
        """Whether it should be renewed."""
        return time.time() >= self.until - _LENGTH * 0.75

    def renewed(self) -> Lease:
        """Return the same lease, with its whole length from now."""
        return replace(self, until=time.time() + _LENGTH)

    def to_json(self) -> str:
        """Return the lease as text."""
        return json.dumps(asdict(self))

    def refusal(self, name: str, where: str) -> TargetError:
        """Return what others are told who want to publish to the target ``name``.

        Args:
            name: the target.
            where: what to delete when the owner will never end it.
        """
        return TargetError(
            f"{name}: {self.who}, since {at(self.since)}, is publishing there. Wait until that has ended, then try "
            f"again. If it died, its lock ends by itself at {at(self.until)}; or delete {where}.",
        )


def new_lease() -> Lease:
    """Return a lease for this process, from now."""
    now = time.time()
    return Lease(secrets.token_hex(8), owner(), socket.gethostname(), os.getpid(), now, now + _LENGTH)


def read_lease(text: str | bytes) -> Lease | None:
    """Return the lease that ``to_json`` wrote; None when ``text`` is none."""
    with contextlib.suppress(ValueError, TypeError):
        return Lease(**json.loads(text))
    return None
