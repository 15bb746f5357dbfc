"""Test the prompts, copies and interruptions of ``inv withdraw``."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from plugins.content_model.article import Article
from plugins.content_model.story import Story
from plugins.stories import command as stories
from plugins.stories.lookup import StoryError
from plugins.stories.withdrawal import Withdrawals
from plugins.stories.withdrawn_register import read_tombstones, with_tombstone
from tests.authoring.cli.commands import inv_here
from tests.publishing.test_git_status import git
from tests.sites.building import AS_OF, HANG, ROOT, run_here, snapshot
from tests.sites.writing import TODAY, fields, text, write
from tests.stories.outputs import holding
from tests.stories.telling import ADDRESS, BODY, FILE, ID, front_matter, site, story
from tests.stories.withdrawing import Desk


@pytest.mark.parametrize("damaged", ["", "{}", "[]", '{"id": 1'])
def test_a_damaged_note_is_told_with_its_place(
    desk: Desk, damaged: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A damaged note is named. After it is deleted, the command succeeds."""
    note = write(tmp_path, {"cache/withdrawing/other/withdrawal.json": damaged}) / "cache/withdrawing/other"
    with pytest.raises(SystemExit) as stop:
        desk.withdraw()
    assert f"{note / 'withdrawal.json'} notes a withdrawal that was begun, and is damaged" in str(stop.value.code)
    assert (desk.content / FILE).is_file()
    shutil.rmtree(note)
    desk.withdraw()
    assert "is out of the content" in capsys.readouterr().out


@pytest.mark.deep
def test_killed_anywhere_a_second_run_ends_the_same(tmp_path: Path) -> None:
    """After a kill at any change around the build, or at eight in it, a second run completes the withdrawal."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.stories.killing", str(tmp_path), "20261123"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=HANG,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["status"] == 0
    assert len(found["points"]) >= 20
    assert found["wrong"] == {}
    assert "content/register/withdrawn.yaml" in found["files"]
    assert "content/stories/told" not in found["files"]
    assert [
        path for path in found["files"] if path.startswith("cache/") and path.endswith((".md", ".gif", ".json"))
    ] == [f"cache/withdrawing/.kept-{ID}/copy/stories/told/{name}" for name in ("index.md", "told.gif")]


def test_a_build_that_fails_is_carried_on_from(desk: Desk) -> None:
    """If another entry stops the build, the story is already removed, and the next run completes the withdrawal."""
    broken = text(fields(Story, "sample"), "Words.\n").replace("status:", "stauts:")
    write(desk.content, {"stories/sample/index.md": broken})
    with pytest.raises(SystemExit):
        desk.withdraw()
    assert not (desk.content / FILE).exists()
    write(desk.content, {"stories/sample/index.md": text(fields(Story, "sample"), "Words.\n")})
    desk.withdraw()
    assert holding(desk.output) == set()
    assert not list((desk.root / "cache").rglob("*"))


@pytest.mark.parametrize("answer", ["", "yes", "told-me", " told", "TOLD"])
def test_it_asks_for_the_slug(
    answer: str, desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only the slug confirms. The prompt shows the story's URLs. A second run does not prompt."""
    monkeypatch.setattr("builtins.input", lambda _question: answer)
    meant = answer.strip().casefold() == "told"
    if meant:
        stories.begin_withdrawal("told", content=str(desk.content), as_of=AS_OF)
        monkeypatch.setattr("builtins.input", lambda _question: "no")
        stories.begin_withdrawal("told", content=str(desk.content), as_of=AS_OF)
    else:
        before = snapshot(desk.content)
        with pytest.raises(SystemExit, match=r"nothing was withdrawn, because the answer was not `told`.*--yes"):
            stories.begin_withdrawal("told", content=str(desk.content), as_of=AS_OF)
        assert snapshot(desk.content) == before
    assert (desk.content / FILE).exists() != meant
    assert f"https://community.elmtreehub.example{ADDRESS}" in capsys.readouterr().out


def test_without_a_terminal_nothing_is_withdrawn(tmp_path: Path) -> None:
    """Without a terminal, --yes is required."""
    content = site(tmp_path)
    done = inv_here("withdraw", "told", "--content", str(content), "--output", str(tmp_path / "output"))
    assert done.status == 1
    assert "--yes" in done.stderr
    assert (content / FILE).exists()


def test_what_git_never_had_is_kept_for_a_day(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """A text with uncommitted changes is kept where only its owner can read it, and the path is printed."""
    (desk.content / FILE).write_text(story(f"{BODY}\nOne sentence more.\n"), encoding="utf-8")
    desk.withdraw()
    folder = desk.root / "cache" / "withdrawing"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert desk.kept() == [f"withdrawing/.kept-{ID}/copy/{FILE}"]
    assert str(folder / f".kept-{ID}") in capsys.readouterr().out
    with pytest.raises(SystemExit):
        desk.withdraw()
    assert str(folder / f".kept-{ID}") in capsys.readouterr().out
    os.utime(folder / f".kept-{ID}", (0, 0))
    assert run_here(desk.content, desk.root / "other", CACHE_PATH=str(desk.root / "cache")).status == 0
    assert not folder.exists()


def test_git_is_asked_for_every_branch(desk: Desk) -> None:
    """A file that is committed on any branch is not kept."""
    git(desk.root, "checkout", "-qb", "other")
    git(desk.root, "rm", "-qr", "--cached", "content/stories/told")
    git(desk.root, "commit", "-qm", "Take out")
    desk.withdraw()
    assert desk.kept() == []


def test_without_git_everything_is_kept_for_a_day(desk: Desk) -> None:
    """Without git, all files are kept for a day."""
    shutil.rmtree(desk.root / ".git")
    desk.withdraw()
    assert desk.kept() == [f"withdrawing/.kept-{ID}/copy/stories/told/{name}" for name in ("index.md", "told.gif")]


def test_a_story_that_was_never_committed_was_never_public(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """A story that was never committed was never public, and has no tombstone page."""
    (desk.content / FILE).rename(desk.content / "stories" / "new.md")
    (desk.content / "stories" / "new.md").write_text(story(slug="new", id="entry-id-new", image=None), encoding="utf-8")
    desk.withdraw("new")
    (stone,) = desk.register()
    assert (stone["was_public"], stone["in_feeds"]) == (False, False)
    assert "readers never saw it" in capsys.readouterr().out


def test_a_story_that_this_machine_released_was_public(desk: Desk) -> None:
    """An uncommitted story in a release of this machine was public."""
    shutil.rmtree(desk.root / ".git")
    (desk.content / FILE).write_text(story(status="draft"), encoding="utf-8")
    stories.begin_withdrawal(
        "told", yes=True, content=str(desk.content), as_of=AS_OF, is_released=lambda address: address == ADDRESS
    )
    assert desk.register()[0]["was_public"] is True


def test_a_story_that_was_made_a_draft_first_was_public(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Addresses and feeds of earlier commits are withdrawn, including an old slug."""
    front = {**front_matter(status="draft", slug="renamed"), "consent": None}
    (desk.content / FILE).write_text(text({k: v for k, v in front.items() if v is not None}, BODY), encoding="utf-8")
    desk.commit()
    desk.withdraw("renamed")
    (stone,) = desk.register()
    assert (stone["was_public"], stone["in_feeds"]) == (True, True)
    said = capsys.readouterr().out
    for address in ("/stories/renamed/", ADDRESS):
        assert f"https://community.elmtreehub.example{address}" in said


@pytest.mark.parametrize("call", ["replace", "mkdir", "chmod"])
def test_after_a_refusal_of_the_machine_it_goes_on(call: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an error of the disk at any step, a second run completes the withdrawal."""

    def refuse(self: Path, *_: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(self))

    with monkeypatch.context() as patch:
        patch.setattr(Path, call, refuse)
        with pytest.raises(OSError, match="No space left"):
            stories.begin_withdrawal("told", yes=True, content=str(desk.content), as_of=AS_OF)
    desk.withdraw()
    assert holding(desk.output) == set()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("tolt",), "did you mean `told`"),
        (("no-such-story",), "there is no story"),
        (("told", "--as-of", "soon"), "AS_OF"),
    ],
)
def test_what_cannot_be_withdrawn_is_told(arguments: tuple[str, ...], message: str, tmp_path: Path) -> None:
    """An unknown story or an invalid day gives a message and status 1, and changes nothing."""
    content = site(tmp_path)
    before = snapshot(content)
    done = inv_here("withdraw", *arguments, "--content", str(content), "--output", str(tmp_path / "output"))
    assert done.status == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert snapshot(content) == before


REGISTERS = {
    "none": "",
    "empty list": "[]\n",
    "notes only": "# Keep me.\n",
    "one item": "# Keep me.\n- id: entry-id-other\n  kind: story\n  address: /stories/other/\n  published: 2026-01-01\n"
    "  withdrawn_on: 2026-02-01\n",
    "indented": "  - id: entry-id-other\n    kind: story\n    address: /stories/other/\n    published: 2026-01-01\n"
    "    withdrawn_on: 2026-02-01\n",
    "no end of line": "- {id: entry-id-other, kind: story, address: /o/, published: 2026-01-01, "
    "withdrawn_on: 2026-02-01}",
    "Windows": "- id: entry-id-other\r\n  kind: story\r\n  address: /o/\r\n  published: 2026-01-01\r\n"
    "  withdrawn_on: 2026-02-01\r\n",
}  # fmt: skip


@pytest.mark.parametrize("before", REGISTERS.values(), ids=REGISTERS)
def test_the_register_only_grows(before: str, tmp_path: Path) -> None:
    """A tombstone is appended in any layout. Comments and earlier items stay as they are."""
    stone: dict[str, str | list[str]] = {
        "id": "entry-id-x", "kind": "story", "address": "/stories/x/", "aliases": ["/~x/", "/y"],
        "published": "2026-01-01", "withdrawn_on": "2026-02-01", "file": "stories/a b: c #1/index.md",
    }  # fmt: skip
    after = with_tombstone(before, stone)
    assert after.startswith(before) or before == "[]\n"
    file = tmp_path / "withdrawn.yaml"
    file.write_bytes(after.encode())
    stones = read_tombstones(file)
    assert stones[-1].file == "stories/a b: c #1/index.md"
    assert [one.id for one in stones] == (["entry-id-other"] if "other" in before else []) + ["entry-id-x"]
    assert ("\r\n" in after) == ("\r\n" in before)
    assert "\n" not in after.replace("\r\n", "") or "\r\n" not in before


@pytest.mark.parametrize("broken", ["id: x\n", "- id: [\n", "- {id: short, kind: story}\n"])
def test_a_register_that_cannot_be_read_stops_before_anything_moves(broken: str, desk: Desk) -> None:
    """A broken register stops the command before files move, and the message says what to do."""
    write(desk.content, {"register/withdrawn.yaml": broken})
    with pytest.raises(SystemExit) as stop:
        desk.withdraw()
    assert "mend it first" in str(stop.value.code)
    assert (desk.content / FILE).exists()
    assert (desk.content / "register/withdrawn.yaml").read_text(encoding="utf-8") == broken


def test_a_story_whose_file_is_broken_is_told(desk: Desk) -> None:
    """A story that cannot be parsed gives a problem with its position, because the command needs its id."""
    (desk.content / FILE).write_text(story().replace("id: ", "idd: "), encoding="utf-8")
    with pytest.raises(StoryError, match=rf"{FILE}:\d+:\d+: .*mend it first"):
        Withdrawals(desk.content, desk.root / "cache").find(FILE, TODAY)


def test_articles_are_not_stories(desk: Desk) -> None:
    """The name of an article gives an error."""
    write(desk.content, {"articles/a-walk/index.md": text(fields(Article, "a-walk"))})
    with pytest.raises(StoryError, match="there is no story"):
        Withdrawals(desk.content, desk.root / "cache").find("a-walk", TODAY)
