"""Read and validate the settings of recent articles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from plugins.engine.settings import whole_number


class RecentSettings(Struct, frozen=True):
    """The numbers of cards beside a page.

    Attributes:
        recent: ``RECENT_ARTICLES_COUNT``.
        related: ``RELATED_ARTICLES_COUNT``.
    """

    recent: int
    related: int

    @classmethod
    def from_pelican(cls, settings: Mapping[str, Any]) -> RecentSettings:
        """Read Pelican's settings.

        Raises:
            SettingsError: when a count is not a whole number of at least 0.
        """
        return cls(
            whole_number(settings, "RECENT_ARTICLES_COUNT", least=0),
            whole_number(settings, "RELATED_ARTICLES_COUNT", least=0),
        )
