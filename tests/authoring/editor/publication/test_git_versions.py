"""Test review, publication, earlier versions, approval, records and withdrawal in the editor."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from plugins.authoring.editor.command import forget
from plugins.authoring.editor.entries.autosave import Autosave
from plugins.base.problem import Position, Problem
from plugins.engine.workspace import workspace
from tests.authoring.editor.browser import ARTICLE, TEXT, Browser, Found

REPORT = Problem(ARTICLE, Position(3, 8), "long", "it is long", "cut it")


@pytest.fixture
def git(page: Browser) -> Path:
    """The content in a git repository with a remote, with one committed article."""
    root = page.content.parent
    remote = root / "remote.git"
    file = page.content / ARTICLE
    file.parent.mkdir()
    file.write_text(TEXT)
    for command in (
        ["init", "--quiet", "--bare", str(remote)],
        ["init", "--quiet", "--initial-branch=main", str(root / "content")],
        ["-C", str(page.content), "config", "user.name", "A Writer"],
        ["-C", str(page.content), "config", "user.email", "writer@example.org"],
        ["-C", str(page.content), "add", "--all"],
        ["-C", str(page.content), "commit", "--quiet", "--message", "Begin"],
        ["-C", str(page.content), "remote", "add", "origin", str(remote)],
    ):
        subprocess.run(["git", *command], check=True, capture_output=True)
    return page.content


def run(folder: Path, *words: str) -> str:
    """Return the output of git."""
    return subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True, text=True).stdout.strip()


def test_a_review_is_a_branch_of_its_own(page: Browser, git: Path) -> None:
    """The branch changes only this entry, and the working tree is unchanged."""
    other = git / "articles" / "other.txt"
    other.write_text("not committed")
    sent = {**page.opened(ARTICLE), "body": "Proposed.", "role": "Volunteer", "note": "Is the tone right?"}
    answer = page.post(f"/write/do/review/{ARTICLE}", sent)
    assert "brought to origin" in answer.data["message"]
    assert run(git, "rev-parse", "--abbrev-ref", "HEAD") == "main"
    assert run(git, "diff", "--name-only", "main", "write/gone-quiet") == ARTICLE
    assert run(git, "log", "-1", "--format=%B", "write/gone-quiet") == (
        "Propose “Gone quiet”\n\nIs the tone right?\n\nWritten-by: Volunteer"
    )
    assert run(git.parent / "remote.git", "branch", "--list").strip() == "write/gone-quiet"
    assert run(git, "diff", "--cached", "--name-only") == ""
    assert other.read_text() == "not committed"
    again = page.post(f"/write/do/review/{ARTICLE}", {**page.opened(ARTICLE), "role": "Volunteer"})
    assert "Nothing had changed" in again.data["message"]
    more = page.post(f"/write/do/review/{ARTICLE}", {**page.opened(ARTICLE), "body": "Better.", "role": "V"})
    assert "brought to origin" in more.data["message"]
    assert run(git, "rev-list", "--count", "main..write/gone-quiet") == "2"


def test_publishing_sets_status_and_commits_the_entry_alone(page: Browser, git: Path) -> None:
    """The date of the front matter is kept, and the commit message names the role."""
    (git / "articles" / "other.txt").write_text("not committed")
    answer = page.post(f"/write/do/publish/{ARTICLE}", {**page.opened(ARTICLE), "body": "Done.", "role": "Editor"})
    assert "once the site itself is published next" in answer.data["message"]
    text = (git / ARTICLE).read_text()
    assert "status: published\n" in text
    assert "published: 2026-11-20\n" in text
    assert run(git, "show", "--name-only", "--format=%s", "HEAD").split("\n") == ["Publish “Gone quiet”", "", ARTICLE]
    assert "Written-by: Editor" in run(git, "log", "-1", "--format=%B")
    assert run(git.parent / "remote.git", "rev-parse", "main") == run(git, "rev-parse", "HEAD")


def test_what_goes_live_is_shown_before_and_after(page: Browser, git: Path) -> None:
    """Against the last version that was committed; of a new entry, everything."""
    state = {**page.opened(ARTICLE), "body": "The first part.\n\nAnother part.", "values": {"title": "Gone"}}
    rows = page.post(f"/write/do/compare/{ARTICLE}", state).data
    assert [row for row in rows["rows"] if row[0] == "changed"] == [
        ["changed", "Title: Gone quiet", "Title: Gone"],
        ["changed", "The second part.", "Another part."],
    ]
    assert not any("id:" in row[1] for row in rows["rows"])
    assert rows["words"].startswith("Readers have not seen it before.")
    run(git, "rm", "--quiet", "--cached", ARTICLE)
    run(git, "commit", "--quiet", "--message", "Take out")
    assert page.post(f"/write/do/compare/{ARTICLE}", page.opened(ARTICLE)).data["rows"] == []


def test_what_is_wrong_stops_publishing(page: Browser, git: Path) -> None:
    """With an error, nothing is written or committed, and the problems are returned."""
    page.preview.found = Found((REPORT,))
    head = run(git, "rev-parse", "HEAD")
    answer = page.post(f"/write/do/publish/{ARTICLE}", {**page.opened(ARTICLE), "body": "Done.", "role": "Editor"})
    assert answer.status == 422
    assert [one["name"] for one in answer.data["problems"]] == ["long"]
    assert (git / ARTICLE).read_text() == TEXT
    assert run(git, "rev-parse", "HEAD") == head


def test_a_remote_that_cannot_be_reached_loses_nothing(page: Browser, git: Path) -> None:
    """A failed push is reported, and the commit is kept."""
    run(git, "remote", "set-url", "origin", str(git.parent / "nowhere"))
    answer = page.post(f"/write/do/publish/{ARTICLE}", {**page.opened(ARTICLE), "body": "Done.", "role": "Editor"})
    assert "could not be brought to origin" in answer.data["message"]
    assert run(git, "log", "-1", "--format=%s") == "Publish “Gone quiet”"


def test_an_earlier_version_opens_unsaved(page: Browser, git: Path) -> None:
    """The file is unchanged until it is saved."""
    page.post(f"/write/do/publish/{ARTICLE}", {**page.opened(ARTICLE), "body": "Done.", "role": "Editor"})
    now = (git / ARTICLE).read_text()
    history = page.get(f"/write/history/{ARTICLE}").text
    assert "Publish “Gone quiet”" in history
    assert "Begin" in history
    first = run(git, "rev-list", "--max-parents=0", "HEAD")
    assert page.post(f"/write/do/restore/{ARTICLE}", {"commit": first}).status == 200
    assert (git / ARTICLE).read_text() == now
    assert page.opened(ARTICLE)["body"] == "The first part.\n\nThe second part."
    page.post(f"/write/do/save/{ARTICLE}", page.opened(ARTICLE))
    assert (git / ARTICLE).read_text() == TEXT
    for commit in ("", "0000", "--output=x", "HEAD:x", "../x"):
        assert page.post(f"/write/do/restore/{ARTICLE}", {"commit": commit}).status == 422


def test_without_git_there_is_nothing_to_send(page: Browser) -> None:
    """Saving works without git."""
    file = page.content / ARTICLE
    file.parent.mkdir()
    file.write_text(TEXT)
    text = page.get(f"/write/edit/{ARTICLE}").text
    assert "Send for review" not in text.split("<dialog")[0]
    assert "sent or published" in page.get(f"/write/history/{ARTICLE}").text
    assert page.post(f"/write/do/review/{ARTICLE}", {**page.opened(ARTICLE), "role": "A"}).status == 422


STORY = "stories/a-made-up-story/index.md"
STORY_TEXT = """---
id: made-up-story-01
title: "A made-up story"
slug: a-made-up-story
status: draft
published: 2026-11-01
author: a-writer
narrator:
  display_name: Robin
  display: pseudonym
narrator_role: person
pathway: mutual-aid
consent:
  ref: "FORM-7"   # in the cupboard
  given_on: 2026-10-01
  form_version: "2"
  scope: [web]
safeguarding:
  reviewed_on: 2026-10-02
  by_role: Safeguarding lead
---

It began on a quiet day.
"""


@pytest.fixture
def story(page: Browser) -> Path:
    """The file of a story without its approval."""
    file = page.content / STORY
    file.parent.mkdir()
    file.write_text(STORY_TEXT)
    return file


def test_a_narrator_approves_exactly_what_was_shown(page: Browser, story: Path) -> None:
    """Only the text that was shown can be approved, and only the approval is written."""
    shown = page.get(f"/write/approve/{STORY}")
    assert "It began on a quiet day." in shown.text
    assert "FORM-7" not in shown.text
    version = shown.text.split('name="version" value="')[1].split('"')[0]
    story.write_text(STORY_TEXT.replace("quiet", "loud"))
    assert page.post(f"/write/do/approve/{STORY}", {"version": version}).status == 422
    assert "approved_text" not in story.read_text()
    story.write_text(STORY_TEXT)
    assert page.post(f"/write/do/approve/{STORY}", {"version": version}).status == 200
    added = [line for line in story.read_text().split("\n") if line not in STORY_TEXT.split("\n")]
    assert len(added) == 1
    assert added[0].startswith("approved_text: ")


def test_nobody_approves_without_consent_and_review(page: Browser, story: Path) -> None:
    """What is missing is shown, and the request is refused."""
    story.write_text(STORY_TEXT[: STORY_TEXT.index("safeguarding:")] + "---\n\nText.\n")
    shown = page.get(f"/write/approve/{STORY}").text
    assert "no safeguarding review is recorded" in shown
    version = shown.split('name="version" value="')[1].split('"')[0]
    assert page.post(f"/write/do/approve/{STORY}", {"version": version}).status == 422
    assert "approved_text" not in story.read_text()


def test_a_withdrawal_needs_the_slug(page: Browser, story: Path) -> None:
    """The plan is shown first. The withdrawal deletes the unsaved version of the story."""
    page.post(f"/write/do/autosave/{STORY}", {**page.opened(STORY), "body": "Unsaved words."})
    shown = page.get(f"/write/withdraw/{STORY}").text
    assert STORY in shown
    assert "Web archives" in shown
    assert page.post(f"/write/do/withdraw/{STORY}", {"slug": "another"}).status == 422
    assert page.withdrawn == []
    assert page.post(f"/write/do/withdraw/{STORY}", {"slug": "a-made-up-story"}).status == 200
    assert page.withdrawn == [STORY]
    assert not list(page.cache.rglob("writing/**/*.json"))
    assert page.preview.shown[-1] == {}


def test_a_deed_is_added_to_the_record(page: Browser) -> None:
    """It is appended with the hash of the saved wording, and refused while there is an unsaved version."""
    path = min(one.relative_to(page.content).as_posix() for one in page.content.glob("commitments/*/index.md"))
    before = (page.content / path).read_text()
    deed = {"said": "We said so.", "did": "We did it.", "role": "Community lead", "evidence": ""}
    assert "Add to the record" in page.get(f"/write/record/{path}").text
    assert page.post(f"/write/do/record/{path}", {**deed, "did": ""}).status == 422
    page.post(f"/write/do/autosave/{path}", {**page.opened(path), "body": "Unsaved."})
    assert page.post(f"/write/do/record/{path}", deed).status == 422
    assert (page.content / path).read_text() == before
    page.post(f"/write/do/discard/{path}", {})
    assert page.post(f"/write/do/record/{path}", deed).status == 200
    added = (page.content / path).read_text()
    assert "said: We said so." in added
    assert "wording: " in added


def test_what_is_gone_leaves_no_unsaved_words(page: Browser, story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A withdrawal on the command line also deletes unsaved versions of the story, and no others."""
    page.post(f"/write/do/autosave/{STORY}", {**page.opened(STORY), "body": "Unsaved words."})
    other = min(one.relative_to(page.content).as_posix() for one in page.content.glob("articles/*/index.md"))
    page.post(f"/write/do/autosave/{other}", {**page.opened(other), "body": "Other words."})
    at = workspace(str(page.content), cache=str(page.cache))
    monkeypatch.setattr("plugins.authoring.editor.command.workspace", lambda _: at)
    story.unlink()
    forget(content=str(page.content))
    assert [unsaved.path for unsaved in Autosave(page.cache, page.content).all()] == [other]
