"""Read the settings of publishing and of the web manifest."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from plugins.engine.settings import SettingsError

#: The value of ``PUBLISH_CHECK`` that turns the smoke test off.
NO_CHECK = "none"


class PublishingSettings(Struct, frozen=True):
    """The settings of publishing.

    Attributes:
        target: ``PUBLISH_TARGET``, the target's address, such as ``ssh://deploy@example.org/srv/community``, or ""
            if it is not set.
        reload: ``PUBLISH_RELOAD``, a command that the host of a folder or an SSH target runs after each switch, so
            that its server reads the new rules, such as ``sudo systemctl reload nginx``, or "" for none.
        check: ``PUBLISH_CHECK``, the URL that the smoke test requests after a switch. "" means ``SITEURL`` and
            ``none`` means no smoke test.
        check_seconds: ``PUBLISH_CHECK_SECONDS``, how long the smoke test tries again before a release is taken back.
    """

    target: str
    reload: str
    check: str
    check_seconds: float

    @classmethod
    def from_pelican(cls, settings: Mapping[str, Any]) -> PublishingSettings:
        """Return the settings from Pelican's settings.

        Raises:
            SettingsError: if a value is invalid.
        """
        values = {name: settings.get(name, "") for name in ("PUBLISH_TARGET", "PUBLISH_RELOAD", "PUBLISH_CHECK")}
        for name, value in values.items():
            if not isinstance(value, str):
                raise SettingsError(f"{name} is `{value}`, which is no text; write it between quotation marks")
        check = str(values["PUBLISH_CHECK"])
        if check not in {"", NO_CHECK} and not check.startswith(("http://", "https://")):
            raise SettingsError(f"PUBLISH_CHECK is `{check}`; write a whole web address, or  {NO_CHECK}")
        seconds = settings.get("PUBLISH_CHECK_SECONDS", 30)
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds < math.inf:
            raise SettingsError(f"PUBLISH_CHECK_SECONDS is `{seconds}`; write a number of seconds, such as  30")
        return cls(str(values["PUBLISH_TARGET"]), str(values["PUBLISH_RELOAD"]), check, seconds)


class IconSettings(Struct, frozen=True):
    """The settings of the home-screen icon.

    Attributes:
        label: ``ICON_LABEL``, the words below the icon. They must not reveal what the site is about.
    """

    label: str

    @classmethod
    def from_pelican(cls, settings: Mapping[str, Any]) -> IconSettings:
        """Return the settings from Pelican's settings.

        Raises:
            SettingsError: if the label is empty.
        """
        label = settings["ICON_LABEL"]
        if not isinstance(label, str) or not label.strip():
            raise SettingsError(f"ICON_LABEL is `{label}`; it must be a word or two for below an icon on a phone")
        return cls(label.strip())
