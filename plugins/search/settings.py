"""Settings of the search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from plugins.engine.settings import whole_number


class SearchSettings(Struct, frozen=True):
    """How large the index and the list from A to Z may grow.

    Attributes:
        limit: ``SEARCH_LIMIT``, bytes that one search may load, gzipped.
        list_limit: ``SEARCH_LIST_LIMIT``, links on one page of the list from A to Z.
    """

    limit: int
    list_limit: int

    @classmethod
    def from_pelican(cls, settings: Mapping[str, Any]) -> SearchSettings:
        """Read Pelican's settings.

        Raises:
            SettingsError: when a limit is not a whole number of at least 1.
        """
        return cls(
            whole_number(settings, "SEARCH_LIMIT", least=1), whole_number(settings, "SEARCH_LIST_LIMIT", least=1)
        )
