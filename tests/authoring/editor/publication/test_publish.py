"""Run the publication from the editor: what is committed, once at a time, and how it goes in words."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import pytest

from plugins.authoring.editor import command
from plugins.authoring.editor.form.source_text import SourceText
from plugins.authoring.editor.publication.change_summary import change_summary
from plugins.base.problem import Position, Problem
from plugins.engine.workspace import workspace
from tests.authoring.editor.browser import ARTICLE, TEXT, Browser, Found, today
from tests.authoring.editor.publication.test_git_versions import git, run

__all__ = ["git"]

#: In place of `inv publish`: says what it publishes, and waits for a file where it should.
_PUBLISH = """
import pathlib, subprocess, sys, time
content, gate = pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[1])
status = subprocess.run(["git", "-C", content, "status", "--porcelain"], capture_output=True, text=True, check=True)
print("Uncommitted:", status.stdout.strip() or "nothing", flush=True)
text = (content / "articles/gone-quiet/index.md").read_text()
print("Text:", text.rsplit("---", 1)[1].strip(), flush=True)
while gate.exists():
    time.sleep(0.01)
sys.exit(3 if "Broken" in text else 0)
"""


@pytest.fixture
def page(tmp_path: Path) -> Browser:
    """A browser before an editor that publishes."""
    script = tmp_path / "publish.py"
    script.write_text(_PUBLISH)
    return Browser(tmp_path, publish=(sys.executable, str(script), str(tmp_path / "gate")))


def told(page: Browser) -> Any:
    """Return how the publication went, once it has ended."""
    end = time.monotonic() + 60
    while (answer := page.post("/write/do/publishing", {}).data)["isRunning"]:
        assert time.monotonic() < end
        time.sleep(0.01)
    return answer


def publish(page: Browser, body: str) -> Any:
    """Publish the article with ``body``."""
    return page.post(f"/write/do/publish/{ARTICLE}", {**page.opened(ARTICLE), "body": body, "role": "Editor"}).data


def test_publishing_publishes_the_site(page: Browser, git: Path) -> None:
    """What is committed and nothing else; the checkout is gone afterwards."""
    (git / "articles" / "other.txt").write_text("not committed")
    assert publish(page, "Done.")["runs"] is True
    done = told(page)
    assert done["isDone"] is True
    assert "readers see it as it is now" in done["message"]
    assert done["lines"] == ["Uncommitted: nothing", "Text: Done."]
    assert not list(page.cache.glob("writing/published"))
    assert run(git, "worktree", "list").count("\n") == 0
    assert "readers see it as it is now" in page.get("/write/").text
    assert "Text: Done." in page.get("/write/publishing").text
    assert page.post("/write/do/publish-again", {}).data["go"] == "/write/publishing"
    assert told(page)["isDone"] is True


def test_a_publication_that_fails_is_told(page: Browser, git: Path) -> None:
    """With what it said; readers see what they saw."""
    publish(page, "Broken.")
    failed = told(page)
    assert failed["isDone"] is False
    assert "Readers see what they saw before" in failed["message"]
    assert failed["lines"][-1] == "Text: Broken."
    assert 'class="warn"' in page.get("/write/").text


def test_a_second_publication_waits_for_the_first(page: Browser, git: Path, tmp_path: Path) -> None:
    """It publishes what is committed by then."""
    gate = tmp_path / "gate"
    gate.touch()
    publish(page, "One.")
    end = time.monotonic() + 60
    while "Text: One." not in page.post("/write/do/publishing", {}).data["lines"]:
        assert time.monotonic() < end
        time.sleep(0.01)
    publish(page, "Two.")
    publish(page, "Three.")
    gate.unlink()
    assert told(page)["lines"] == ["Uncommitted: nothing", "Text: Three."]


def test_nothing_is_published_while_something_stops_it(page: Browser, git: Path) -> None:
    """Neither with a mistake, nor before its day, nor where others would be missing."""
    page.preview.found = Found((Problem(ARTICLE, Position(3, 8), "long", "it is long", "cut it"),))
    assert "runs" not in publish(page, "Wrong.")
    page.preview.found = Found()
    later = {"published": today().replace(year=2027).isoformat()}
    sent = {**page.opened(ARTICLE), "values": later, "role": "Editor"}
    planned = page.post(f"/write/do/publish/{ARTICLE}", sent).data
    assert planned["runs"] is False
    assert "Readers see it from" in planned["message"]
    run(git, "remote", "set-url", "origin", str(git.parent / "nowhere"))
    sent = {**page.opened(ARTICLE), "values": {"published": "2026-11-01"}, "body": "Now.", "role": "Editor"}
    kept = page.post(f"/write/do/publish/{ARTICLE}", sent).data
    assert kept["runs"] is False
    assert "could not be brought to origin" in kept["message"]
    assert told(page)["lines"] == []


def test_a_withdrawal_deletes_what_a_killed_publication_left(page: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its checkout may hold the words of the story."""
    left = page.cache / "writing" / "published" / "story.md"
    left.parent.mkdir(parents=True)
    left.write_text("Words.")
    at = workspace(str(page.content), cache=str(page.cache))
    monkeypatch.setattr("plugins.authoring.editor.command.workspace", lambda _: at)
    command.forget(content=str(page.content))
    assert not left.exists()


def test_an_editor_that_may_not_publish_says_so(tmp_path: Path) -> None:
    """A workflow does it; there is no page of publications."""
    page = Browser(tmp_path)
    assert page.get("/write/publishing").status == 404
    assert "your workflow does" in page.post("/write/do/publish-again", {}).data["error"]


def test_without_a_target_the_editor_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What to set is named."""
    read = workspace()
    read.settings["WRITE_PUBLISHES"] = True
    monkeypatch.setattr(command, "workspace", lambda *_, **__: read)
    with pytest.raises(SystemExit, match=r"set PUBLISH_TARGET in publishconf\.py"):
        command.write(Browser(tmp_path).services, _never)


def _never(**_: object) -> None:
    raise AssertionError("it was begun")


def test_what_changes_for_readers_is_said_change_summary() -> None:
    """Fields by their names in the form, paragraphs by their number."""
    live = TEXT.replace("status: draft", "status: published").encode()
    more = live.replace(b"The second part.", b"Another part.\n\nA third.").replace(b"Gone quiet", b"Gone loud", 1)
    assert change_summary(SourceText(live), SourceText(more)) == (
        "It is published already. For readers, these fields change: “Title”; "
        "in the text, 1 paragraph changed and 1 paragraph added."
    )
    assert "nothing is different" in change_summary(SourceText(live), SourceText(live))
    assert (
        change_summary(SourceText(TEXT.encode()), SourceText(live))
        == "Readers have not seen it before. It has 6 words."
    )
    assert change_summary(None, SourceText(live)).startswith("Readers have not seen it before.")
