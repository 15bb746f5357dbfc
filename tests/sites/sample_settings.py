"""Settings of the sample organisation, to which the content below ``tests`` belongs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from pelican.settings import read_settings

import pelicanconf
from plugins.engine import default_settings
from plugins.engine import workspace as engine_workspace

_OWN_CONTENT = Path(pelicanconf.__file__).parent / "content"
#: The settings that the project's own site has otherwise.
SAMPLE_SETTINGS: Mapping[str, Any] = MappingProxyType(
    {
        "SITENAME": "Elm Tree Hub",
        "SITESUBTITLE": "A recovery community for anyone who seeks belonging and purpose.",
        "SITE_CONTACT": "elm-tree-hub",
        "ICON_LABEL": "Community",
        "NAVIGATION": default_settings.NAVIGATION,
        "FOOTER": default_settings.FOOTER,
        "HOME_DOORS": default_settings.HOME_DOORS,
        "FEED_ID_AUTHORITY": "elmtreehub.example,2026",
        "FEED_RIGHTS": "© Elm Tree Hub. Please link to our pages rather than copying them.",
        "FEED_HELP_CONTACTS": ["emergency", "samaritans", "elm-tree-hub"],
    }
)
#: The address of the sample organisation's site in a release.
SAMPLE_URL = "https://community.elmtreehub.example"


def settings_for(content: Path | str) -> dict[str, Any]:
    """Return the settings of the organisation that ``content`` belongs to, beside those of the project's file.

    Content with the own contact of the project's site is that site's content or a copy of it.
    """
    register = Path(content) / "register" / "help.yaml"
    own = f"- id: {pelicanconf.SITE_CONTACT}\n"
    is_own = Path(content) == _OWN_CONTENT or (
        register.is_file() and own in register.read_text("utf-8", errors="replace")
    )
    return {} if is_own else dict(SAMPLE_SETTINGS)


def read_as_sample(path: str, override: Mapping[str, object]) -> dict[str, Any]:
    """Read settings as Pelican does, with those of the sample organisation for every other content than the site's."""
    sample = settings_for(str(override.get("PATH", _OWN_CONTENT)))
    if sample and Path(path).name == "publishconf.py":
        sample["SITEURL"] = SAMPLE_URL
    settings: dict[str, Any] = read_settings(path, override={**sample, **override})
    return settings


def replace_settings(patch: pytest.MonkeyPatch, read: Callable[..., object]) -> None:
    """Let the commands in this process read their settings with ``read``, as Pelican and without it."""
    for name in ("read_settings", "read_without_pelican"):
        patch.setattr(engine_workspace, name, read)
