"""Read the settings of the help register."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from msgspec import Struct

from plugins.content_model.validation import closest_match
from plugins.engine.settings import SettingsError

_NAME = "HELP_EXPIRED_ALLOWED"


class HelpSettings(Struct, frozen=True):
    """The settings of the help register.

    Attributes:
        expired_allowed: ``HELP_EXPIRED_ALLOWED``, the ids of crisis contacts that a release may show although their
            verification has expired. The person who adds an id is responsible for it.
    """

    expired_allowed: tuple[str, ...] = ()

    @classmethod
    def from_pelican(cls, settings: Mapping[str, Any], contacts: Collection[str] | None) -> HelpSettings:
        """Return the settings from Pelican's settings.

        Args:
            settings: Pelican's settings.
            contacts: the ids in the register, or None if some of them cannot be read.

        Raises:
            SettingsError: if the setting is not a list of ids of the register.
        """
        value = settings.get(_NAME, ())
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            raise SettingsError(f'{_NAME} is `{value}`; it must be a list of ids such as  ["samaritans"]')
        for item in value:
            if contacts is not None and item not in contacts:
                close = closest_match(item, contacts)
                hint = f"did you mean `{close}`?" if close else "write the id of one that is there"
                raise SettingsError(
                    f"{_NAME} names `{item}`, and there is no such contact in content/register/help.yaml; {hint}"
                )
        return cls(tuple(value))
