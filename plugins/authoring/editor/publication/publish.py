"""Run ``inv publish`` in the background, and report its state.

It publishes a checkout of the last commit, so uncommitted changes of others are not published and do not stop it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from plugins.authoring.editor.publication.git_versions import VersionError, Versions
from plugins.base import private_files

#: The folder of the checkout below ``CACHE_PATH``. It exists only during a publication.
FOLDER = "writing/published"
_ROOT = Path(__file__).resolve().parents[4]
#: Number of output lines that are kept.
_MOST_LINES = 60


class PublicationState(Struct, frozen=True):
    """The state of the last publication.

    Attributes:
        number: number of the publication. 0 before the first.
        is_running: True until it has ended.
        is_done: True if readers see the site as it was committed.
        lines: its last lines of output.
    """

    number: int = 0
    is_running: bool = False
    is_done: bool = False
    lines: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """The state in words."""
        if self.is_running:
            return "The site is being published. That takes a few minutes at most, and you may go on writing."
        if self.is_done:
            return "The site is published: readers see it as it is now."
        return "The site could not be published. Readers see what they saw before. The reason stands below."


class Publication:
    """Publishes one content folder, one publication at a time.

    Args:
        versions: of the content folder.
        cache: ``CACHE_PATH``.
        command: publishes the content folder whose path is added to it.
    """

    def __init__(self, versions: Versions, cache: Path, command: Sequence[str]) -> None:
        self._versions = versions
        self._cache = cache
        self._command = command
        self._lock = threading.Lock()
        self._is_wanted = False
        self._state = PublicationState()

    @property
    def state(self) -> PublicationState:
        """The state of the current or last publication."""
        return self._state

    def begin(self) -> None:
        """Publish the last commit. If a publication is running, publish again after it."""
        with self._lock:
            self._is_wanted = True
            if self._state.is_running:
                return
            self._state = PublicationState(self._state.number + 1, is_running=True)
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._is_wanted:
                    self._state = replace(self._state, is_running=False)
                    return
                self._is_wanted = False
                self._state = PublicationState(self._state.number, is_running=True)
            try:
                is_done = self._published()
            except (OSError, VersionError) as error:
                self._say(f"error: {error}")
                is_done = False
            with self._lock:
                self._state = replace(self._state, is_done=is_done)

    def _published(self) -> bool:
        private_files.make_folder(self._cache / "writing", self._cache)
        with self._versions.checked_out(self._cache / FOLDER) as content:
            environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
            process = subprocess.Popen(  # noqa: S603 - a command of ours and a folder of ours
                [*self._command, str(content)], cwd=_ROOT, env=environment, text=True, errors="replace",
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
            with process:
                for line in process.stdout or ():
                    self._say(line.rstrip().replace(str(content), "content"))
            return process.returncode == 0

    def _say(self, line: str) -> None:
        if line:
            lines = deque((*self._state.lines, line), _MOST_LINES)
            self._state = replace(self._state, lines=tuple(lines))


def delete_checkout(cache: Path) -> None:
    """Delete the checkout of a publication that was killed."""
    with contextlib.suppress(OSError):
        shutil.rmtree(cache / FOLDER)
