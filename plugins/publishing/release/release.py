"""Release: a built site made ready for any host."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from plugins.publishing.release.inventory import Inventory


@dataclass(frozen=True, slots=True)
class Release:
    """A release on this machine.

    Attributes:
        folder: holds the files of ``inventory``, their packed forms beside them, and the inventory itself.
        inventory: what is in it.
    """

    folder: Path
    inventory: Inventory
