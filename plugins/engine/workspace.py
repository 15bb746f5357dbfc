"""Read the settings of the project and the folders that a command works on."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from plugins.base.errors import error_location
from plugins.base.terminal import display_path
from plugins.engine import default_settings
from plugins.engine.settings import SettingsError, SiteSettings

_ROOT = Path(__file__).resolve().parents[2]
#: The settings that are folders; one that is relative is below the folder of the settings file.
_FOLDERS = ("PATH", "OUTPUT_PATH", "THEME", "CACHE_PATH")


class Workspace(Struct, frozen=True):
    """The folders and settings of a command.

    Attributes:
        content: the content folder.
        output: the folder of the finished site.
        cache: the folder of the cache.
        site: the settings that concern the whole site.
        settings: all of Pelican's settings.
    """

    content: Path
    output: Path
    cache: Path
    site: SiteSettings
    settings: dict[str, Any]

    @property
    def shown(self) -> str:
        """The content folder as this terminal shows it."""
        return display_path(self.content)


def workspace(content: str = "", *, as_of: str = "", cache: str = "", production: bool = False) -> Workspace:
    """Return the folders and settings of a command.

    Args:
        content: the content folder; the settings' own when "".
        as_of: the day, ``2026-11-22``; today when "".
        cache: the folder of the cache; the settings' own when "".
        production: use the settings of ``publishconf.py``.

    Raises:
        SettingsError: when there is no such folder, or a setting cannot be used.
    """
    check_folder(content)
    given = {"PATH": content, "AS_OF": as_of, "CACHE_PATH": cache}
    settings = project_settings({name: value for name, value in given.items() if value}, production=production)
    site = SiteSettings.from_pelican(settings)
    return Workspace(
        Path(settings["PATH"]), Path(settings["OUTPUT_PATH"]), Path(settings["CACHE_PATH"]), site, settings
    )


def check_folder(content: str) -> None:
    """Check that ``content`` is a folder, or "".

    Raises:
        SettingsError: when it is not.
    """
    if content and not Path(content).is_dir():
        raise SettingsError(f"there is no folder {content}; --content must name the one that holds articles/ and so on")


def settings_file(*, production: bool) -> Path:
    """Return the path of the project's settings file."""
    return _ROOT / ("publishconf.py" if production else "pelicanconf.py")


def read_settings(path: str, override: Mapping[str, object]) -> dict[str, Any]:
    """Return the settings in the file ``path``, overridden by ``override``, as Pelican reads and checks them.

    Raises:
        Exception: any exception of the file or of Pelican.
    """
    from pelican.settings import read_settings as read  # noqa: PLC0415

    settings: dict[str, Any] = read(path, override=dict(override))
    return settings


def read_without_pelican(path: str, override: Mapping[str, object]) -> dict[str, Any]:
    """Return the same without the import of Pelican, which is slow, and without its checks.

    Pelican's own defaults, which no plugin of ours reads, are missing.

    Raises:
        Exception: any exception of the file.
    """
    spec = importlib.util.spec_from_file_location(Path(path).stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    # A class that the file defines may look its module up.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    settings: dict[str, Any] = {name: value for name, value in vars(module).items() if name.isupper()} | dict(override)
    for name in _FOLDERS:
        settings[name] = os.path.normpath(Path(path).parent / settings[name])
    return settings


def has_foreign_plugin(settings: Mapping[str, Any]) -> bool:
    """Return whether a plugin is not one of ours. It may need Pelican's defaults and signals."""
    return not all(str(name).startswith("plugins.") for name in settings["PLUGINS"])


def project_settings(
    changed: Mapping[str, object] | None = None, *, production: bool = False, is_checked: bool = False
) -> dict[str, Any]:
    """Return the settings from the project's file, overridden by ``changed``.

    Pelican reads and checks them only if a plugin or a setting is not one of ours.

    Args:
        changed: settings by name.
        production: read ``publishconf.py``.
        is_checked: True if the same file was read with the same options before, so Pelican need not check it again.

    Raises:
        SettingsError: when the file cannot be read as settings; its cause has the location.
    """
    file = settings_file(production=production)
    # Pelican says what is wrong with a file that cannot be read.
    with contextlib.suppress(Exception):
        settings = read_without_pelican(str(file), changed or {})
        are_ours = is_checked or settings.keys() <= vars(default_settings).keys()
        if are_ours and not has_foreign_plugin(settings):
            return settings
    try:
        return read_settings(str(file), changed or {})
    except OSError:
        raise
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        place = error_location(error)
        hint = f"mend {place}" if "conf.py" in place else "change the setting that is meant"
        raise SettingsError(f"{file.name} cannot be read as settings ({what}); {hint}") from error
