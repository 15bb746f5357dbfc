"""`inv check` reports what a build reports, in every format, for all files or some, and never with a traceback."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from plugins.authoring.lint.command import check, forget, problems_in
from plugins.base.errors import os_error_message
from plugins.base.problem import Problem
from plugins.engine import workspace as engine_workspace
from plugins.engine.build import library_loaded
from plugins.engine.cache.persistent import PersistentCache
from plugins.engine.cache.sqlite_store import StoreDamagedError
from tests.authoring.lint.world import content, page
from tests.authoring.preview.test_commands import inv
from tests.images.making import camera
from tests.sites.building import AS_OF, CONTENT, ROOT, Reported, cached_in, own_cache
from tests.sites.test_invalid import INVALID, WARNED, assert_reported, expected, names_in_code
from tests.sites.writing import write

_OURS = names_in_code("authoring/lint")


def told(problems: tuple[Problem, ...]) -> list[Reported]:
    """What a build would tell of ``problems``."""
    return [
        Reported(one.path, one.position.line, one.position.column, one.name, one.message, one.severity.value)
        for one in problems
        if one.name not in _OURS and not one.brief
    ]


@pytest.mark.parametrize(
    "folder",
    [
        # A check goes through every stage of a build: the first tier takes one folder of six.
        pytest.param(folder, id=folder.name, marks=[pytest.mark.deep] if number % 6 else [])
        for number, folder in enumerate([*INVALID, *WARNED])
    ],
)
def test_a_check_tells_what_a_build_tells(folder: Path) -> None:
    """A check reports each kind of mistake that a build reports, at the same place; there are more than a hundred."""
    assert len({problem.name for one in INVALID for problem in expected(one)}) > 100
    assert_reported(told(problems_in(folder, as_of=AS_OF, cache=str(own_cache()))), expected(folder))


def test_a_damaged_picture_is_told_and_no_picture_is_made(tmp_path: Path) -> None:
    """A picture that breaks off is told as in a build; a check makes no files, of it or of one that is whole."""
    image = "image:\n  file: a.jpg\n  alt: A path by the sea.\n"
    for name, data in (("whole", camera()), ("broken", camera()[:-900])):
        folder = content(tmp_path / name, page("A text.\n", image))
        (folder / "pages" / "a" / "a.jpg").write_bytes(data)
        cache = tmp_path / name / "cache"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(engine_workspace, "read_settings", cached_in(cache))
            problems = problems_in(folder, as_of=AS_OF)
        assert ("bad-picture" in {problem.name for problem in problems}) == (name == "broken")
        assert not (cache / "images").exists()


def test_the_content_of_the_site_is_right() -> None:
    """Our own content has no error, no advice, and no warning but of contacts that nobody verified yet."""
    assert {problem.name for problem in problems_in(CONTENT, as_of=AS_OF)} <= {"contact-not-verified"}


def test_advice_and_warnings_do_not_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A check that finds no error ends well, and says how much it found of each level."""
    folder = content(tmp_path, page("The color of an addict.\n"))
    check([str(folder / "pages")], content=str(folder), as_of=AS_OF)
    assert capsys.readouterr().out.rstrip().endswith("0 errors, 1 warning, 1 piece of advice.")


def test_only_what_is_asked_for_is_looked_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file or a folder is looked at alone; links from it into others are followed all the same."""
    folder = content(tmp_path, page("The color. [There]({filename}/pages/b/index.md#none)\n"))
    other = page("The color.\n").replace("slug: a", "slug: b").replace("entry-id-a", "entry-id-b")
    write(folder, {"pages/b/index.md": other})
    with pytest.raises(SystemExit):
        check([str(folder / "pages/a")], form="json", content=str(folder), as_of=AS_OF)
    found = json.loads(capsys.readouterr().out)["problems"]
    assert sorted(one["name"] for one in found) == ["american-spelling", "unknown-anchor"]
    assert {Path(one["path"]).parent.name for one in found} == {"a"}


def test_the_forms_hold_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text, JSON, SARIF and GitHub's notes name the same problem at the same place."""
    folder = content(tmp_path, page("The color, 100%.\n"))
    outputs = {}
    for form in ("text", "json", "sarif", "github"):
        check([str(folder / "pages")], form=form, content=str(folder), as_of=AS_OF)
        outputs[form] = capsys.readouterr().out
    (one,) = json.loads(outputs["json"])["problems"]
    assert (one["line"], one["column"], one["name"], one["level"]) == (9, 5, "american-spelling", "warning")
    log = json.loads(outputs["sarif"])
    (result,) = log["runs"][0]["results"]
    assert log["version"] == "2.1.0"
    assert result["ruleId"] == log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 9, "startColumn": 5}
    assert "line=9,col=5,title=american-spelling::" in outputs["github"]
    assert "index.md:9:5" in outputs["text"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--", "nowhere"), "no file or folder nowhere"),
        (("--content", "nowhere"), "no folder nowhere"),
        (("--format", "xml"), "no format `xml`"),
        (("--as-of", "soon"), "AS_OF is `soon`"),
    ],
)
def test_a_slip_at_the_terminal_is_explained(arguments: tuple[str, ...], message: str) -> None:
    """What cannot be used is named in a sentence, with status 1 and without a traceback."""
    done = inv("check", *arguments)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_is_written_without_a_yes(tmp_path: Path) -> None:
    """Without a terminal, ``--fix`` shows what it would change, and changes nothing."""
    folder = content(tmp_path, page("The color.\n"))
    done = inv("check", "--fix", "--content", str(folder), "--as-of", AS_OF)
    assert done.returncode == 1
    assert "+The colour." in done.stderr
    assert "nothing was changed" in done.stderr
    assert (folder / "pages/a/index.md").read_text(encoding="utf-8") == page("The color.\n")


def test_line_ends_of_other_systems_stay(tmp_path: Path) -> None:
    """A file with the line ends of Windows keeps them."""
    folder = content(tmp_path, page("The color.\n").replace("\n", "\r\n"))
    check(fix=True, yes=True, content=str(folder), as_of=AS_OF)
    assert (folder / "pages/a/index.md").read_bytes() == page("The colour.\n").replace("\n", "\r\n").encode()


def test_the_hook_looks_at_what_is_committed(tmp_path: Path) -> None:
    """Real pre-commit, with the hook of the project, stops a commit with an error and lets a sound one pass."""
    for folder in ("plugins", "theme"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    hook = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8").replace(".venv/bin/python", sys.executable)
    sound = page("Text.\n")
    write(tmp_path, {".pre-commit-config.yaml": hook, "pelicanconf.py": (ROOT / "pelicanconf.py").read_bytes()})
    content(tmp_path / "content", sound)

    def commit() -> subprocess.CompletedProcess[str]:
        subprocess.run(["git", "add", "content", ".pre-commit-config.yaml"], cwd=tmp_path, check=True)
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--verbose"], cwd=tmp_path, capture_output=True, text=True,
            check=False,
        )  # fmt: skip

    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    done = commit()
    assert done.returncode == 0, done.stdout + done.stderr
    write(tmp_path, {"content/pages/a/index.md": sound.replace("title:", "titel:")})
    done = commit()
    assert done.returncode == 1, done.stdout + done.stderr
    assert "error[unknown-field]" in done.stdout


def test_what_checks_remember_can_be_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a withdrawal nothing of what checks remember is left, and forgetting twice is no mistake."""
    monkeypatch.setattr(engine_workspace, "read_settings", cached_in(tmp_path))
    (tmp_path / "check.sqlite").write_bytes(b"words of a story")
    forget()
    forget()
    assert list(tmp_path.iterdir()) == []


def test_two_checks_at_once_do_not_harm_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check whose memory another one tidies up while it works tells what it would have told."""
    monkeypatch.setattr(engine_workspace, "read_settings", cached_in(tmp_path / "cache"))
    folder = content(tmp_path / "content", page("The color.\n"))
    before = problems_in(folder, as_of=AS_OF)
    (memory,) = (tmp_path / "cache").glob("check.sqlite")
    with contextlib.closing(sqlite3.connect(memory)) as connection, connection:
        connection.execute("DELETE FROM page WHERE step = 'body'")

    def tidy_up(_: object) -> None:
        with contextlib.closing(sqlite3.connect(memory)) as connection, connection:
            connection.execute("DELETE FROM value")

    with library_loaded.connected_to(tidy_up):
        assert problems_in(folder, as_of=AS_OF) == before


def test_a_check_that_cannot_write_down_what_it_found_tells_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check whose memory is tidied up while it writes down what it found tells it all the same."""
    monkeypatch.setattr(engine_workspace, "read_settings", cached_in(tmp_path / "cache"))
    folder = content(tmp_path / "content", page("The color.\n"))
    before = problems_in(folder, as_of=AS_OF)
    tried: list[bool] = []

    def write_nothing(_: PersistentCache, *, all_seen: bool) -> None:
        tried.append(all_seen)
        raise StoreDamagedError

    monkeypatch.setattr(PersistentCache, "write", write_nothing)
    assert problems_in(folder, as_of=AS_OF) == before
    assert tried == [True]


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOENT, "error: the program  typos  is not there, so spelling cannot be checked; install"),
        (errno.EMFILE, "too many files are open"),
    ],
)
def test_spellings_that_cannot_be_checked_are_told_with_the_reason(
    number: int, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing program and a system that cannot start one have messages of their own."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("plugins.authoring.lint.spelling.subprocess.Popen", refuse)
    with pytest.raises((SystemExit, OSError)) as stop:
        check(content=str(content(tmp_path, page("Words.\n"))), as_of=AS_OF, cache=str(tmp_path / "cache"))
    assert says in (str(stop.value.code) if isinstance(stop.value, SystemExit) else os_error_message(stop.value))
