"""Define a release: a folder of files that any host can serve."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from plugins.publishing.release.inventory import Inventory


@dataclass(frozen=True, slots=True)
class Release:
    """A release on this machine.

    Attributes:
        folder: holds the files of ``inventory``, their compressed forms, and the inventory itself.
        inventory: the inventory of the release.
    """

    folder: Path
    inventory: Inventory
