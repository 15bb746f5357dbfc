"""Read and validate the document settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from plugins.engine.settings import whole_number


class DocumentSettings(Struct, frozen=True):
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
