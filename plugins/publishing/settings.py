"""Settings of what is told besides the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plugins.content_model.settings import SettingsError


@dataclass(frozen=True, slots=True)
class IconSettings:
    """What a phone shows of the site.

    Attributes:
        label: ``ICON_LABEL``, the words below its icon on a home screen, which must not tell what the site is about.
    """

    label: str

    @classmethod
    def from_pelican(cls, settings: Mapping[str, Any]) -> IconSettings:
        """Read Pelican's settings.

        Raises:
            SettingsError: when the label is empty.
        """
        label = settings["ICON_LABEL"]
        if not isinstance(label, str) or not label.strip():
            raise SettingsError(f"ICON_LABEL is `{label}`; it must be a word or two for below an icon on a phone")
        return cls(label.strip())
