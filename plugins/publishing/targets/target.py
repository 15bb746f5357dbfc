"""Target: where releases are published to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from plugins.publishing.release.inventory import Inventory
from plugins.publishing.release.release import Release


class TargetError(RuntimeError):
    """A target cannot do what it is asked; the message says what, why and how to mend it, and holds no secret."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A release that a target keeps.

    Attributes:
        id: the release's id.
        when: the time at which it was sent, in seconds since 1970.
        is_live: True for the one that readers see.
    """

    id: str
    when: float
    is_live: bool


class Target(Protocol):
    """Where releases are published to.

    Every other method is called while ``locked`` holds. ``live``, ``kept`` and ``inventory`` may be called while
    ``reading`` holds.

    A place belongs to publishing once it has a mark, which ``locked`` leaves in an empty place. What publishing did not
    make is never changed, also in a place with a mark.

    Each method can be interrupted anywhere and called again. Until ``switch``, readers see the old release, and nothing
    else; a target that cannot switch at once (S3) puts what pages need before the pages, and takes away last.

    Attributes:
        name: as people know it; no secret is in it.
        adopted: True once ``locked`` has found releases without a mark, as places had before there was one, and has
            marked the place.
        follows_rules: True where a server follows the rules of the release: redirects, 410, headers, caching.
    """

    name: str
    adopted: bool
    follows_rules: bool

    def reading(self) -> AbstractContextManager[None]:
        """Look at the place without changing anything there; nobody is kept from publishing.

        Raises:
            TargetError: when it cannot be reached.
        """

    def locked(self) -> AbstractContextManager[None]:
        """Keep others from publishing there at the same time.

        Raises:
            TargetError: when somebody else is, or when the place holds other things and no mark.
        """

    def live(self) -> Inventory | None:
        """Return what readers see; None when nothing was published yet.

        Raises:
            TargetError: when it cannot be told.
        """

    def kept(self) -> Sequence[Kept]:
        """Return the releases that are kept, the newest first."""

    def inventory(self, release: str) -> Inventory:
        """Return what is in a kept release.

        Raises:
            TargetError: when it is not kept, or not whole.
        """

    def send(self, release: Release) -> None:
        """Bring ``release`` there, only what is not there yet, and prove by hashes that it is whole.

        Raises:
            TargetError: when that fails.
        """

    def switch(self, release: str) -> None:
        """Let readers see a kept release.

        Raises:
            TargetError: when it is not kept, or not whole.
        """

    def tidy(self, keep: int, unwanted: Callable[[Inventory], bool]) -> None:
        """Take away what interrupted runs left, and all releases but the newest ``keep`` and the live one.

        Args:
            keep: how many stay.
            unwanted: tells of a release that is not live whether it must go although it is among them.
        """
