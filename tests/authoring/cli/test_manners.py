"""Test the help and the errors of every command."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.authoring.cli.commands import commands, inv_here
from tests.sites.building import CONTENT, HANG, ROOT, SITES, snapshot
from tests.sites.sample_project import COMPILED

TASKS = sorted(commands())


def inv(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run Invoke in the folder ``cwd`` with ``arguments``, and return the result."""
    command = [sys.executable, "-m", "invoke", *arguments]
    environment = {**os.environ, "COLUMNS": "300"}
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=HANG, env=environment)


@pytest.mark.parametrize("name", TASKS)
def test_help_has_an_example(name: str) -> None:
    """The help of each command has a description, an example of it, and the meaning of each option."""
    done = inv_here("--help", name)
    assert done.status == 0
    assert re.search(rf"Example: inv {name}\b", done.stdout)
    for argument in commands()[name]:
        assert argument.help, f"{name} --{argument.name}"


def test_there_are_commands() -> None:
    """The list of commands is that of ``tasks.py``."""
    assert {"build", "serve", "due", "approve", "withdraw", "record", "schemas", "test", "lint"} <= set(TASKS)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("biuld", "there is no command `biuld`. Did you mean  inv build ?"),
        ("frobnicate", "there is no command `frobnicate`. To see all of them:  inv --list"),
        ("--help biuld", "there is no command `biuld`. Did you mean  inv build ?"),
        ("build --contnt x", "`inv build` has no option `--contnt`. Did you mean  --content ?"),
        ("build --xyzzy", "`inv build` has no option `--xyzzy`. See  inv --help build"),
        ("build --contnt=x", "`inv build` has no option `--contnt`. Did you mean  --content ?"),
        ("build christmas", "`inv build` does not know what to do with `christmas`. See  inv --help build"),
        ("approve", "`inv approve` needs to know: story. See  inv --help approve"),
        ("build --output", "nothing follows `--output`. Write its value after it. See  inv --help build"),
        ("--production", "`--production` stands before any command. Write the command first:"),
        ("due --days soon", "a whole number is expected where 'soon' stands"),
        ("build --content nowhere", "there is no folder nowhere"),
        ("due --as-of soon", "AS_OF is `soon`, which is not a day"),
        ("approve nobody", "error:"),
        ("withdraw nobody", "error:"),
        ("record nothing --said a --did b --role c", "error:"),
    ],
)
def test_invalid_usage_gets_one_sentence(typed: str, says: str) -> None:
    """An invalid command, option or value gets one sentence and status 1, without a traceback."""
    done = inv_here(*typed.split())
    assert done.status == 1
    assert says in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert "No idea what" not in done.stderr


@pytest.mark.real
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("biuld", "there is no command `biuld`. Did you mean  inv build ?"),
        ("bench nothing", "there is no benchmark `nothing`"),
    ],
)
def test_invalid_usage_of_a_process(typed: str, says: str) -> None:
    """A whole process, or one that a command starts, ends in the same way."""
    done = inv(*typed.split())
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@pytest.fixture
def broken_project(tmp_path: Path) -> Path:
    """Return a copy of the project with a failing topic template."""
    project = tmp_path / "project"
    for name in ("plugins", "theme"):
        shutil.copytree(ROOT / name, project / name, ignore=COMPILED)
    for name in ("tasks.py", "pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, project)
    template = project / "theme" / "templates" / "topics.html"
    template.write_text(template.read_text("utf-8").replace("{{ meta.title }}", "{{ 1 // 0 }}"), encoding="utf-8")
    return project


def build(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Build ``sites/minimal`` with the code of ``project``."""
    command = [sys.executable, "-m", "invoke", "build", "--content", str(SITES / "minimal"), *options]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=HANG)


@pytest.mark.real
def test_a_mistake_in_the_code_is_one_paragraph(broken_project: Path) -> None:
    """A failing template is named with its line and the page, nothing is written, and no traceback is shown."""
    done = build(broken_project, "--output", "site")
    assert done.returncode == 1
    (said,) = done.stderr.strip().splitlines()[-1:]
    assert said.startswith("error: the mistake is ours, not yours. ZeroDivisionError: ")
    assert "It happened while making topics/index.html, in line 7 of theme/templates/topics.html." in said
    assert "Nothing was written." in said
    assert "Run again with --debug" in said
    assert "Traceback" not in done.stdout + done.stderr
    assert not (broken_project / "site").exists()


@pytest.mark.real
def test_debug_shows_the_traceback(broken_project: Path) -> None:
    """With ``--debug`` the traceback comes before the paragraph."""
    done = build(broken_project, "--output", "site", "--debug")
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "topics.html" in done.stderr.partition("error:")[0]
    assert done.stderr.strip().splitlines()[-1].startswith("error: the mistake is ours")


@pytest.mark.real
def test_a_mistake_in_a_command_is_one_paragraph(broken_project: Path) -> None:
    """An exception outside a build is reported in the same way."""
    listing = broken_project / "plugins" / "authoring" / "due" / "listing.py"
    listing.write_text(listing.read_text("utf-8").replace("def due(", "def due(*_):\n    return 1 // 0\n\n\ndef old("))
    command = [sys.executable, "-m", "invoke", "due", "--content", str(CONTENT)]
    done = subprocess.run(command, cwd=broken_project, capture_output=True, text=True, check=False, timeout=HANG)
    assert done.returncode == 1
    assert "error: the mistake is ours, not yours. ZeroDivisionError" in done.stderr
    assert "of plugins/authoring/due/listing.py" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.real
def test_a_broken_pipe_to_a_helper_fails(broken_project: Path) -> None:
    """A helper program that dies fails the command. Only a closed reader of the output is no failure."""
    listing = broken_project / "plugins" / "authoring" / "due" / "listing.py"
    broken = "def due(*_):\n    raise BrokenPipeError(32, 'Broken pipe')\n\n\ndef old("
    listing.write_text(listing.read_text("utf-8").replace("def due(", broken), encoding="utf-8")
    command = [sys.executable, "-m", "invoke", "due", "--content", str(CONTENT)]
    done = subprocess.run(command, cwd=broken_project, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 1
    said = "error: a program that was to help ended too early. Run this again. Nothing was written."
    assert done.stderr.strip() == said


@pytest.mark.real
def test_ctrl_c_leaves_nothing_half_written(broken_project: Path) -> None:
    """An interrupted build says so in one line, has status 130, and leaves no file."""
    template = broken_project / "theme" / "templates" / "topics.html"
    endless = "{% for _ in range(100000) %}{% for _ in range(100000) %}{% endfor %}{% endfor %}"
    template.write_text(template.read_text("utf-8").replace("{{ 1 // 0 }}", endless), encoding="utf-8")
    before = set(snapshot(broken_project))
    process = subprocess.Popen(
        [sys.executable, "-m", "invoke", "build", "--content", str(SITES / "minimal"), "--output", "site"],
        cwd=broken_project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not any(broken_project.glob(".site.staging-*/*")):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    said, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.strip().splitlines()[-1] == "Stopped. Nothing was written."
    assert "interrupt" not in said + errors
    assert "Traceback" not in errors
    left = {path for path in set(snapshot(broken_project)) - before if "__pycache__" not in path}
    assert not {path for path in left if not path.startswith(".cache/")}


@pytest.mark.real
def test_ctrl_c_at_a_question_changes_nothing(tmp_path: Path) -> None:
    """An interrupt at the question of ``inv approve`` records nothing."""
    content = tmp_path / "content"
    shutil.copytree(SITES / "full", content)
    before = snapshot(content)
    process = subprocess.Popen(
        [sys.executable, "-m", "invoke", "approve", "told", "--content", str(content)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    for line in iter(process.stdout.readline, ""):
        if line.strip():
            break
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.strip() == "Stopped. Nothing was written."
    assert snapshot(content) == before
