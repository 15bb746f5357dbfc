"""Run the jobs of ``tasks.py`` on a small site in this process."""

from __future__ import annotations

import contextlib
import gc
import inspect
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from invoke.context import Context

import tasks
from plugins.base.errors import UserError
from plugins.engine.incremental import command as incremental
from plugins.engine.incremental.options import BuildOptions
from tests.publishing.test_git_status import git
from tests.sites.building import AS_OF, cached_in
from tests.sites.sample_settings import replace_settings
from tests.sites.writing import write
from tests.stories.telling import site

Options = Mapping[str, Any]


class Result(NamedTuple):
    """The exit status and the output of a command."""

    status: int
    text: str


class Project:
    """A copy of the small site with a story. Commands write below one folder only.

    Attributes:
        settings: settings that differ from the project's.
        answer: the answer to a question of a command; None for no answer.
        before_answer: runs when a command asks, before the answer.
    """

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root / "project"
        self.host = root / "host"
        self.cache = root / "cache"
        self.output = root / "output"
        self.content = site(self.root)
        self.monkeypatch = monkeypatch
        self.settings: dict[str, Any] = {"AS_OF": AS_OF}
        self.answer: str | None = None
        self.before_answer: Callable[[], object] = lambda: None
        read, run = cached_in(self.cache), incremental.run_build

        def build(options: BuildOptions) -> str:
            try:
                return run(options._replace(cache=str(self.cache)))
            finally:
                # The command disables garbage collection, because its process ends at once. This process continues.
                gc.unfreeze()
                gc.enable()

        replace_settings(monkeypatch, lambda path, override: read(path, {**self.settings, **override}))
        monkeypatch.setattr(incremental, "run_build", build)
        monkeypatch.setattr(incremental, "ROOT", str(root / "code"))
        monkeypatch.setattr("builtins.input", self._answered)

    def _answered(self, _question: str) -> str:
        self.before_answer()
        if self.answer is None:
            raise EOFError
        return self.answer

    def inv(self, name: str, options: Options) -> Result:
        """Run the job ``name`` of ``tasks.py`` on the site."""
        body = getattr(tasks, name).body
        given: Options = {"content": str(self.content), "output": str(self.output), "as_of": AS_OF, "path": []}
        known = {option: value for option, value in given.items() if option in inspect.signature(body).parameters}
        said, status = io.StringIO(), 0
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            try:
                body(Context(), **{**known, **options})
            except SystemExit as stop:
                status = stop.code if isinstance(stop.code, int) else int(bool(stop.code))
                said.write("" if isinstance(stop.code, int) else f"{stop.code or ''}\n")
            except UserError as error:
                # As plugins/authoring/cli/program.py does.
                status = 1
                said.write(f"error: {error}\n")
        return Result(status, said.getvalue())

    def write(self, path: str, text: str) -> None:
        """Write a file of the content."""
        write(self.content, {path: text})

    def change(self, path: str, old: str, new: str) -> None:
        """Replace ``old`` in a file of the content."""
        text = (self.content / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))

    def git(self, *words: str) -> None:
        """Run git in the project."""
        git(self.root, *words)

    def commit(self) -> None:
        """Put the project under git, and commit everything."""
        self.git("init", "-q")
        self.git("add", "-A")
        self.git("commit", "-qm", "Write")


class Row(NamedTuple):
    """A refused command, and the advice of its message.

    Attributes:
        job: the function of ``tasks.py``.
        says: part of the message, as in the code.
        asked: the refused options.
        hint: follows the message and returns the options in it, if any.
        wrong: changes the site so that it causes the message.
    """

    job: str
    says: str
    asked: Options | Callable[[Project], Options]
    hint: Callable[[Project, str], object]
    wrong: Callable[[Project], object] = lambda _project: None


def follow(row: Row, project: Project) -> Result:
    """Follow the advice of ``row``, after which the command must succeed."""
    row.wrong(project)
    asked = row.asked(project) if callable(row.asked) else row.asked
    refused = project.inv(row.job, asked)
    assert refused.status == 1, refused.text
    assert row.says in refused.text
    assert "the mistake is ours" not in refused.text
    named = row.hint(project, refused.text)
    done = project.inv(row.job, {**asked, **(named if isinstance(named, dict) else {})})
    assert done.status == 0, done.text
    return done


def last(said: str) -> str:
    """Return the text after the last two spaces of a message. A build prints more after it."""
    line = next((line for line in said.splitlines() if line.startswith("error: ")), said.rstrip())
    return line.rpartition("  ")[2]
