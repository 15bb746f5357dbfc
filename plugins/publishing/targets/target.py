"""Define the interface of targets, to which releases are published."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from msgspec import Struct

from plugins.publishing.release.inventory import Inventory
from plugins.publishing.release.release import Release


class TargetError(RuntimeError):
    """A target failed. The message says what, why and what to do, and holds no secret."""


class Kept(Struct, frozen=True):
    """A release that a target keeps.

    Attributes:
        id: the release's id.
        when: the time of its upload, in seconds since 1970.
        is_live: True for the release that readers see.
    """

    id: str
    when: float
    is_live: bool


class Target(Protocol):
    """A place to which releases are published.

    All other methods require ``locked``. ``live``, ``kept`` and ``inventory`` also work with ``reading``.

    A target has a mark, which ``locked`` writes into an empty place. Publishing never changes files that it did not
    make, even in a place with a mark.

    Each method can be interrupted and called again. Until ``switch``, readers see the old release only. A target that
    cannot switch atomically (S3) uploads what pages load before the pages, and deletes last.

    Attributes:
        name: the name in messages, without secrets.
        adopted: True if ``locked`` found releases of an earlier version without a mark, and wrote the mark.
        follows_rules: True if the server applies the response rules of the release.
    """

    name: str
    adopted: bool
    follows_rules: bool

    def reading(self) -> AbstractContextManager[None]:
        """Open the target for reading only. Others can publish at the same time.

        Raises:
            TargetError: if it cannot be reached.
        """

    def locked(self) -> AbstractContextManager[None]:
        """Hold the lock that keeps others from publishing at the same time.

        Raises:
            TargetError: if another process publishes, or the place holds other files and no mark.
        """

    def live(self) -> Inventory | None:
        """Return the inventory of the live release, or None if there is none.

        Raises:
            TargetError: if it cannot be read.
        """

    def kept(self) -> Sequence[Kept]:
        """Return the kept releases, the newest first."""

    def inventory(self, release: str) -> Inventory:
        """Return the inventory of a kept release.

        Raises:
            TargetError: if the release is not kept, or not complete.
        """

    def send(self, release: Release) -> None:
        """Upload the files of ``release`` that are missing, and verify all by their hashes.

        Raises:
            TargetError: if that fails.
        """

    def switch(self, release: str) -> None:
        """Make a kept release live.

        Raises:
            TargetError: if the release is not kept, or not complete.
        """

    def tidy(self, keep: int, unwanted: Callable[[Inventory], bool]) -> None:
        """Delete what interrupted runs left, and all releases except the newest ``keep`` and the live one.

        Args:
            keep: the number of releases that stay.
            unwanted: returns whether a release must be deleted although it is among the newest.
        """
