"""Settings of the search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plugins.content_model.settings import SettingsError


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """How large the index and the list from A to Z may grow.

    Attributes:
        limit: ``SEARCH_LIMIT``, bytes of a file as it travels.
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
        return cls(_positive(settings, "SEARCH_LIMIT"), _positive(settings, "SEARCH_LIST_LIMIT"))


def _positive(settings: Mapping[str, Any], name: str) -> int:
    value = settings[name]
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise SettingsError(f"{name} is `{value}`; it must be a whole number of at least 1")
    return value
