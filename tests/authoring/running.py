"""Run `inv serve` or `inv write` on a content folder until the test ends."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from tests.sites.building import AS_OF
from tests.sites.sample_project import project_of

#: Seconds that a server may take to start on a busy machine.
PATIENCE = 300.0


@contextlib.contextmanager
def running(
    job: str, content: Path, ready: re.Pattern[str], *options: str, port: int = 0, root: Path | None = None
) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Run ``job`` of the project in ``root``, and end it with Ctrl-C.

    Args:
        job: ``serve`` or ``write``.
        content: the content folder.
        ready: matches in the line that it prints when it serves.
        options: more options.
        port: 0 for a free one.
        root: the project; that of ``content`` when None.

    Yields:
        The process, and the lines that it has printed so far.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "invoke", job, "--port", str(port), "--content", str(content), "--as-of", AS_OF,
         *options],
        cwd=root or project_of(content), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        # No browser is opened: the tests bring their own.
        env={**os.environ, "PYTHONUNBUFFERED": "1", "BROWSER": "true"},
    )  # fmt: skip
    lines: list[str] = []
    serves = threading.Event()

    def read() -> None:
        assert process.stdout
        for line in process.stdout:
            lines.append(line)
            if ready.search(line):
                serves.set()
        serves.set()

    reading = threading.Thread(target=read, daemon=True)
    reading.start()
    try:
        assert serves.wait(PATIENCE), "".join(lines)
        yield process, lines
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        reading.join(10)
        assert process.stdout
        process.stdout.close()
