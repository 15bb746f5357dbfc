"""Test which versions of a story readers could see."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from plugins.content_model.loader import parse_entry
from plugins.content_model.story import Story
from plugins.stories.history import public_versions
from tests.publishing.test_git_status import git
from tests.sites.building import AS_OF
from tests.stories.telling import FILE, TITLE, site, story


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("unreadable", ["", "old_field: a\n"])
def test_a_published_version_is_found(tmp_path: Path, line_end: str, unreadable: str) -> None:
    """A committed version counts as public with the line ends of any system, also one that the model cannot read."""
    text = story().replace("---\n", f"---\n{unreadable}", 1)
    content = site(tmp_path, told=text.replace("\n", line_end))
    git(tmp_path, "init", "-q")
    git(tmp_path, "-c", "core.autocrlf=false", "add", "content")
    git(tmp_path, "commit", "-qm", "Write")
    draft, _ = parse_entry(story(status="draft", title="Another title"), FILE, Story)
    assert isinstance(draft, Story)
    (found,) = public_versions(draft, content, dt.date.fromisoformat(AS_OF), lambda _: False)
    assert found.title == ("Another title" if unreadable else TITLE)
