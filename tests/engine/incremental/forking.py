"""Run builds in forks of a process that has imported the code of the project in the working directory.

Runs as a script with ``-P`` and imports only the plugins of that project, nothing of the tests. Each input line is a
JSON list of jobs. They run in parallel, and the answer is a list of their exit statuses (negative for a signal).
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

#: Exit status of a child after an unexpected exception. No command uses it.
CRASHED = 70
#: Seconds after which a hanging build is killed.
_PATIENCE = 900
#: Audit events of changes in the file system.
_CHANGES = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate"}


def main() -> None:
    """Run the jobs of each input line."""
    root = Path.cwd()
    sys.path.insert(0, str(root))
    for name in ("pelican", "pelicanconf", *_plugin_modules(root)):
        importlib.import_module(name)
    for line in sys.stdin:
        children = [_begin(job) for job in json.loads(line)]
        print(json.dumps([_ended(child) for child in children]), flush=True)  # noqa: T201 - the answer


def _plugin_modules(root: Path) -> list[str]:
    return sorted(".".join(file.relative_to(root).with_suffix("").parts) for file in root.glob("plugins/**/plugin.py"))


def _begin(job: dict[str, Any]) -> int:
    child = os.fork()
    if child:
        return child
    status = CRASHED
    try:
        os.setsid()
        signal.alarm(_PATIENCE)
        for number, name in ((1, "stdout"), (2, "stderr")):
            os.dup2(os.open(job[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        _arrange_death(job)
        _build(job)
        status = 0
    except SystemExit as stop:
        # Like Python: print a message, and exit with 1.
        status = stop.code if isinstance(stop.code, int) else int(bool(stop.code))
        if not isinstance(stop.code, int | None):
            sys.stderr.write(f"{stop.code}\n")
    except BaseException:  # noqa: BLE001 - a child must never return to the loop of the parent
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _build(job: dict[str, Any]) -> None:
    if job["arguments"] is not None:
        importlib.import_module("plugins.engine.incremental.__main__").main(job["arguments"])
        return
    reading = importlib.import_module("pelican.settings")
    read = reading.read_settings(job["settings_file"], override=job["settings"])
    importlib.import_module("plugins.engine.site").AtomicPelican(read).run()


def _arrange_death(job: dict[str, Any]) -> None:
    """Kill the process group after some seconds, or at the n-th change in a folder."""
    if job["dies_after"] is not None:
        threading.Timer(float(job["dies_after"]), _die).start()
    if job["dies_at"] is None:
        return
    left = int(job["dies_at"])

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in _CHANGES and job["dies_in"] in str(arguments[:2]) and _writes(event, arguments):
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
