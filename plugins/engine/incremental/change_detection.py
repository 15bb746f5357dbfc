"""Front: sees whether a build has anything to do, before anything that builds is imported.

Nothing here imports more than it must (see ``snapshot.py``).
"""

from __future__ import annotations

import contextlib
import marshal
import os
import time
from collections.abc import Callable, Mapping
from functools import cached_property

from plugins.engine.incremental.options import ROOT, SETTINGS, Asked
from plugins.engine.incremental.snapshot import EMPTY, Snapshot, look
from plugins.engine.incremental.state import State, StatePart, read

#: The name of the file of the last state, in the folder of what is remembered.
STATE = "state"
#: The folder of our code.
CODE = os.path.join(ROOT, "plugins")
#: Folders below which nothing is read that decides what is built.
_SKIPPED = frozenset({"__pycache__", "node_modules"})
#: A process of its own looks at an output of so many pages.
_MANY = 1_000


class ChangeSet:
    """What is seen of all folders at the beginning of a build.

    Attributes:
        key: what was asked for, as it stood when this process began.
        others: the names of what is different of it, where an earlier build is known.
        tools: what works everything out, besides our own code; the same.
        state: what the last build left; an empty one where it is of no use.
        output: the output folder as the last build knew it, "" when it is not known.
        quiet: True when nothing is different from what the last build left.
    """

    def __init__(self, asked: Asked) -> None:
        self.started = time.time_ns()
        self.file = os.path.join(asked.place, STATE)
        # Settings and libraries may change the environment and the path of modules while they are read.
        self.key, self.tools = asked.key, asked.tools
        known = State() if asked.from_scratch else read(self.file)
        self.others = tuple(name for name in self.key if known.asked and known.asked.get(name) != self.key[name])
        self.state = known if known.asked == self.key else State()
        # The output is the last, and the largest.
        *others, self.output = self.state.trees or [""]
        self._look_at_output = _begin_look(self.output, self.state, self.started)
        self._others = {top: look_at(top, self.state, self.started) for top in others}
        self.is_same_day = bool(self.state.day) and self.state.day == (asked.as_of or _today(self.state.zone))

    @cached_property
    def looks(self) -> Mapping[str, Snapshot]:
        """What was seen, by the folder's path; waits for the look at the output."""
        return {**self._others, self.output: self._look_at_output()} if self.output else {}

    @property
    def quiet(self) -> bool:
        """Tell whether everything is as the last build left it; waits no longer than it must."""
        if not self.is_same_day or any(seen.changed for seen in self._others.values()):
            return False
        return not any(seen.changed for seen in self.looks.values())

    def refresh(self) -> None:
        """Write down what was seen, where that spares the next look a doubt."""
        if any(seen.touched for seen in self.looks.values()):
            known = self.state.trees
            trees = {top: StatePart.of(seen.record) if seen.touched else known[top] for top, seen in self.looks.items()}
            self.state._replace(trees=trees).write(self.file)


def nothing_to_do(asked: Asked) -> tuple[ChangeSet, str]:
    """Return what is seen, and what to tell when there is nothing to do; "" when there is."""
    sight = ChangeSet(asked)
    if not sight.quiet or asked.explain:
        return sight, ""
    sight.refresh()
    seconds = (time.time_ns() - sight.started) / 1e9
    return sight, f"0 of {sight.state.pages:,} pages written in {seconds:.2f} s: nothing changed"


def look_at(top: str, state: State, now: int, *, is_output: bool = False) -> Snapshot:
    """Return what is seen of the folder ``top``."""
    before = state.trees[top].value if top in state.trees else EMPTY
    skip = frozenset(f"/{name}" for name in state.kept) if is_output else _SKIPPED
    only = frozenset(SETTINGS) if top == ROOT else frozenset[str]()
    return look(top, before, now=now, follow=not is_output, skip=skip, only=only)


def _begin_look(output: str, state: State, now: int) -> Callable[[], Snapshot]:
    """Begin to look at the folder ``output``, in a process of its own where that is worth one; return how to wait."""
    if state.pages < _MANY or not hasattr(os, "fork"):
        return lambda: look_at(output, state, now, is_output=True)
    read_end, write_end = os.pipe()
    child = os.fork()
    if not child:
        _tell(look_at(output, state, now, is_output=True), write_end)
    os.close(write_end)

    def wait() -> Snapshot:
        with os.fdopen(read_end, "rb") as stream:
            told = stream.read()
        os.waitpid(child, 0)
        return _heard(told, output, state, now)

    return wait


def _tell(seen: Snapshot, write_end: int) -> None:
    """Tell the process that waits what was seen, and end this one."""
    try:
        with os.fdopen(write_end, "wb") as stream:
            stream.write(b"=" if not seen.touched else b"+" + marshal.dumps((seen.changed, seen.record)))
    finally:
        os._exit(0)


def _heard(told: bytes, output: str, state: State, now: int) -> Snapshot:
    if told == b"=":
        return Snapshot(lambda: state.trees[output].value, touched=False)
    with contextlib.suppress(EOFError, ValueError, TypeError):
        changed, record = marshal.loads(told[1:])  # noqa: S302 - a copy of this very process wrote it
        return Snapshot(lambda: record, changed, touched=True)
    return look_at(output, state, now, is_output=True)


def _today(zone: str) -> str:
    import datetime as dt  # noqa: PLC0415 - a build with a day of its own does without
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    return dt.datetime.now(ZoneInfo(zone)).date().isoformat()


def others(settings: Mapping[str, object]) -> tuple[str, ...]:
    """Return the folders that decide what is built, besides the content: our code, what settings say, the theme."""
    return (CODE, ROOT, str(settings["THEME"]), str(settings["HANDBOOK_PATH"]))
