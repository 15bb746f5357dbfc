"""Test that the commands, paths and links in the documents are valid."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.authoring.cli.commands import commands as commands_known
from tests.authoring.cli.commands import options

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = (
    "README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md", "docs/glossary.md",
    *sorted(
        file.relative_to(ROOT).as_posix()
        for folder in ("decisions", "hosting", "reference")
        for file in (ROOT / "docs" / folder).glob("*.md")
    ),
)  # fmt: skip
BUILD = "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e . && .venv/bin/inv build"
TEST = "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e '.[test]' && .venv/bin/inv test"


def text(name: str) -> str:
    """Return the text of the document ``name``."""
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    """Return the code blocks in ``language`` of the document ``name``."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text(name), re.MULTILINE | re.DOTALL)


def commands(name: str) -> list[str]:
    """Return the lines of the shell code blocks of the document ``name``."""
    return [line for block in blocks(name, "sh") for line in block.splitlines()]


def sentences(name: str) -> str:
    """Return the document ``name`` without its code blocks."""
    return re.sub(r"^```.*?^```$", "", text(name), flags=re.MULTILINE | re.DOTALL)


def in_backticks(name: str) -> list[str]:
    """Return the texts in backticks in the sentences of the document ``name``."""
    return re.findall(r"`([^`\n]+)`", sentences(name))


def test_the_readme_begins_with_two_commands() -> None:
    """The first two code blocks of the README are exactly the two commands."""
    assert blocks("README.md", "sh")[:2] == [BUILD + "\n", TEST + "\n"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_named_tasks_exist(name: str) -> None:
    """Each `inv NAME` in the documents is a task, and each of its options is one of the task or `--help`."""
    for command in [*commands(name), *in_backticks(name)]:
        for task, given in re.findall(r"\binv ([a-z][a-z-]*)((?: --[a-z-]+\S*| [a-z0-9-]+)*)", command):
            assert task in commands_known(), f"{name} names `inv {task}`, which is no task"
            assert set(re.findall(r"--([a-z-]+)", given)) <= options(task) | {"help"}, f"{name}: {command}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_named_paths_exist(name: str) -> None:
    """Each path in backticks exists in the project. Modules may be relative to ``plugins``."""
    # Paths that an author or a command creates.
    made = re.compile(
        r"content/articles/a-walk-before-work/|theme/components/try-this/|content/register/withdrawn\.yaml|output/|\.cache/"
    )
    top = {path.name for path in ROOT.iterdir()}
    for path in in_backticks(name):
        if not re.fullmatch(r"[\w./-]+", path) or made.match(path):
            continue
        if path.split("/")[0] in top:
            assert (ROOT / path).exists(), f"{name} names `{path}`, which does not exist"
        elif re.fullmatch(r"[\w/-]+/[\w-]+\.py", path):
            assert (ROOT / "plugins" / path).exists(), f"{name} names `{path}`, which is not below plugins/"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_relative_links_resolve(name: str) -> None:
    """Each relative link in the documents is a file, and each fragment is a heading."""
    titles = re.findall(r"^#+ (.+)$", sentences(name), re.MULTILINE)
    headings = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
    prose = re.sub(r"`[^`\n]+`", "", sentences(name))
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if target.startswith("#"):
            assert target[1:] in headings, f"{name} links to {target}"
        elif not re.match(r"[a-z]+:", target):
            file = (ROOT / name).parent / target.partition("#")[0]
            assert file.exists(), f"{name} links to {target}"


def test_the_architecture_is_short() -> None:
    """ARCHITECTURE.md has at most 10,000 bytes, because reasons belong in ``docs/decisions``."""
    assert len(text("ARCHITECTURE.md").encode()) <= 10_000


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder with .ci/run, the README, and a fake python3 that logs its arguments."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    shutil.copy(ROOT / "README.md", tmp_path / "README.md")
    (tmp_path / "bin").mkdir()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for program in ("bin/python3", ".venv/bin/pip", ".venv/bin/inv"):
        (tmp_path / program).write_text(f'#!/bin/sh\necho "{program} $@ in $(pwd)"\n', encoding="utf-8")
        (tmp_path / program).chmod(0o755)
    return tmp_path


def run_ci(checkout: Path) -> subprocess.CompletedProcess[str]:
    """Run .ci/run of ``checkout`` from another working directory."""
    path = f"{checkout / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", str(checkout / ".ci" / "run")], cwd="/", env={**os.environ, "PATH": path}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_ci_runs_the_command_of_the_readme(checkout: Path) -> None:
    """.ci/run runs the README's second command, then the real tier, in the root of the repository."""
    done = run_ci(checkout)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "running the command of README.md:",
        TEST,
        f"bin/python3 -m venv .venv in {checkout}",
        f".venv/bin/pip install -c constraints.txt -e .[test] in {checkout}",
        f".venv/bin/inv test in {checkout}",
        f".venv/bin/inv test --real in {checkout}",
    ]


def test_ci_fails_when_the_command_fails(checkout: Path) -> None:
    """.ci/run fails when a part of the command fails."""
    (checkout / ".venv" / "bin" / "pip").write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    done = run_ci(checkout)
    assert done.returncode == 3
    assert "inv test in" not in done.stdout


@pytest.mark.parametrize("readme", ["no command here\n", f"{TEST}\n{TEST}\n"])
def test_ci_requires_the_command_once(checkout: Path, readme: str) -> None:
    """.ci/run stops with the reason when the README has no such command, or two."""
    (checkout / "README.md").write_text(readme, encoding="utf-8")
    done = run_ci(checkout)
    assert done.returncode == 1
    assert "README.md must hold the command that runs the tests exactly once" in done.stderr
