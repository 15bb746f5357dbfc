"""Test the list of jobs, their help, and arguments without an option."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest
from invoke.parser.context import ParserContext
from invoke.program import Program

import tasks
from plugins.authoring.cli.job import CommandTask
from plugins.authoring.cli.positional_words import with_options
from plugins.authoring.cli.program import CommandProgram
from tests.authoring.cli.commands import collection, commands, inv_here
from tests.authoring.cli.test_manners import inv
from tests.sites.building import CONTENT, ROOT


def jobs() -> list[CommandTask]:
    """Return the jobs of ``tasks.py``."""
    return [job for job in vars(tasks).values() if isinstance(job, CommandTask)]


@cache
def contexts() -> dict[str, ParserContext]:
    """Return the arguments of each job, as Invoke parses them."""
    return {name: ParserContext(name=name, args=arguments) for name, arguments in commands().items()}


def rewritten(*typed: str) -> tuple[list[str], list[str]]:
    """Return the arguments that Invoke gets for ``typed``."""
    takes = {job.name: f"--{job.words}" for job in jobs() if job.words}
    return with_options(typed, contexts(), Program().initial_context, takes)


def test_a_word_that_a_job_demands_may_be_the_name_of_a_job() -> None:
    """What a job cannot do without is its own, whatever it is called; what follows is not that of the other job."""
    assert rewritten("bench", "import", "--sizes", "10") == (["bench", "import", "--sizes", "10"], [])
    assert rewritten("import", "a.xml", "--drafts") == (["import", "--file=a.xml", "--drafts"], [])


def test_inv_alone_lists_each_job_once_by_group() -> None:
    """The list has the four groups, and every job with its description on one short line."""
    done = inv()
    assert done.returncode == 0
    assert done.stdout == inv("--list").stdout
    blocks = [block.splitlines() for block in done.stdout.strip().split("\n\n")[:-1]]
    assert [block[0] for block in blocks] == ["Write:", "Check:", "Publish:", "Work on the code:"]
    lines = [line for block in blocks for line in block[1:]]
    assert sorted(line.split()[0] for line in lines) == sorted(commands())
    assert all(len(line) <= 110 and len(line.split()) > 2 for line in lines)
    (check,) = (block for block in blocks if block[0] == "Check:")
    assert {line.split()[0] for line in check[1:]} == {"check", "due"}


def test_the_list_has_every_job() -> None:
    """The list omits no task."""
    assert set(collection().task_names) == {job.name for job in jobs()}


@pytest.mark.parametrize(
    "typed",
    [
        "check --help", "check -h", "--help check", "check content/articles/x --help", "check --fix --help --yes",
        "build --as-of 2026-01-01 --help", "build --help --as-of 2026-01-01", "approve --help", "rollback a b --help",
        "check --help --xyzzy",
    ],
)  # fmt: skip
def test_help_wins_over_other_arguments(typed: str) -> None:
    """``--help`` after a job shows its help and runs nothing."""
    done = inv_here(*typed.split())
    name = next(word for word in typed.split() if not word.startswith("-"))
    assert (done.status, done.stderr) == (0, "")
    assert f"Example: inv {name}" in done.stdout


@pytest.mark.parametrize(
    ("typed", "handed", "rest"),
    [
        (["check", "a b/c"], ["check", "--path=a b/c"], []),
        (["check", "a", "b", "--fix"], ["check", "--path=a", "--path=b", "--fix"], []),
        (["check", "--fix", "--", "a b", "-c"], ["check", "--fix", "--path=a b", "--path=-c"], []),
        (["check", "--content", "x", "a"], ["check", "--content", "x", "--path=a"], []),
        (["check", "--content=x", "a"], ["check", "--content=x", "--path=a"], []),
        (["check", "-c", "build", "a"], ["check", "-c", "build", "--path=a"], []),
        (["check", "--hide", "out", "a"], ["check", "--hide", "out", "--path=a"], []),
        (["check", "build"], ["check", "build"], []),
        (["check", "a", "due", "--days", "30"], ["check", "--path=a", "due", "--days", "30"], []),
        (["rollback", "04bf2fe9f13c"], ["rollback", "--release=04bf2fe9f13c"], []),
        (["approve", "a-story"], ["approve", "a-story"], []),
        (["test", "--", "-k", "one or two"], ["test"], ["-k", "one or two"]),
        (["biuld", "x"], ["biuld", "x"], []),
    ],
)  # fmt: skip
def test_words_become_options(typed: Sequence[str], handed: list[str], rest: list[str]) -> None:
    """A word without an option gets the option of its job. Values, other jobs and words after dashes stay."""
    assert rewritten(*typed) == (handed, rest)


@pytest.mark.parametrize(
    "typed",
    [["a b", "c"], ["--", "a b", "c"], ["a b", "--", "c"], ["--path", "a b", "--path=c"], ["--yes", "a b", "c"]],
)
def test_check_takes_paths(typed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """`inv check` accepts paths, also with a space in them, and passes its options on."""
    asked: list[Sequence[str]] = []
    monkeypatch.setattr("plugins.authoring.check.command.check", lambda paths, **_: asked.append(paths))
    CommandProgram(namespace=collection()).run(["inv", "check", *typed])
    assert asked == [["a b", "c"]]


def test_commands_run_from_any_folder_of_the_project() -> None:
    """A job run in a subfolder resolves paths there and uses the site of the project."""
    done = inv("check", "articles/sober summers", cwd=CONTENT)
    assert done.returncode == 1
    assert f"there is no file or folder articles/sober summers in {CONTENT}" in done.stderr
    outputs = [argument for name in ("audit", "screenshots") for argument in commands()[name]]
    assert [argument.default for argument in outputs if argument.name == "output"] == [str(ROOT / "output")] * 2


def test_a_release_is_named_by_its_id(tmp_path: object) -> None:
    """`inv rollback ID` requests that release from the host."""
    done = inv_here("rollback", "04bf2fe9f13c", "--to", f"folder:{tmp_path}/nowhere")
    assert done.status == 1
    assert "nothing was published to" in done.stderr
    assert "does not know what to do with `b`" in inv_here("rollback", "a", "b").stderr


def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A job without its packages ends first with the command that installs them."""
    monkeypatch.setattr("plugins.base.optional_dependencies.find_spec", {}.get)
    needing = [job for job in jobs() if job.needs]
    assert {job.name: job.needs for job in needing} == {
        "test": "test", "lint": "test", "bench": "test", "bundle": "test", "audit": "audit", "screenshots": "audit",
    }  # fmt: skip
    for job in needing:
        with pytest.raises(SystemExit, match=rf"-e '\.\[{job.needs}\]'$"):
            job(None)
