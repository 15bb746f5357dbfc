"""Asked: what a build was asked for, and where it keeps what it remembers.

Nothing here imports more than it must (see ``snapshot.py``).
"""

from __future__ import annotations

import hashlib
import os
import sys
from typing import NamedTuple

#: The project's folder.
ROOT = os.path.abspath(os.path.join(__file__, *[os.pardir] * 4))
#: The files of settings, in the project's folder; a setting may be made of a variable of the environment.
SETTINGS = ("pelicanconf.py", "publishconf.py")
#: Variables that may change what a build makes, whatever the settings say: how the C library and Python sort, spell and
#: count days, and where Python finds its modules. The libraries of a build read no others but those of terminals, and
#: our own code reads none (``tests/test_architecture.py``). All others, which may hold secrets, are never looked at.
_VARIABLES = frozenset(
    {"LANG", "LANGUAGE", "LC_ALL", "LC_COLLATE", "LC_CTYPE", "LC_MESSAGES", "LC_MONETARY", "LC_NUMERIC", "LC_TIME",
     "TZ", "TZDIR", "PYTHONTZPATH", "PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "PYTHONNOUSERSITE", "PYTHONSAFEPATH",
     "PYTHONPLATLIBDIR", "PYTHONOPTIMIZE", "PYTHONWARNINGS", "PYTHONHASHSEED", "PYTHONUTF8", "PYTHONIOENCODING",
     "PYTHONCOERCECLOCALE", "PYTHONINTMAXSTRDIGITS"}
)  # fmt: skip


class Asked(NamedTuple):
    """What a build was asked for.

    Attributes:
        content: the content folder; the settings' own when "".
        output: the output folder; the same.
        cache: the folder to remember things in; the same.
        as_of: the day; today when "".
        production: True takes the settings of ``publishconf.py``.
        changed: settings, by name, as JSON.
        from_scratch: True neither reads nor trusts anything that an earlier build left.
        explain: a page to tell of, why it was made anew or not; "" for none.
        debug: True shows the traceback of a mistake in the code.
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
    def top(self) -> str:
        """The folder to remember things in."""
        return os.path.abspath(self.cache or os.path.join(ROOT, ".cache"))

    @property
    def place(self) -> str:
        """The folder of what is remembered of builds into this output."""
        which = (self.content and os.path.abspath(self.content), self.output and os.path.abspath(self.output))
        name = hashlib.blake2b(repr((which, self.production)).encode(), digest_size=6).hexdigest()
        return os.path.join(self.top, "builds", name)

    @property
    def tools(self) -> tuple[str, ...]:
        """What works everything out, besides our own code: Python, and all libraries with their versions."""
        return (sys.version, *_libraries())

    @property
    def key(self) -> dict[str, bytes]:
        """What stands for all that decides what is built, besides what stands in folders and the day.

        One digest for each kind, by its name for people: what a variable or a setting says cannot be read out of it.
        """
        asked = (
            os.getcwd(), ROOT, self.content, self.output, self.cache, self.production, self.changed,
        )  # fmt: skip
        parts = {
            "what was asked for": asked,
            "Python or a library": self.tools,
            "the environment": _environment(),
        }
        return {name: hashlib.sha256(repr(part).encode()).digest() for name, part in parts.items()}


def _environment() -> list[tuple[str, str]]:
    """Return the variables that may change what a build makes: those of a list, and those that the settings name."""
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
    """The names of all installed libraries, which hold their versions."""
    found: list[str] = []
    for folder in sys.path:
        try:
            found += sorted(name for name in os.listdir(folder or ".") if name.endswith("-info"))
        except OSError:
            continue
    return found
