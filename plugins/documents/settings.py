"""Read and validate the document settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plugins.engine.settings import whole_number


@dataclass(frozen=True, slots=True)
class DocumentSettings:
    """The document settings.

    Attributes:
        limit: ``DOCUMENT_LIMIT``, the most bytes of a document.
    """

    limit: int

    @classmethod
    def from_pelican(cls, settings: Mapping[str, Any]) -> DocumentSettings:
        """Read Pelican's settings.

        Raises:
            SettingsError: when a setting has an invalid value.
        """
        return cls(whole_number(settings, "DOCUMENT_LIMIT", least=1))
