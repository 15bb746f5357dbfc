"""Settings of the help register."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from plugins.content_model.validation import closest_match
from plugins.engine.settings import SettingsError

_NAME = "HELP_EXPIRED_ALLOWED"


@dataclass(frozen=True, slots=True)
class HelpSettings:
    """What a release may do without.

    Attributes:
        expired_allowed: ``HELP_EXPIRED_ALLOWED``, the ids of crisis contacts that a release may show although nobody
            has verified them in time. Each is named by somebody who answers for it.
    """

    expired_allowed: tuple[str, ...] = ()

    @classmethod
    def from_pelican(cls, settings: Mapping[str, Any], contacts: Collection[str] | None) -> HelpSettings:
        """Read Pelican's settings.

        Args:
            settings: Pelican's.
            contacts: the ids in the register; None while a mistake keeps some from being read.

        Raises:
            SettingsError: when the setting is not a list of ids of the register.
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
