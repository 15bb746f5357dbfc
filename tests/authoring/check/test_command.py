"""Test that `inv check` reports the problems of builds in every format, for all files or some, without a traceback."""

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

from plugins.authoring.check.command import check, forget, problems_in
from plugins.base.errors import os_error_message
from plugins.base.problem import Problem
from plugins.engine.build import library_loaded
from plugins.engine.cache.persistent import PersistentCache
from plugins.engine.cache.sqlite_store import StoreDamagedError
from tests.authoring.check.world import content, page
from tests.authoring.cli.commands import inv_here
from tests.images.making import camera
from tests.sites.building import AS_OF, CONTENT, ROOT, Reported, cached_in, own_cache
from tests.sites.sample_project import write_sample_settings
from tests.sites.sample_settings import replace_settings
from tests.sites.test_invalid import INVALID, WARNED, assert_reported, expected, names_in_code
from tests.sites.writing import write

_OURS = names_in_code("authoring/check")


def told(problems: tuple[Problem, ...]) -> list[Reported]:
    """Return the problems as a build reports them. It lists some without their columns."""
    return [
        Reported(
            one.path,
            one.position.line,
            1 if one.listed else one.position.column,
            one.name,
            one.message,
            one.severity.value,
        )
        for one in problems
        if one.name not in _OURS and (one.listed or not one.brief)
    ]


@pytest.mark.parametrize(
    "folder",
    [
        # A check runs every stage of a build, so the first tier uses one folder of six.
        pytest.param(folder, id=folder.name, marks=[pytest.mark.deep] if number % 6 else [])
        for number, folder in enumerate([*INVALID, *WARNED])
    ],
)
def test_a_check_reports_what_a_build_reports(folder: Path) -> None:
    """A check reports a mistake that stops builds at the same position."""
    assert_reported(told(problems_in(folder, as_of=AS_OF, cache=str(own_cache()))), expected(folder))


def test_a_check_reports_damaged_pictures(tmp_path: Path) -> None:
    """A truncated picture is reported as in a build, and a check writes no picture."""
    image = "image:\n  file: a.jpg\n  alt: A path by the sea.\n"
    for name, data in (("whole", camera()), ("broken", camera()[:-900])):
        folder = content(tmp_path / name, page("A text.\n", image))
        (folder / "pages" / "a" / "a.jpg").write_bytes(data)
        cache = tmp_path / name / "cache"
        with pytest.MonkeyPatch.context() as patch:
            replace_settings(patch, cached_in(cache))
            problems = problems_in(folder, as_of=AS_OF)
        assert ("bad-picture" in {problem.name for problem in problems}) == (name == "broken")
        assert not (cache / "images").exists()


def test_the_content_of_the_site_is_valid() -> None:
    """The site's content has no error, no advice, and only warnings of unverified contacts and of what is to do."""
    assert {problem.name for problem in problems_in(CONTENT, as_of=AS_OF)} <= {"contact-not-verified", "to-do"}


def test_advice_and_warnings_do_not_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A check without errors has the status 0, and prints the number of findings of each level."""
    folder = content(tmp_path, page("The color of an addict.\n"))
    check([str(folder / "pages")], content=str(folder), as_of=AS_OF)
    assert capsys.readouterr().out.rstrip().endswith("0 errors, 1 warning, 1 piece of advice.")


def test_a_check_of_some_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A check of a file or a folder reports only that, and resolves its links to other files."""
    folder = content(tmp_path, page("The color. [There]({filename}/pages/b/index.md#none)\n"))
    other = page("The color.\n").replace("slug: a", "slug: b").replace("entry-id-a", "entry-id-b")
    write(folder, {"pages/b/index.md": other})
    with pytest.raises(SystemExit):
        check([str(folder / "pages/a")], form="json", content=str(folder), as_of=AS_OF)
    found = json.loads(capsys.readouterr().out)["problems"]
    assert sorted(one["name"] for one in found) == ["american-spelling", "unknown-anchor"]
    assert {Path(one["path"]).parent.name for one in found} == {"a"}


def test_the_formats_agree(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text, JSON, SARIF and GitHub annotations have the same problem at the same position."""
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
def test_invalid_options_are_explained(arguments: tuple[str, ...], message: str) -> None:
    """An invalid option is named in a sentence, with status 1 and without a traceback."""
    done = inv_here("check", *arguments)
    assert done.status == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_fix_needs_confirmation(tmp_path: Path) -> None:
    """Without a terminal, ``--fix`` shows the changes and writes nothing."""
    folder = content(tmp_path, page("The color.\n"))
    done = inv_here("check", "--fix", "--content", str(folder), "--as-of", AS_OF)
    assert done.status == 1
    assert "+The colour." in done.stderr
    assert "nothing was changed" in done.stderr
    assert (folder / "pages/a/index.md").read_text(encoding="utf-8") == page("The color.\n")


def test_line_ends_of_other_systems_stay(tmp_path: Path) -> None:
    """A fixed file keeps its Windows line ends."""
    folder = content(tmp_path, page("The color.\n").replace("\n", "\r\n"))
    check(fix=True, yes=True, content=str(folder), as_of=AS_OF)
    assert (folder / "pages/a/index.md").read_bytes() == page("The colour.\n").replace("\n", "\r\n").encode()


def test_the_hook_checks_the_commit(tmp_path: Path) -> None:
    """The project's pre-commit hook stops a commit with an error and accepts a valid one."""
    for folder in ("plugins", "theme"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    # The hook names the Python of the project's folder.
    (tmp_path / ".venv").symlink_to(sys.prefix)
    sound = page("Text.\n")
    write(tmp_path, {".pre-commit-config.yaml": (ROOT / ".pre-commit-config.yaml").read_bytes()})
    write_sample_settings(tmp_path)
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


def test_the_cache_of_checks_can_be_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A withdrawal deletes the cache of checks, and a second deletion is no error."""
    replace_settings(monkeypatch, cached_in(tmp_path))
    (tmp_path / "check.sqlite").write_bytes(b"words of a story")
    forget()
    forget()
    assert list(tmp_path.iterdir()) == []


def test_concurrent_checks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check whose cache another process deletes meanwhile gives the same result."""
    replace_settings(monkeypatch, cached_in(tmp_path / "cache"))
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


def test_a_check_that_cannot_write_its_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check whose cache is deleted while it writes reports all problems."""
    replace_settings(monkeypatch, cached_in(tmp_path / "cache"))
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
def test_a_missing_spelling_checker_is_reported(
    number: int, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing spelling checker and one that cannot start have separate messages."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("plugins.authoring.check.spelling.subprocess.Popen", refuse)
    with pytest.raises((SystemExit, OSError)) as stop:
        check(content=str(content(tmp_path, page("Words.\n"))), as_of=AS_OF, cache=str(tmp_path / "cache"))
    assert says in (str(stop.value.code) if isinstance(stop.value, SystemExit) else os_error_message(stop.value))
