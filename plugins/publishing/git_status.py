"""Refuse to publish content that is not committed to git."""

from __future__ import annotations

import subprocess
from pathlib import Path

#: How many files a message names.
_SHOWN = 5


class NotCommittedError(RuntimeError):
    """Some content is not committed. The message names the files and says what to do."""


def refuse_uncommitted(folder: Path) -> None:
    """Check that every file of the working tree that holds ``folder`` is committed.

    Raises:
        NotCommittedError: if a file is not committed, or git cannot report its status.
    """
    command = ["git", "-C", str(folder), "status", "--porcelain", "--untracked-files=normal"]
    otherwise = "or publish all the same with  --unclean"
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - a folder of ours
    except OSError as error:
        raise NotCommittedError(f"git cannot be run ({error.strerror}), so nobody can tell what is committed; "
                                f"install it, {otherwise}") from error  # fmt: skip
    if done.returncode:
        raise NotCommittedError(
            f"{folder} is not under git, so what is published could not be made again; put it there with  git init  "
            f"and  git add -A  and  git commit, {otherwise}"
        )
    files = [line[3:] for line in done.stdout.splitlines()]
    if files:
        more = f" and {len(files) - _SHOWN} more" if len(files) > _SHOWN else ""
        raise NotCommittedError(
            f"not everything is committed: {', '.join(files[:_SHOWN])}{more}. What is published must be what "
            f"others can see and make again: commit it with  git add -A  and  git commit, {otherwise}"
        )
