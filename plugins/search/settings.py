"""Settings of the search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plugins.content_model.settings import SettingsError


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """How large the index may grow.

    Attributes:
        limit: ``SEARCH_LIMIT``, bytes of a file as it travels.
    """

    limit: int

    @classmethod
    def from_pelican(cls, settings: Mapping[str, Any]) -> SearchSettings:
        """Read Pelican's settings.

        Raises:
            SettingsError: when the limit is not a whole number of at least 1.
        """
        limit = settings["SEARCH_LIMIT"]
        if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
            raise SettingsError(f"SEARCH_LIMIT is `{limit}`; it must be a whole number of at least 1")
        return cls(limit)
