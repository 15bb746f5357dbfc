"""Test each mistake in ``invalid/`` against the report in its ``expected.yaml``."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from plugins.stories import wording_rules
from tests.authoring.handbook.cases import listed, reports
from tests.sites.building import ROOT, SITES, Reported, Run, run, run_here
from tests.sites.hints import follow_hint

INVALID = sorted(folder for folder in (SITES / "invalid").iterdir() if folder.is_dir())
WARNED = sorted(folder for folder in (SITES / "warned").iterdir() if folder.is_dir())


def expected(folder: Path) -> list[Reported]:
    """Return the expected report of ``folder`` in order. Messages are parts of the full ones."""
    told = {*Reported.__struct_fields__}
    return [Reported(**{name: value for name, value in item.items() if name in told}) for item in items(folder)]


@cache
def items(folder: Path) -> list[dict[str, Any]]:
    """Return the table of ``folder``: expected problems, and under ``mended`` the changes that follow the hints."""
    found: list[dict[str, Any]] = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))
    return found


def assert_reported(found: list[Reported], wanted: list[Reported]) -> None:
    """Check that exactly the problems of ``wanted`` were found, in order, with their parts of messages."""
    assert [replace(problem, message="") for problem in found] == [replace(problem, message="") for problem in wanted]
    for problem, want in zip(found, wanted, strict=True):
        assert want.message in problem.message


def assert_listed(folder: Path, run: Run) -> None:
    """Check that the handbook's list has the reported problems of this folder in the same words."""
    told = reports(run)
    for item in listed():
        if item["case"] == folder.name:
            # If this fails, run `python -m tests.authoring.handbook`.
            assert (item["severity"], item["name"], item["message"], item["hint"]) in told


@pytest.mark.parametrize("folder", INVALID, ids=lambda folder: folder.name)
def test_a_mistake_is_reported(folder: Path, tmp_path: Path) -> None:
    """Pelican reports exactly these problems, exits with 1 and writes nothing."""
    done = run_here(folder, tmp_path / "output")
    assert_reported(done.problems(folder), expected(folder))
    assert_listed(folder, done)
    assert done.status == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", [*INVALID, *WARNED], ids=lambda folder: folder.name)
def test_following_the_hints_gives_a_valid_build(folder: Path, tmp_path: Path) -> None:
    """After the changes in each message of a folder, the build reports nothing."""
    content = Path(shutil.copytree(folder, tmp_path / "content"))
    for item in items(folder):
        follow_hint(content, item)
    done = run_here(content, tmp_path / "output")
    assert done.problems(content) == []
    assert done.status == 0


@pytest.mark.parametrize("name", ["many-mistakes", "not-utf-8", "too-deep", "unreadable-file"])
def test_the_command_line_reports_the_same(name: str, tmp_path: Path) -> None:
    """The command ``pelican`` reports the same in a separate process, without a traceback, and exits with 1."""
    folder = SITES / "invalid" / name
    done = run(folder, tmp_path / "output")
    assert_reported(done.problems(folder), expected(folder))
    assert done.status == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert done.stderr.rstrip().endswith("Nothing was written.")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", WARNED, ids=lambda folder: folder.name)
def test_a_warning_does_not_stop_a_build(folder: Path, tmp_path: Path) -> None:
    """A warning is reported at its position, and the site is built."""
    done = run_here(folder, tmp_path / "output")
    assert_reported(done.problems(folder), expected(folder))
    assert_listed(folder, done)
    assert done.status == 0
    assert (tmp_path / "output" / "index.html").is_file()


def test_every_kind_of_problem_has_a_folder() -> None:
    """The names of problems in the code are those in the ``expected.yaml`` files."""
    shown = {problem.name for folder in (*INVALID, *WARNED) for problem in expected(folder)}
    every, elsewhere = names_in_code("*"), names_in_code("feeds") | names_in_code("authoring/check")
    assert len(every) > 100
    assert every - elsewhere - shown == NEVER_TOLD.keys()
    assert shown - every == set()


#: Problems that no content causes, with the reason why they are in the code.
NEVER_TOLD = {
    "block-not-understood": "stands guard in case Python-Markdown and our scanner read a block differently",
    "too-slow": "is the last guard behind counts that come first; tests/markdown_blocks/test_complexity.py shows it",
    "same-name": "cannot be checked out on all systems; tests/content_model/test_loader.py shows it",
    "low-contrast": "comes of the theme; tests/assets/test_contrast.py shows it",
    "needless-override": "comes of a setting; tests/help_register/test_verification.py shows it",
}
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
_MAKERS = {
    "Problem",
    "FileRejection",
    "RuleViolation",
    "field_error",
    "_Fault",
    "problem",
    "_problem",
    "_add",
    "wrong",
    "report",
    "_report",
}
#: Names of problems made from parts: their prefix and possible suffixes.
_MADE_UP = {"block-inside-": ("html", "list", "quote")}


def names_in_code(plugins: str) -> set[str]:
    """Return the names of problems in plugins; those of feeds and check have separate tests."""
    names = set()
    for file in sorted((ROOT / "plugins").glob(f"{plugins}/**/*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in _MAKERS:
                names |= {name for argument in call.args for name in _names(argument)}
    of_stories = {name for pair in wording_rules.NAMES.values() for name in pair}
    return names | (of_stories if plugins in {"*", "stories"} else set())


def _names(argument: ast.expr) -> Iterator[str]:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and _NAME.fullmatch(argument.value):
        yield argument.value
    elif isinstance(argument, ast.JoinedStr) and isinstance(argument.values[0], ast.Constant):
        start = str(argument.values[0].value)
        yield from (start + end for end in _MADE_UP.get(start, ()))
