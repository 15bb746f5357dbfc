"""Settings of the pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class ImageSettings:
    """Where pictures are kept.

    Attributes:
        cache: the folder ``images`` of ``CACHE_PATH``.
    """

    cache: Path

    @classmethod
    def from_pelican(cls, settings: Mapping[str, Any]) -> ImageSettings:
        """Read Pelican's settings."""
        return cls(Path(str(settings["CACHE_PATH"])) / "images")
