"""Forking: runs builds of the project in the working directory, each in a child of a process that has read all code.

A program of its own, run with ``-P`` from the folder of a project: it imports nothing of the tests, and the plugins of
that project. It reads a list of orders a line, begins all of them at once, and answers with a list of their statuses,
negative where a signal ended one.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

#: What a child that ended in an exception nobody expected has for a status; no command of ours has it.
LOST = 70
#: Seconds after which a build that hangs is ended.
_PATIENCE = 900
#: What moves, makes or removes something, as Python's own audit names it.
_CHANGES = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate"}


def main() -> None:
    """Answer each line of orders until there is none."""
    root = Path.cwd()
    sys.path.insert(0, str(root))
    for name in ("pelican", "pelicanconf", *_doors(root)):
        importlib.import_module(name)
    for line in sys.stdin:
        children = [_begin(order) for order in json.loads(line)]
        print(json.dumps([_ended(child) for child in children]), flush=True)  # noqa: T201 - the answer


def _doors(root: Path) -> list[str]:
    return sorted(".".join(file.relative_to(root).with_suffix("").parts) for file in root.glob("plugins/**/plugin.py"))


def _begin(order: dict[str, Any]) -> int:
    child = os.fork()
    if child:
        return child
    status = LOST
    try:
        os.setsid()
        signal.alarm(_PATIENCE)
        for number, name in ((1, "stdout"), (2, "stderr")):
            os.dup2(os.open(order[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        _arrange_death(order)
        _build(order)
        status = 0
    except SystemExit as stop:
        # Python itself prints a reason that is no number, and ends with 1.
        status = stop.code if isinstance(stop.code, int) else int(bool(stop.code))
        if not isinstance(stop.code, int | None):
            sys.stderr.write(f"{stop.code}\n")
    except BaseException:  # noqa: BLE001 - whatever it is, it must not get into the loop of the parent
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _build(order: dict[str, Any]) -> None:
    if order["arguments"] is not None:
        importlib.import_module("plugins.engine.incremental.__main__").main(order["arguments"])
        return
    reading = importlib.import_module("pelican.settings")
    read = reading.read_settings(order["settings_file"], override=order["settings"])
    read["PELICAN_CLASS"](read).run()


def _arrange_death(order: dict[str, Any]) -> None:
    """Let the whole group die, after some seconds or at some change of a folder."""
    if order["dies_after"] is not None:
        threading.Timer(float(order["dies_after"]), _die).start()
    if order["dies_at"] is None:
        return
    left = int(order["dies_at"])

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in _CHANGES and order["dies_in"] in str(arguments[:2]) and _writes(event, arguments):
            left -= 1
            if left == 0:
                _die()

    sys.addaudithook(count)


def _writes(event: str, arguments: tuple[object, ...]) -> bool:
    return event != "open" or (isinstance(arguments[1], str) and arguments[1][:1] in {"w", "a", "x"})


def _die() -> None:
    os.killpg(os.getpgrp(), signal.SIGKILL)


def _ended(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    main()
