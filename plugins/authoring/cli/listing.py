"""The list of the jobs, by group, each on one line."""

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
    """Return the list, one line for each job."""
    width = max(len(job.name) for job in jobs)
    lines = []
    for group in get_args(Group):
        lines += [f"{HEADINGS[group]}:"]
        lines += [f"  {job.name:{width}}  {_summary(job)}" for job in jobs if job.group == group]
        lines += [""]
    return "\n".join([*lines, _HINT])


def _summary(job: CommandTask) -> str:
    # What follows a colon or a semicolon is for those who ask about this job.
    return re.split(r"[.:;](?: |\n|$)", inspect.getdoc(job) or "", maxsplit=1)[0]
