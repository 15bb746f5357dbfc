"""Approve and withdraw a story from a program instead of a terminal."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from plugins.base.atomic_write import replace_bytes
from plugins.content_model.markdown_line import Line
from plugins.content_model.story import Story
from plugins.content_model.tombstone import Tombstone
from plugins.engine.workspace import workspace
from plugins.stories.approval import approve, approved_words, lacking
from plugins.stories.lookup import StoryError, find_story
from plugins.stories.manual_steps import unreachable
from plugins.stories.withdrawal import Withdrawals

_ROOT = Path(__file__).resolve().parents[2]


def approval_of(
    content: Path, path: str, *, outline: Callable[[str], Iterable[Line]]
) -> tuple[str, list[str], list[str]]:
    """Return what the narrator of the story ``path`` approves, what is lacking besides, and what could name somebody.

    Raises:
        StoryError: where there is no such story, or nobody who could approve it.
    """
    # Its patterns take a tenth of a second to compile.
    from plugins.stories.wording_rules import check_wording  # noqa: PLC0415

    story = _story(content, path)
    site = workspace(str(content)).site
    warnings = [f"{problem.message}; {problem.hint}" for problem in check_wording(story, outline, site.name)]
    return approved_words(story), lacking(story, site.as_of), warnings


def record_approval(content: Path, path: str, shown: bytes) -> None:
    """Record that the narrator of the story ``path`` has approved its text.

    Args:
        content: the content folder.
        path: the story's file, relative to it.
        shown: the bytes of the file that they saw.

    Raises:
        StoryError: where something is lacking besides, or the file is another now; nothing was written.
    """
    story = _story(content, path)
    if reasons := lacking(story, workspace(str(content)).site.as_of):
        raise StoryError(f"nothing was recorded, because {'; '.join(reasons)}")
    after = approve(shown.decode("utf-8"), story).encode()
    file = content / path
    if file.read_bytes() != shown:
        raise StoryError("the story changed while it was read, so nothing was recorded; look at it again")
    replace_bytes(file, after)


def plan_of(content: Path, path: str) -> tuple[str, tuple[str, ...], list[str], str]:
    """Return the slug, the files and the public addresses of the story ``path``, and what no withdrawal can reach.

    Raises:
        StoryError: where there is no such story.
    """
    at, public = workspace(str(content)), workspace(str(content), production=True)
    found = Withdrawals(at.content, at.cache).find(str(content / path), at.site.as_of)
    if isinstance(found, Tombstone):
        raise StoryError(f"it was withdrawn on {found.withdrawn_on} already")
    addresses = [public.site.absolute(address) for address in found.addresses]
    return found.slug, found.files, addresses, unreachable(found, addresses, content.name)


def withdraw_from(content: Path, path: str) -> str:
    """Withdraw the story ``path`` as ``inv withdraw`` does, and return what that tells.

    Raises:
        StoryError: where it was not done to its end; what it told says how to go on.
    """
    command = [sys.executable, "-m", "invoke", "withdraw", str(content / path), "--yes", "--content", str(content)]
    done = subprocess.run(  # noqa: S603 - a command of ours, and a path that was judged
        command, cwd=_ROOT, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        raise StoryError(f"{done.stdout}\n{done.stderr}".strip())
    return done.stdout.strip()


def _story(content: Path, path: str) -> Story:
    return find_story(str(content / path), content)
