"""Test inputs from the field: what a build and a check report, and what the site contains."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from plugins.authoring.check.command import check, problems_in
from plugins.base.problem import Severity
from plugins.search.tokenizer import words
from tests.sites.building import AS_OF, ROOT, SITES, Reported, own_cache, run_here

CASES = SITES / "cases"
#: Registers and a person that every case uses.
BASE = CASES / "base"
TABLED = sorted(file.parent for file in CASES.glob("*/expected.yaml"))
#: Tests of the cases that need more than a build: another encoding, a full disk, a browser.
ELSEWHERE: dict[str, str] = {
    "check-in-another-encoding": "authoring/cli/test_streams.py",
    "disk-full": "site/test_refusals.py",
    "long-place-name": "site/test_in_a_browser.py",
    "paragraph-on-one-line": "sites/test_cases.py",
    "words-from-a-pdf": "sites/test_cases.py",
}


@pytest.fixture
def content(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return the content of a case, copied over the shared registers, with links intact."""
    folder: Path = request.param
    for part in (BASE, folder / "content"):
        shutil.copytree(part, tmp_path / "content", symlinks=True, dirs_exist_ok=True)
    if (folder / "real").is_dir():
        shutil.copytree(folder / "real", tmp_path / "real")
    return tmp_path / "content"


def expected(folder: Path) -> dict[str, Any]:
    """Return the expected result of a case.

    - ``problems``: the reported problems, as in the tables of ``sites/invalid``; ``message`` is a part of the message.
    - ``shows`` and ``lacks``: texts that a file of the site must and must not hold, by path.
    """
    found: dict[str, Any] = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(
    ("content", "right"), [(folder, expected(folder)) for folder in TABLED],
    ids=[folder.name for folder in TABLED], indirect=["content"],
)  # fmt: skip
def test_a_field_case_has_its_expected_result(content: Path, right: dict[str, Any], tmp_path: Path) -> None:
    """A build and a check report exactly the expected problems, and the site has the expected text."""
    output = tmp_path / "output"
    done = run_here(content, output)
    told = [problem for problem in done.problems(content) if problem.path != "register/help.yaml"]
    wanted = [Reported(**problem) for problem in right.get("problems", [])]
    assert [(one.path, one.line, one.column, one.name, one.severity) for one in told] == [
        (one.path, one.line, one.column, one.name, one.severity) for one in wanted
    ]
    for problem, want in zip(told, wanted, strict=True):
        assert want.message in problem.message
    errors = {(one.path, one.line, one.name) for one in told if one.severity == "error"}
    assert done.status == int(bool(errors))
    assert output.exists() == (not errors)
    for path, texts in right.get("shows", {}).items():
        for text in texts:
            assert text in (output / path).read_text(encoding="utf-8")
    for path, texts in right.get("lacks", {}).items():
        for text in texts:
            assert text not in (output / path).read_text(encoding="utf-8")
    checked = {
        (one.path, one.position.line, one.name)
        for one in problems_in(content, as_of=AS_OF, cache=str(own_cache()))
        if one.severity is Severity.ERROR
    }
    assert checked == errors


@pytest.mark.parametrize("content", [CASES / "paragraph-on-one-line"], indirect=True)
def test_the_excerpt_of_a_long_line_fits_a_terminal(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The line is cut around the position, and the caret is below the reported word."""
    check(content=str(content), as_of=AS_OF, cache=str(own_cache()))
    lines = capsys.readouterr().out.splitlines()
    (roof,) = (number for number, line in enumerate(lines) if line.strip(" |") == "^")
    assert len(lines[roof - 1]) <= 80
    assert lines[roof - 1][lines[roof].index("^") :].startswith("color")


def test_words_of_a_pdf_are_found() -> None:
    """The search treats a ligature as its letters and ignores a soft hyphen."""
    text = (CASES / "words-from-a-pdf" / "content/articles/a-walk/index.md").read_text(encoding="utf-8")
    assert {"finding", "recovery", "first"} <= set(words(text))


def test_every_case_has_a_test() -> None:
    """Each folder is in the table or has a test elsewhere."""
    folders = {folder.name for folder in CASES.iterdir() if folder.is_dir()} - {BASE.name}
    assert folders == {folder.name for folder in TABLED} | ELSEWHERE.keys()
    for name, file in ELSEWHERE.items():
        assert f'"{name}"' in (ROOT / "tests" / file).read_text(encoding="utf-8")
