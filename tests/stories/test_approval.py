"""Test the command ``inv approve``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.content_model.loader import parse_entry
from plugins.content_model.story import Story, approval_hash
from plugins.markdown_blocks.block_scanner import outline
from plugins.stories.approval import approve, approved_words
from plugins.stories.command import approve_story
from plugins.stories.lookup import StoryError
from tests.authoring.cli.commands import inv_here
from tests.sites.building import AS_OF, run_here
from tests.sites.writing import text
from tests.stories.telling import BODY, CONSENT, FILE, NAME, TITLE, front_matter, site

UNAPPROVED = text({**front_matter(), "approved_text": None}, BODY)


def read(whole: str) -> Story:
    """Return the story in the file ``whole``."""
    story, problems = parse_entry(whole.replace("\r\n", "\n"), FILE, Story)
    assert isinstance(story, Story), problems
    return story


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that only one of the two texts has."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_the_command_shows_the_text_records_it_and_the_site_builds(tmp_path: Path) -> None:
    """A story without approval stops the build. The command adds one line, after which the build succeeds."""
    content = site(tmp_path, UNAPPROVED)
    assert run_here(content, tmp_path / "output").status == 1
    done = inv_here("approve", "told", "--yes", "--content", str(content), "--as-of", AS_OF)
    assert done.status == 0, done.stderr
    for shown in (TITLE, NAME, "Marzipanic mornings", *BODY.strip().split("\n\n")):
        assert shown in done.stdout
    assert "PRIVATE" not in done.stdout
    gone, come = changed_lines(UNAPPROVED, (content / FILE).read_text(encoding="utf-8"))
    assert gone == []
    assert re.fullmatch(r"approved_text: [0-9a-f]{64}\n", "".join(come))
    assert run_here(content, tmp_path / "output").status == 0


@pytest.mark.parametrize(
    "name", ["told", "entry-id-told", "stories/told", "stories/told/index.md", "/stories/told/", "content/stories/told"]
)
def test_a_story_goes_by_many_names(name: str, tmp_path: Path) -> None:
    """The story can be given by slug, id, folder, file or address."""
    content = site(tmp_path, UNAPPROVED)
    approve_story(name, outline=outline, yes=True, content=str(content), as_of=AS_OF)
    assert read((content / FILE).read_text(encoding="utf-8")).approved_text


@pytest.mark.parametrize(
    ("answer", "recorded"), [("yes", True), ("YES ", True), ("y", False), ("", False), ("no", False)]
)
def test_it_asks_first(answer: str, recorded: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --yes, only the answer "yes" records the approval."""
    content = site(tmp_path, UNAPPROVED)
    monkeypatch.setattr("builtins.input", lambda _question: answer)
    if recorded:
        approve_story("told", outline=outline, content=str(content), as_of=AS_OF)
    else:
        with pytest.raises(SystemExit, match="nothing was recorded"):
            approve_story("told", outline=outline, content=str(content), as_of=AS_OF)
    assert ("approved_text" in (content / FILE).read_text(encoding="utf-8")) == recorded


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"consent": None}, "no consent is recorded"),
        ({"safeguarding": None}, "no safeguarding review is recorded"),
        ({"consent": {**CONSENT, "given_on": "2026-12-24"}}, "has not come yet"),
        ({"consent": {**CONSENT, "expires": "2026-11-01"}}, "consent ended on 2026-11-01"),
    ],
)
def test_without_consent_or_review_it_is_not_recorded_unasked(
    changes: dict[str, Any], reason: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """--yes requires a valid consent and review. A prompt lists what is lacking."""
    front = {**front_matter(status="draft"), "approved_text": None, **changes}
    content = site(tmp_path, text({name: value for name, value in front.items() if value is not None}, BODY))
    with pytest.raises(SystemExit, match=f"error: nothing was recorded, because .*{reason}.*{FILE}"):
        approve_story("told", outline=outline, yes=True, content=str(content), as_of=AS_OF)
    assert "approved_text" not in (content / FILE).read_text(encoding="utf-8")
    capsys.readouterr()
    monkeypatch.setattr("builtins.input", lambda _question: "yes")
    approve_story("told", outline=outline, content=str(content), as_of=AS_OF)
    assert reason in capsys.readouterr().out


@pytest.mark.parametrize("yes", [True, False])
def test_it_shows_what_could_tell_who_somebody_is(
    yes: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The warnings about names and details are printed between the text and the prompt."""
    body = "Mary Whitcombe took me to Alcoholics Anonymous.\n"
    content = site(tmp_path, text({**front_matter(status="draft"), "approved_text": None}, body))
    monkeypatch.setattr("builtins.input", lambda _question: "yes")
    approve_story("told", outline=outline, yes=yes, content=str(content), as_of=AS_OF)
    said = capsys.readouterr().out
    assert re.search(rf"warning: .*{FILE}:\d+: “Mary Whitcombe” is a full name", said)
    assert said.index("Text:") < said.index("warning:") < said.index("Recorded in")


def test_a_text_that_changes_while_it_is_read_is_not_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that changes during the prompt is not approved."""
    content = site(tmp_path, UNAPPROVED)

    def answer(_question: str) -> str:
        (content / FILE).write_text(UNAPPROVED.replace("gulls", "ships"), encoding="utf-8")
        return "yes"

    monkeypatch.setattr("builtins.input", answer)
    with pytest.raises(SystemExit, match="changed"):
        approve_story("told", outline=outline, content=str(content), as_of=AS_OF)
    assert "approved_text" not in (content / FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "message"),
    [("tolt", "did you mean `told`"), ("nothing-like-it", "there is no story"), ("sample", "made up")],
)
def test_what_cannot_be_approved_is_told(name: str, message: str, tmp_path: Path) -> None:
    """A missing story or a sample gives a message and status 1."""
    done = inv_here("approve", name, "--yes", "--content", str(site(tmp_path, UNAPPROVED)))
    assert done.status == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("approved_text: old", "approved_text: HASH"),
        ("approved_text: old  # by letter", "approved_text: HASH  # by letter"),
        ('approved_text: "old # no comment"', "approved_text: HASH"),
        ("approved_text: 'old'   ", "approved_text: HASH   "),
        ("approved_text:", "approved_text: HASH"),
        ("approved_text:   # not yet", "approved_text: HASH   # not yet"),
        ('"approved_text": old', '"approved_text": HASH'),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_only_the_value_changes(before: str, after: str, ending: str, mark: str) -> None:
    """The old value is replaced. Comments, quotes, line endings and the byte order mark stay."""
    lines = UNAPPROVED.split("\n")
    lines.insert(3, "# A note of the editor's: keep.")
    lines.insert(4, before)
    whole = mark + ending.join(lines)
    story = read(whole.replace(before, "approved_text: x"))
    digest = approval_hash(story)
    assert approve(whole, read(whole) if before != "approved_text:" and "not yet" not in before else
                   _positioned(whole, story)) == whole.replace(before, after.replace("HASH", digest))  # fmt: skip


def _positioned(whole: str, story: Story) -> Story:
    """Return the story with the positions of ``whole``, which has an empty field and cannot be parsed."""
    other, _ = parse_entry(whole.replace("\r\n", "\n").replace("approved_text:", "approved_text: x"), FILE, Story)
    assert isinstance(other, Story)
    assert other.source.body == story.source.body
    return other


def test_a_layout_that_cannot_be_changed_safely_is_left_alone() -> None:
    """A value or front matter in another layout is refused, and the message has the hash."""
    for before in ("approved_text: >-\n  old\n  value", "approved_text: old\n  value"):
        whole = UNAPPROVED.replace("\n---\n", f"\n{before}\n---\n", 1)
        with pytest.raises(StoryError, match=approval_hash(read(whole))):
            approve(whole, read(whole))


@given(st.text(max_size=200), st.text(min_size=1, max_size=40))
def test_any_story_is_approved_exactly(body: str, title: str) -> None:
    """For any text, one line is added, the rest stays, and the hash is that of the text shown."""
    whole = text({**front_matter(title=title), "approved_text": None}, body)
    made, _ = parse_entry(whole.replace("\r\n", "\n").replace("\r", "\n"), FILE, Story)
    if not isinstance(made, Story):
        return
    try:
        after = approve(whole, made)
    except StoryError:  # a body that looks like front matter
        return
    line = f"approved_text: {approval_hash(made)}\n"
    assert after.count(line) == 1
    assert after.replace(line, "", 1) == whole
    assert made.title in approved_words(made)
    assert made.source.body.strip() in approved_words(made)
