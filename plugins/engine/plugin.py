"""The door of the content model: to Pelican, whose build it leads, and to commands, which it tells what to work on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import Generator
from pelican.settings import read_settings

from plugins.base.cache import Cache, NoCache
from plugins.base.errors import error_location
from plugins.base.files import Files
from plugins.base.terminal import display_path
from plugins.content_model.loader import load
from plugins.engine.build import STAGES, Build
from plugins.engine.settings import SettingsError, SiteSettings

_ROOT = Path(__file__).resolve().parents[2]


class LibraryGenerator(Generator):  # type: ignore[misc]
    """Puts a ``Build`` with the loaded library into Pelican's context, under ``build``."""

    def generate_context(self) -> None:
        """Load the content folder and send the stages of the build."""
        site = SiteSettings.from_pelican(self.settings)
        cache: Cache = self.context.get("memo") or NoCache()
        content = Path(self.path)
        files: Files = self.context.get("files") or Files(content)
        library, problems = load(
            files,
            as_of=site.as_of,
            release=site.release,
            drafts=site.drafts,
            documents=dict(site.documents),
            cache=cache,
        )
        build = Build(content, Path(self.theme), site, self.settings, library, files, cache)
        build.problems.extend(problems)
        self.context["build"] = build
        # Whoever shows problems while somebody writes need not wait for the last stage.
        look = self.context.get("look")
        for stage in STAGES:
            if look is not None:
                look(build)
            stage.send(build)


def get_generators(_pelican: Any) -> type[Generator]:  # noqa: ANN401
    """Offer the generator to Pelican."""
    return LibraryGenerator


def register() -> None:
    """Connect to Pelican's signals."""
    signals.get_generators.connect(get_generators)


@dataclass(frozen=True, slots=True)
class Workspace:
    """What a command works on.

    Attributes:
        content: the content folder.
        output: the folder of the finished site.
        cache: the folder for what need not be worked out again.
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
        """The content folder as a person at this terminal would name it."""
        return display_path(self.content)


def workspace(content: str = "", *, as_of: str = "", cache: str = "", production: bool = False) -> Workspace:
    """Return what a command works on.

    Args:
        content: the content folder; the settings' own when "".
        as_of: the day, ``2026-11-22``; today when "".
        cache: the folder to remember things in; the settings' own when "".
        production: takes the settings of ``publishconf.py``.

    Raises:
        SettingsError: where there is no such folder, or a setting cannot be used.
    """
    check_folder(content)
    given = {"PATH": content, "AS_OF": as_of, "CACHE_PATH": cache}
    settings = project_settings(production=production, **{name: value for name, value in given.items() if value})
    site = SiteSettings.from_pelican(settings)
    return Workspace(
        Path(settings["PATH"]), Path(settings["OUTPUT_PATH"]), Path(settings["CACHE_PATH"]), site, settings
    )


def check_folder(content: str) -> None:
    """Do nothing where ``content`` is a folder, or "".

    Raises:
        SettingsError: where it is none.
    """
    if content and not Path(content).is_dir():
        raise SettingsError(f"there is no folder {content}; --content must name the one that holds articles/ and so on")


def settings_file(*, production: bool) -> Path:
    """Return the file of the project's settings."""
    return _ROOT / ("publishconf.py" if production else "pelicanconf.py")


def project_settings(*, production: bool = False, **changed: object) -> dict[str, Any]:
    """Return Pelican's settings as the project's file and ``changed`` give them.

    Raises:
        SettingsError: where the file cannot be read as settings; its cause has the place.
    """
    file = settings_file(production=production)
    try:
        read: dict[str, Any] = read_settings(str(file), override=changed)
    except OSError:
        raise
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        place = error_location(error)
        hint = f"mend {place}" if "conf.py" in place else "change the setting that is meant"
        raise SettingsError(f"{file.name} cannot be read as settings ({what}); {hint}") from error
    return read
