"""Format the list of commands that `inv` prints."""

from __future__ import annotations

import inspect
import re
from collections.abc import Collection, Mapping
from typing import get_args

from plugins.authoring.cli.job import CommandTask, Group

#: The heading of each group.
HEADINGS: Mapping[str, str] = {
    "write": "Write", "check": "Check", "publish": "Publish", "develop": "Work on the code",
}  # fmt: skip
_HINT = "What a job does, with an example and all options:  inv build --help"


def listing(jobs: Collection[CommandTask]) -> str:
    """Return the list by group, one line for each command."""
    width = max(len(job.name) for job in jobs)
    lines = []
    for group in get_args(Group):
        lines += [f"{HEADINGS[group]}:"]
        lines += [f"  {job.name:{width}}  {_summary(job)}" for job in jobs if job.group == group]
        lines += [""]
    return "\n".join([*lines, _HINT])


def _summary(job: CommandTask) -> str:
    # The rest of the sentence, after a colon or semicolon, is in `inv NAME --help`.
    return re.split(r"[.:;](?: |\n|$)", inspect.getdoc(job) or "", maxsplit=1)[0]
