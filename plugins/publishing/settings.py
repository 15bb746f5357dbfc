"""Settings of publishing, and of what is told besides the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plugins.engine.settings import SettingsError

#: Written in place of an address: nobody looks at the site from outside.
NO_CHECK = "none"


@dataclass(frozen=True, slots=True)
class PublishingSettings:
    """The settings of publishing.

    Attributes:
        target: ``PUBLISH_TARGET``, where a release goes, such as ``ssh://deploy@example.org/srv/help-me-stop``; ""
            where nobody has chosen yet.
        reload: ``PUBLISH_RELOAD``, a command that the host of a folder or an SSH target runs after each switch, so
            that its server reads the new rules, such as ``sudo systemctl reload nginx``; "" for none.
        check: ``PUBLISH_CHECK``, the address at which the site is looked at after a switch; ``SITEURL`` when "",
            nowhere when ``none``.
    """

    target: str
    reload: str
    check: str

    @classmethod
    def from_pelican(cls, settings: Mapping[str, Any]) -> PublishingSettings:
        """Read Pelican's settings.

        Raises:
            SettingsError: where a value cannot be used.
        """
        values = {name: settings.get(name, "") for name in ("PUBLISH_TARGET", "PUBLISH_RELOAD", "PUBLISH_CHECK")}
        for name, value in values.items():
            if not isinstance(value, str):
                raise SettingsError(f"{name} is `{value}`, which is no text; write it between quotation marks")
        check = str(values["PUBLISH_CHECK"])
        if check not in {"", NO_CHECK} and not check.startswith(("http://", "https://")):
            raise SettingsError(f"PUBLISH_CHECK is `{check}`; write a whole web address, or  {NO_CHECK}")
        return cls(str(values["PUBLISH_TARGET"]), str(values["PUBLISH_RELOAD"]), check)


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
