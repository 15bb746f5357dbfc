"""Test the command ``inv record``."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.commitments import command as commitments
from plugins.commitments.recording import LogEntryInput
from tests.authoring.cli.commands import inv_here
from tests.commitments.world import REGISTER, recorded
from tests.sites.building import Run, run_here
from tests.sites.writing import text, write
from tests.terminal import Terminal

FILE = "commitments/a/index.md"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a content folder with a commitment whose wording changed without a log entry."""
    made = {**recorded(), "statement": "We listen twice."}
    return write(tmp_path / "content", {"register/help.yaml": REGISTER, FILE: text(made)})


def record(content: Path, *arguments: str) -> Run:
    """Run ``inv record`` on ``content``."""
    return inv_here("record", *arguments, "--content", str(content))


def test_a_build_names_the_command_that_mends_it(content: Path, tmp_path: Path) -> None:
    """The build stops and names the command. After running it, the build succeeds."""
    done = run_here(content, tmp_path / "output")
    assert done.status == 1
    assert 'inv record a --said "..." --did "..." --role "Editor"' in done.stderr
    words = ("--said", "We say twice now.", "--did", "We heard that once was not enough.", "--role", "Editor")
    told = record(content, "a", *words, "--on", "2026-11-22")
    assert told.status == 0, told.stderr
    line = (content / FILE).read_text(encoding="utf-8").split("\n").index("- on: 2026-11-22") + 1
    assert f"{content / FILE}, line {line}:" in told.stdout
    assert "  said: We say twice now." in told.stdout
    assert run_here(content, tmp_path / "output").status == 0


def test_a_refusal_has_no_traceback(content: Path) -> None:
    """An invalid entry gives status 1 and the reason, and the file does not change."""
    before = (content / FILE).read_bytes()
    done = record(content, "b", "--said", "a", "--did", "b", "--role", "c")
    assert done.status == 1
    assert done.stderr == "error: there is no commitment `b`; there are: a. Nothing was changed.\n"
    assert (content / FILE).read_bytes() == before


def test_twice_is_once(content: Path) -> None:
    """The same command again reports that the entry exists."""
    words = ("a", "--said", "a", "--did", "b", "--role", "c", "--evidence", "d")
    assert record(content, *words).status == 0
    before = (content / FILE).read_bytes()
    again = record(content, *words)
    assert again.status == 0
    assert "already ends with this entry. Nothing was changed." in again.stdout
    assert (content / FILE).read_bytes() == before


def test_at_a_terminal_it_asks(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Missing values are prompted for, again after an invalid answer. Evidence may be empty."""
    answers = [
        "b",
        "1",
        "",
        "We say twice now.",
        "Ring 020 8191 9191.",
        "We heard that once was not enough.",
        "Editor",
        "",
    ]
    monkeypatch.setattr("sys.stdin", Terminal("".join(f"{answer}\n" for answer in answers)))
    commitments.record("", LogEntryInput("", "", ""), on="2026-11-22", content=str(content))
    said = capsys.readouterr().out
    assert "there is no `b`" in said
    assert "write it in a few words" in said
    assert "--did holds `020 8191 9191`" in said
    assert "  said: We say twice now.\n  did: We heard that once was not enough.\n  by_role: Editor" in said


def test_elsewhere_it_says_what_it_lacks(content: Path) -> None:
    """Without a terminal, the missing options are named, and nothing changes."""
    before = (content / FILE).read_bytes()
    done = record(content, "a", "--said", "We say twice now.")
    assert done.status == 1
    assert "these options are needed: --did, --role. Nothing was changed." in done.stderr
    assert (content / FILE).read_bytes() == before
