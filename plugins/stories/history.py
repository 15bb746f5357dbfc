"""Find the committed versions of a story, and those that readers could see."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from plugins.base.line_ends import unix_line_ends
from plugins.content_model.loader import parse_entry
from plugins.content_model.story import Story

_NEW_BLOB = re.compile(r"^:\d+ \d+ [0-9a-f]+ ([0-9a-f]*[1-9a-f][0-9a-f]*) ", re.MULTILINE)
#: Matches front matter of older versions, which the current model may not read.
_PUBLISHED = re.compile(r"^status:\s*[\"']?published\b", re.MULTILINE)


def public_versions(story: Story, content: Path, as_of: dt.date, is_released: Callable[[str], bool]) -> list[Story]:
    """Return the versions of ``story`` that readers could see by the day ``as_of``.

    Only committed files are published, so a version that was never committed was not public, unless the newest release
    on this machine shows it. If the content folder is not in git, the file itself counts as public.

    Args:
        story: the current version, which replaces a version that the model cannot read.
        content: the content folder.
        as_of: the day.
        is_released: returns whether the newest release on this machine has a page at an address.
    """
    found = []
    for text in _versions(content, story.source.path):
        version, _ = parse_entry(text, story.source.path, Story)
        if isinstance(version, Story) and _is_public(version, as_of):
            found.append(version)
        elif version is None and _PUBLISHED.search(text):
            found.append(story)
    if is_released(story.permalink) or (not _is_known(content) and _is_public(story, as_of)):
        found.append(story)
    return found


def _is_public(story: Story, as_of: dt.date) -> bool:
    return story.status == "published" and story.published is not None and story.published <= as_of


def is_committed(folder: Path, path: str, data: bytes) -> bool:
    """Return whether a commit holds exactly ``data`` as the file ``path`` of ``folder``."""
    blob = _git(folder, "hash-object", "--stdin", f"--path={path}", given=data).decode().strip()
    return bool(blob) and blob in _blobs(folder, path)


def _is_known(folder: Path) -> bool:
    """Return whether any commit holds a file of ``folder``."""
    return bool(_git(folder, "rev-list", "--all", "--max-count=1", "--", "."))


def _versions(folder: Path, path: str) -> list[str]:
    """Return the text of each committed version of the file ``path`` of ``folder``, on every branch.

    A byte order mark and the line ends of other systems are replaced, as the loader does.
    """
    found = (_git(folder, "cat-file", "blob", blob) for blob in _blobs(folder, path))
    return [unix_line_ends(data.decode("utf-8-sig", errors="replace")) for data in found]


def _blobs(folder: Path, path: str) -> list[str]:
    log = _git(folder, "log", "--all", "--format=", "--raw", "--no-abbrev", "--no-renames", "--", path)
    return list(dict.fromkeys(_NEW_BLOB.findall(log.decode(errors="replace"))))


def _git(folder: Path, *words: str, given: bytes = b"") -> bytes:
    """Return the output of git, or b"" if git is not installed or ``folder`` is not in a repository."""
    try:
        done = subprocess.run(["git", *words], cwd=folder, input=given, capture_output=True, check=False)  # noqa: S603, S607 - no shell reads it
    except OSError:
        return b""
    return b"" if done.returncode else done.stdout
