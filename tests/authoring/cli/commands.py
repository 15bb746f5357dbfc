"""Read the commands of ``tasks.py`` from Invoke, and run them in this process."""

from __future__ import annotations

import contextlib
import gc
import io
import sys
from functools import cache

from invoke.collection import Collection
from invoke.parser.argument import Argument

import tasks
from plugins.authoring.cli.program import CommandProgram
from tests.sites.building import Run


@cache
def commands() -> dict[str, tuple[Argument, ...]]:
    """Return the arguments of each command by its name. Invoke returns them only once."""
    found = (task for task in vars(tasks).values() if hasattr(task, "get_arguments"))
    return {str(task.name): tuple(task.get_arguments()) for task in found}


def options(name: str) -> frozenset[str]:
    """Return the options of a command without their leading dashes."""
    return frozenset(flag.replace("_", "-") for argument in commands()[name] for flag in argument.names)


def collection() -> Collection:
    """Return the commands as an Invoke collection."""
    # Invoke returns the help of an option only once, and other tests use it.
    commands()
    return Collection.from_module(tasks)


def inv_here(*typed: str) -> Run:
    """Run Invoke with the arguments ``typed`` in this process, without the second that a process takes for imports."""
    stdout, stderr, stdin = io.StringIO(), io.StringIO(), sys.stdin
    status, writes_no_bytecode = 0, sys.dont_write_bytecode
    with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
        try:
            # No terminal answers.
            sys.stdin = io.StringIO()
            CommandProgram(namespace=collection()).run(["inv", *typed])
        except SystemExit as stop:
            # Python prints an exit reason that is not a number, and exits with 1.
            status = stop.code if isinstance(stop.code, int) else int(bool(stop.code))
            stderr.write("" if isinstance(stop.code, int) else f"{stop.code or ''}\n")
        finally:
            sys.stdin = stdin
            sys.dont_write_bytecode = writes_no_bytecode
            # A build disables garbage collection, because its process ends at once. This process continues.
            gc.unfreeze()
            gc.enable()
    return Run(status, stdout.getvalue(), stderr.getvalue())
