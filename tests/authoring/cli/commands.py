"""Read the commands of ``tasks.py`` from Invoke."""

from __future__ import annotations

from functools import cache

from invoke.parser.argument import Argument

import tasks


@cache
def commands() -> dict[str, tuple[Argument, ...]]:
    """Return the arguments of each command by its name. Invoke returns them only once."""
    found = (task for task in vars(tasks).values() if hasattr(task, "get_arguments"))
    return {str(task.name): tuple(task.get_arguments()) for task in found}


def options(name: str) -> frozenset[str]:
    """Return the options of a command without their leading dashes."""
    return frozenset(flag.replace("_", "-") for argument in commands()[name] for flag in argument.names)
