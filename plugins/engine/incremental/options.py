"""Options of a build, and the digests that decide whether its stored state is still valid.

Imports are few, because they take most of the time of an unchanged build (see ``snapshot.py``).
"""

from __future__ import annotations

import hashlib
import os
import sys
from typing import NamedTuple

#: The project's folder.
ROOT = os.path.abspath(os.path.join(__file__, *[os.pardir] * 4))
#: The settings files in the project's folder. A setting may be read from an environment variable.
SETTINGS = ("pelicanconf.py", "publishconf.py")
#: Environment variables that can change the output whatever the settings are: locale, time zone, and where Python finds
#: its modules. The libraries of a build read no others except those of terminals, and this project's code reads none
#: (``tests/test_architecture.py``). Other variables may hold secrets and are not read.
_VARIABLES = frozenset(
    {"LANG", "LANGUAGE", "LC_ALL", "LC_COLLATE", "LC_CTYPE", "LC_MESSAGES", "LC_MONETARY", "LC_NUMERIC", "LC_TIME",
     "TZ", "TZDIR", "PYTHONTZPATH", "PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "PYTHONNOUSERSITE", "PYTHONSAFEPATH",
     "PYTHONPLATLIBDIR", "PYTHONOPTIMIZE", "PYTHONWARNINGS", "PYTHONHASHSEED", "PYTHONUTF8", "PYTHONIOENCODING",
     "PYTHONCOERCECLOCALE", "PYTHONINTMAXSTRDIGITS"}
)  # fmt: skip


class BuildOptions(NamedTuple):
    """The options of one build.

    Attributes:
        content: the content folder; the settings' own when "".
        output: the output folder; the settings' own when "".
        cache: the folder of the cache; ``.cache`` of the project when "".
        as_of: the day of the build, ``2026-11-22``; today when "".
        production: use the settings of ``publishconf.py``.
        changed: names of settings with their values as JSON.
        from_scratch: ignore the state and the cache of earlier builds.
        explain: a page; the build says why it was rendered, or was not. "" for none.
        debug: show the traceback of an error in the code.
    """

    content: str = ""
    output: str = ""
    cache: str = ""
    as_of: str = ""
    production: bool = False
    changed: tuple[tuple[str, str], ...] = ()
    from_scratch: bool = False
    explain: str = ""
    debug: bool = False

    @property
    def cache_folder(self) -> str:
        """The folder of the cache."""
        return os.path.abspath(self.cache or os.path.join(ROOT, ".cache"))

    @property
    def state_folder(self) -> str:
        """The folder of the state and the cache of builds from this content into this output."""
        which = (self.content and os.path.abspath(self.content), self.output and os.path.abspath(self.output))
        name = hashlib.blake2b(repr((which, self.production)).encode(), digest_size=6).hexdigest()
        return os.path.join(self.cache_folder, "builds", name)

    @property
    def tools(self) -> tuple[str, ...]:
        """The version of Python, and all installed libraries with their versions."""
        return (sys.version, *_libraries())

    @property
    def key(self) -> dict[str, bytes]:
        """Digests of all inputs of a build except the folders and the day, by a name for ``--explain``.

        They are digests because the values of variables and settings may be secret.
        """
        options = (
            os.getcwd(), ROOT, self.content, self.output, self.cache, self.production, self.changed,
        )  # fmt: skip
        parts = {
            "what was asked for": options,
            "Python or a library": self.tools,
            "the environment": _environment(),
        }
        return {name: hashlib.sha256(repr(part).encode()).digest() for name, part in parts.items()}


def _environment() -> list[tuple[str, str]]:
    """Return the environment variables that can change the output: ``_VARIABLES``, and those that the settings name."""
    settings = ""
    for name in SETTINGS:
        try:
            with open(os.path.join(ROOT, name), encoding="utf-8", errors="replace") as file:
                settings += file.read()
        except OSError:
            continue
    return sorted(
        (name, value)
        for name, value in os.environ.items()
        if name in _VARIABLES or f'"{name}"' in settings or f"'{name}'" in settings
    )


def _libraries() -> list[str]:
    """Return the names of the metadata folders of all installed libraries, which contain their versions."""
    found: list[str] = []
    for folder in sys.path:
        try:
            found += sorted(name for name in os.listdir(folder or ".") if name.endswith("-info"))
        except OSError:
            continue
    return found
