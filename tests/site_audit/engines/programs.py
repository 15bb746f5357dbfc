"""Run external checkers."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any


class EngineError(RuntimeError):
    """A checker failed. The message has the end of its output."""


def run(command: Sequence[str | Path], *, fine: Sequence[int] = (0, 1)) -> subprocess.CompletedProcess[str]:
    """Run a checker and return the completed process.

    Args:
        command: the program and its arguments.
        fine: the exit statuses of a successful run, with or without findings.

    Raises:
        EngineError: if it ends with another status.
    """
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode not in fine:
        raise EngineError(f"{Path(command[0]).name} {Path(command[1]).name} failed: {_end(done.stderr or done.stdout)}")
    return done


def answers(node: Path, script: Path, question: object, tick: Callable[[], None]) -> Iterator[Any]:
    """Run a script in Node.js, and yield the JSON values that it prints, one for each line.

    Args:
        node: the path of Node.js.
        script: reads one JSON value and prints one for each line.
        question: the input value.
        tick: called after each value.

    Raises:
        EngineError: if the script fails.
    """
    # Errors go to a temporary file, because a full pipe would block the script.
    with subprocess.Popen(
        [node, script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(question))
        process.stdin.close()
        said: list[str] = []
        for line in process.stdout:
            if line.startswith("{"):
                yield json.loads(line)
                tick()
            else:
                said.append(line)
    if process.returncode:
        raise EngineError(f"{script.name} failed: {_end(''.join(said))}")


def _end(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-8:])
