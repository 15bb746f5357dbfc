"""Settings of the handbook."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct


class HandbookSettings(Struct, frozen=True):
    """The settings of the handbook.

    Attributes:
        folder: ``HANDBOOK_PATH``, the folder of its chapters; None for no handbook.
        content: ``HANDBOOK_OF``, the content folder that its examples are about.
    """

    folder: Path | None
    content: Path

    @classmethod
    def from_pelican(cls, settings: Mapping[str, Any]) -> HandbookSettings:
        """Read Pelican's settings."""
        folder = str(settings.get("HANDBOOK_PATH") or "")
        return cls(Path(folder) if folder else None, Path(str(settings.get("HANDBOOK_OF") or "")))
