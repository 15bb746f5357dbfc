"""Build a project incrementally and in full, in forks of a process that has imported its code, or in new processes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from msgspec import Struct, field

from tests.sites.building import AS_OF, Run

_FORKING = Path(__file__).with_name("forking.py")
_PATIENCE = 900
#: The lines of a report that say what is wrong, and where.
_PROBLEM_LINES = re.compile(r"^(?:error|warning|advice)\[.*$|^ +--> .*$", re.MULTILINE)


class BuildSetup(Struct, frozen=True):
    """The options and the environment of a build.

    Attributes:
        content: the content folder, relative to the project's.
        theme: the theme folder, also relative. "" for that of the settings.
        day: the day of the build.
        release: True uses ``publishconf.py``.
        settings: overrides.
        environment: additional environment variables.
    """

    content: str = "content"
    theme: str = ""
    day: str = AS_OF
    release: bool = False
    settings: dict[str, Any] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)


class KillPoint(Struct, frozen=True):
    """When the process group of a build is killed: after some seconds, or at the n-th change in a folder."""

    after: float | None = None
    at: int | None = None
    folder: str = ""


class BuildResult(Run, frozen=True):
    """The result of a build. The status is negative after a signal."""

    @property
    def problem_lines(self) -> list[str]:
        """The lines that name problems and their places, sorted."""
        return sorted(_PROBLEM_LINES.findall(self.stderr))

    @property
    def report(self) -> str:
        """The status and all output, for the message of a failed test."""
        return f"status {self.status}\n{self.stdout}{self.stderr}"


class BuildJob(Struct, frozen=True):
    """A build to run.

    Attributes:
        kind: ``fast`` (incremental), ``nothing`` (the same command with ``--from-scratch``) or ``plain`` (Pelican's
            command, which is the reference and reuses only cached pictures).
        setup: its options.
        output: the output folder.
        cache: the cache folder.
        kill_point: when it is killed.
    """

    kind: str
    setup: BuildSetup
    output: Path
    cache: Path
    kill_point: KillPoint = KillPoint()


class ProjectBuilder:
    """Runs the builds of one project. Use as a context manager.

    Args:
        root: the folder of the project.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._logs = root.parent / "logs"
        self._logs.mkdir(exist_ok=True)
        self._forking: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.forget_code()

    def forget_code(self) -> None:
        """End the forking process, because the code has changed."""
        if self._forking is not None:
            self._forking.communicate()
            self._forking = None

    def build(self, *jobs: BuildJob, fresh: bool = False) -> list[BuildResult]:
        """Run ``jobs`` in parallel. ``fresh`` runs them as commands in new processes, not as forks."""
        if fresh:
            self.forget_code()
            running = [self._command_running(job) for job in jobs]
            return [_ended(process) for process in running]
        if self._forking is None:
            self._forking = subprocess.Popen(
                [sys.executable, "-P", str(_FORKING)],
                cwd=self.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=_environment({}),
            )  # fmt: skip
        assert self._forking.stdin
        assert self._forking.stdout
        files = [(self._logs / f"{number}.out", self._logs / f"{number}.err") for number in range(len(jobs))]
        sent = [self._sent(job, out, err) for job, (out, err) in zip(jobs, files, strict=True)]
        self._forking.stdin.write(f"{json.dumps(sent)}\n")
        self._forking.stdin.flush()
        answer = self._forking.stdout.readline()
        assert answer, "the code cannot be imported, or the forking process has ended"
        statuses: list[int] = json.loads(answer)
        return [
            BuildResult(status, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))
            for status, (out, err) in zip(statuses, files, strict=True)
        ]

    def _sent(self, job: BuildJob, out: Path, err: Path) -> dict[str, Any]:
        assert not job.setup.environment, "another environment needs a fresh process"
        return {
            "arguments": None if job.kind == "plain" else _arguments(job),
            "settings_file": _settings_file(job.setup),
            "settings": {
                **_plain_settings(job, self.root),
                "PATH": job.setup.content,
                "OUTPUT_PATH": str(job.output),
            },
            "stdout": str(out),
            "stderr": str(err),
            "dies_after": job.kill_point.after,
            "dies_at": job.kill_point.at,
            "dies_in": job.kill_point.folder,
        }

    def _command_running(self, job: BuildJob) -> subprocess.Popen[str]:
        return subprocess.Popen(
            _plain_command(job, self.root) if job.kind == "plain" else _fast_command(job),
            cwd=self.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=_environment(job.setup.environment),
        )  # fmt: skip


def _environment(changes: dict[str, str]) -> dict[str, str]:
    # Compiled files have times in seconds, so they could be stale after an edit within the same second.
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **changes}


def _ended(process: subprocess.Popen[str]) -> BuildResult:
    stdout, stderr = process.communicate(timeout=_PATIENCE)
    return BuildResult(process.returncode, stdout, stderr)


def _settings_file(setup: BuildSetup) -> str:
    return "publishconf.py" if setup.release else "pelicanconf.py"


def _arguments(job: BuildJob) -> list[str]:
    setup = job.setup
    options = ["--content", setup.content, "--output", str(job.output), "--cache", str(job.cache)]
    options += ["--as-of", setup.day]
    options += ["--production"] if setup.release else []
    options += ["--from-scratch"] if job.kind == "nothing" else []
    for name, value in {**setup.settings, **({"THEME": setup.theme} if setup.theme else {})}.items():
        options += ["--set", f"{name}={json.dumps(value)}"]
    return options


def _fast_command(job: BuildJob) -> list[str]:
    return [sys.executable, "-m", "plugins.engine.incremental", *_arguments(job)]


def _plain_settings(job: BuildJob, root: Path) -> dict[str, Any]:
    theme = {"THEME": str(root / job.setup.theme)} if job.setup.theme else {}
    return {"AS_OF": job.setup.day, "CACHE_PATH": str(job.cache), **theme, **job.setup.settings}


def _plain_command(job: BuildJob, root: Path) -> list[str]:
    pairs = [f"{name}={json.dumps(value)}" for name, value in _plain_settings(job, root).items()]
    command = [sys.executable, "-m", "pelican", job.setup.content, "-s", _settings_file(job.setup)]
    return [*command, "-o", str(job.output), "-e", *pairs]
