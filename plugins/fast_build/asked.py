"""Asked: what a build was asked for, and where it keeps what it remembers.

Nothing here imports more than it must (see ``tree.py``).
"""

from __future__ import annotations

import hashlib
import os
import sys
from typing import NamedTuple

#: The project's folder.
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
#: What a terminal or a shell sets for itself: no setting is made of it.
_OF_THE_TERMINAL = frozenset(
    {"_", "PWD", "OLDPWD", "SHLVL", "TERM", "COLUMNS", "LINES", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION",
     "WINDOWID", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "SSH_AUTH_SOCK", "DISPLAY", "XDG_SESSION_ID",
     "INVOCATION_ID", "JOURNAL_STREAM", "PYTEST_CURRENT_TEST"}
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
    def place(self) -> str:
        """The folder of what is remembered of builds into this output."""
        which = (self.content and os.path.abspath(self.content), self.output and os.path.abspath(self.output))
        name = hashlib.blake2b(repr((which, self.production)).encode(), digest_size=6).hexdigest()
        return os.path.join(os.path.abspath(self.cache or os.path.join(ROOT, ".cache")), "builds", name)

    @property
    def tools(self) -> tuple[str, ...]:
        """What works everything out, besides our own code: Python, and all libraries with their versions."""
        return (sys.version, *_libraries())

    @property
    def key(self) -> tuple[object, ...]:
        """All that decides what is built, besides what stands in folders and the day."""
        environment = sorted((name, value) for name, value in os.environ.items() if name not in _OF_THE_TERMINAL)
        return (
            os.getcwd(), ROOT, self.content, self.output, self.cache, self.production, self.changed,
            self.tools, tuple(environment),
        )  # fmt: skip


def _libraries() -> list[str]:
    """The names of all installed libraries, which hold their versions."""
    found: list[str] = []
    for folder in sys.path:
        try:
            found += sorted(name for name in os.listdir(folder or ".") if name.endswith("-info"))
        except OSError:
            continue
    return found
