"""Define a release: a folder of files that any host can serve."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from plugins.publishing.release.inventory import Inventory


class Release(Struct, frozen=True):
    """A release on this machine.

    Attributes:
        folder: holds the files of ``inventory``, their compressed forms, and the inventory itself.
        inventory: the inventory of the release.
    """

    folder: Path
    inventory: Inventory
