"""Build a project incrementally and in full, in forks of a process that has imported its code, or in new processes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.sites.building import AS_OF, Run

_FORKING = Path(__file__).with_name("forking.py")
_PATIENCE = 900
#: The lines of a report that say what is wrong, and where.
_TOLD = re.compile(r"^(?:error|warning|advice)\[.*$|^ +--> .*$", re.MULTILINE)


@dataclass(frozen=True)
class Wish:
    """How a project is to be built: all that stands on the command line, and the environment.

    Attributes:
        content: the content folder, relative to the project's.
        theme: the folder of the theme, the same; the settings' own when "".
        day: the day of the build.
        release: takes the settings of ``publishconf.py``.
        settings: overrides.
        environment: variables beside those of this process.
    """

    content: str = "content"
    theme: str = ""
    day: str = AS_OF
    release: bool = False
    settings: dict[str, Any] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Death:
    """When a build dies, with its whole process group: after some seconds, or at the n-th change in a folder."""

    after: float | None = None
    at: int | None = None
    folder: str = ""


class Ended(Run):
    """How a build ended; the status is negative where a signal ended it."""

    @property
    def told(self) -> list[str]:
        """What is wrong, and where, in any order: a line each."""
        return sorted(_TOLD.findall(self.stderr))

    @property
    def said(self) -> str:
        """All that was said, for a person who reads a failure."""
        return f"status {self.status}\n{self.stdout}{self.stderr}"


@dataclass(frozen=True)
class Order:
    """One build.

    Attributes:
        kind: ``fast``; ``nothing``, the same command without any cache; or ``plain``, Pelican's own command, which is
            the reference: of what it made before it knows pictures alone, by the hash of all that they are made from.
        wish: how.
        output: where the site goes.
        cache: what is remembered.
        death: when it dies.
    """

    kind: str
    wish: Wish
    output: Path
    cache: Path
    death: Death = Death()


class Workplace:
    """Runs the builds of one project. Use it in a ``with``.

    Args:
        root: the folder of the project.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._said = root.parent / "said"
        self._said.mkdir(exist_ok=True)
        self._forking: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.forget_code()

    def forget_code(self) -> None:
        """End the process that has read the code, because the code is another now."""
        if self._forking is not None:
            self._forking.communicate()
            self._forking = None

    def build(self, *orders: Order, fresh: bool = False) -> list[Ended]:
        """Build all of ``orders`` at once; ``fresh`` runs the commands, in processes that read all code anew."""
        if fresh:
            self.forget_code()
            running = [self._command_running(order) for order in orders]
            return [_ended(process) for process in running]
        if self._forking is None:
            self._forking = subprocess.Popen(
                [sys.executable, "-P", str(_FORKING)],
                cwd=self.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=_environment({}),
            )  # fmt: skip
        assert self._forking.stdin
        assert self._forking.stdout
        files = [(self._said / f"{number}.out", self._said / f"{number}.err") for number in range(len(orders))]
        sent = [self._sent(order, out, err) for order, (out, err) in zip(orders, files, strict=True)]
        self._forking.stdin.write(f"{json.dumps(sent)}\n")
        self._forking.stdin.flush()
        answer = self._forking.stdout.readline()
        assert answer, "the code cannot be read, or the process that read it has ended"
        statuses: list[int] = json.loads(answer)
        return [
            Ended(status, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))
            for status, (out, err) in zip(statuses, files, strict=True)
        ]

    def _sent(self, order: Order, out: Path, err: Path) -> dict[str, Any]:
        assert not order.wish.environment, "another environment needs a fresh process"
        return {
            "arguments": None if order.kind == "plain" else _arguments(order),
            "settings_file": _settings_file(order.wish),
            "settings": {
                **_plain_settings(order, self.root),
                "PATH": order.wish.content,
                "OUTPUT_PATH": str(order.output),
            },
            "stdout": str(out),
            "stderr": str(err),
            "dies_after": order.death.after,
            "dies_at": order.death.at,
            "dies_in": order.death.folder,
        }

    def _command_running(self, order: Order) -> subprocess.Popen[str]:
        return subprocess.Popen(
            _plain_command(order, self.root) if order.kind == "plain" else _fast_command(order),
            cwd=self.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=_environment(order.wish.environment),
        )  # fmt: skip


def _environment(changes: dict[str, str]) -> dict[str, str]:
    # What one build compiled must not stand in for what another edit wrote within the same second.
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **changes}


def _ended(process: subprocess.Popen[str]) -> Ended:
    stdout, stderr = process.communicate(timeout=_PATIENCE)
    return Ended(process.returncode, stdout, stderr)


def _settings_file(wish: Wish) -> str:
    return "publishconf.py" if wish.release else "pelicanconf.py"


def _arguments(order: Order) -> list[str]:
    wish = order.wish
    options = ["--content", wish.content, "--output", str(order.output), "--cache", str(order.cache)]
    options += ["--as-of", wish.day]
    options += ["--production"] if wish.release else []
    options += ["--from-scratch"] if order.kind == "nothing" else []
    for name, value in {**wish.settings, **({"THEME": wish.theme} if wish.theme else {})}.items():
        options += ["--set", f"{name}={json.dumps(value)}"]
    return options


def _fast_command(order: Order) -> list[str]:
    return [sys.executable, "-m", "plugins.engine.incremental", *_arguments(order)]


def _plain_settings(order: Order, root: Path) -> dict[str, Any]:
    theme = {"THEME": str(root / order.wish.theme)} if order.wish.theme else {}
    return {"AS_OF": order.wish.day, "CACHE_PATH": str(order.cache), **theme, **order.wish.settings}


def _plain_command(order: Order, root: Path) -> list[str]:
    pairs = [f"{name}={json.dumps(value)}" for name, value in _plain_settings(order, root).items()]
    command = [sys.executable, "-m", "pelican", order.wish.content, "-s", _settings_file(order.wish)]
    return [*command, "-o", str(order.output), "-e", *pairs]
