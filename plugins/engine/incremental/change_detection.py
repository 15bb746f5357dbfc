"""Detect whether anything changed since the last build, before Pelican is imported.

Imports are few, because they take most of the time of an unchanged build (see ``snapshot.py``).
"""

from __future__ import annotations

import contextlib
import marshal
import os
import time
from collections.abc import Callable, Mapping
from functools import cached_property

from plugins.engine.incremental.options import ROOT, SETTINGS, BuildOptions
from plugins.engine.incremental.snapshot import EMPTY, Snapshot, scan
from plugins.engine.incremental.state import State, StatePart, read

#: The file of the last build's state, in ``BuildOptions.state_folder``.
STATE = "state"
#: The folder of this project's code.
CODE = os.path.join(ROOT, "plugins")
#: Folders whose files never affect a build.
_SKIPPED = frozenset({"__pycache__", "node_modules"})
#: From this number of pages on, a forked process scans the output folder.
_FORK_FROM = 1_000


class ChangeSet:
    """The changes of options, folders and day since the last build.

    Attributes:
        started: when the scan began, in nanoseconds since 1970.
        file: the file of the state.
        key: ``BuildOptions.key`` as it was when this process started.
        changed_parts: the names of the parts of ``key`` that differ from the last build's, () without a last build.
        tools: ``BuildOptions.tools`` as they were when this process started.
        state: the state of the last build. It is empty when it is missing or has another key.
        output: the output folder of the last build, "" when unknown.
        is_same_day: True when the day is that of the last build.
    """

    def __init__(self, options: BuildOptions) -> None:
        self.started = time.time_ns()
        self.file = os.path.join(options.state_folder, STATE)
        # Settings and libraries may change the environment and ``sys.path`` when they are imported.
        self.key, self.tools = options.key, options.tools
        known = State() if options.from_scratch else read(self.file)
        self.changed_parts = tuple(name for name in self.key if known.key and known.key.get(name) != self.key[name])
        self.state = known if known.key == self.key else State()
        # The output is the last, and the largest, so its scan starts first.
        *others, self.output = self.state.trees or [""]
        self._wait_for_output = _start_scan(self.output, self.state, self.started)
        self._others = {top: scan_folder(top, self.state, self.started) for top in others}
        self.is_same_day = bool(self.state.day) and self.state.day == (options.as_of or _today(self.state.zone))

    @cached_property
    def snapshots(self) -> Mapping[str, Snapshot]:
        """The snapshots by folder. Waits for the scan of the output."""
        return {**self._others, self.output: self._wait_for_output()} if self.output else {}

    @property
    def has_same_code(self) -> bool:
        """Whether a build with these options, this code and these settings files succeeded before."""
        return all(top in self._others and not self._others[top].changed for top in (CODE, ROOT))

    @property
    def is_unchanged(self) -> bool:
        """Return whether nothing changed since the last build. Stops at the first change."""
        if not self.is_same_day or any(seen.changed for seen in self._others.values()):
            return False
        return not any(seen.changed for seen in self.snapshots.values())

    def refresh(self) -> None:
        """Write the new signatures to the state, so that the next scan hashes fewer files."""
        if any(seen.touched for seen in self.snapshots.values()):
            known = self.state.trees
            trees = {
                top: StatePart.of(seen.record) if seen.touched else known[top] for top, seen in self.snapshots.items()
            }
            self.state._replace(trees=trees).write(self.file)


def nothing_to_do(options: BuildOptions) -> tuple[ChangeSet, str]:
    """Return the changes, and the message of a build without any; "" when there is something to do."""
    changes = ChangeSet(options)
    if not changes.is_unchanged or options.explain:
        return changes, ""
    changes.refresh()
    seconds = (time.time_ns() - changes.started) / 1e9
    return changes, f"0 of {changes.state.pages:,} pages written in {seconds:.2f} s: nothing changed"


def scan_folder(top: str, state: State, now: int, *, is_output: bool = False) -> Snapshot:
    """Return a snapshot of the folder ``top``, compared with that in ``state``."""
    before = state.trees[top].value if top in state.trees else EMPTY
    skip = frozenset(f"/{name}" for name in state.kept) if is_output else _SKIPPED
    only = frozenset(SETTINGS) if top == ROOT else frozenset[str]()
    return scan(top, before, now=now, follow=not is_output, skip=skip, only=only)


def _start_scan(output: str, state: State, now: int) -> Callable[[], Snapshot]:
    """Start to scan the folder ``output``, in a forked process if it is large; return a function that waits for it."""
    if state.pages < _FORK_FROM or not hasattr(os, "fork"):
        return lambda: scan_folder(output, state, now, is_output=True)
    read_end, write_end = os.pipe()
    child = os.fork()
    if not child:
        _send(scan_folder(output, state, now, is_output=True), write_end)
    os.close(write_end)

    def wait() -> Snapshot:
        with os.fdopen(read_end, "rb") as stream:
            message = stream.read()
        os.waitpid(child, 0)
        return _receive(message, output, state, now)

    return wait


def _send(seen: Snapshot, write_end: int) -> None:
    """Send the snapshot to the parent process, and exit."""
    try:
        with os.fdopen(write_end, "wb") as stream:
            stream.write(b"=" if not seen.touched else b"+" + marshal.dumps((seen.changed, seen.record)))
    finally:
        os._exit(0)


def _receive(message: bytes, output: str, state: State, now: int) -> Snapshot:
    if message == b"=":
        return Snapshot(lambda: state.trees[output].value, touched=False)
    with contextlib.suppress(EOFError, ValueError, TypeError):
        changed, record = marshal.loads(message[1:])  # noqa: S302 - a fork of this process wrote it
        return Snapshot(lambda: record, changed, touched=True)
    return scan_folder(output, state, now, is_output=True)


def _today(zone: str) -> str:
    import datetime as dt  # noqa: PLC0415 - not needed with --as-of
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    return dt.datetime.now(ZoneInfo(zone)).date().isoformat()


def input_folders(settings: Mapping[str, object]) -> tuple[str, ...]:
    """Return the folders besides the content that a build reads: code, settings, theme and handbook."""
    return (CODE, ROOT, str(settings["THEME"]), str(settings["HANDBOOK_PATH"]))
