"""Test `inv new --open`, which opens the draft in the author's browser."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.sites.building import AS_OF, HANG, ROOT

pytestmark = pytest.mark.real


def test_the_browser_opens_the_draft(tmp_path: Path) -> None:
    """The configured browser opens the draft, which the preview serves until Ctrl-C."""
    (tmp_path / "content").mkdir()
    told = tmp_path / "address"
    code = f"import pathlib, sys; pathlib.Path({str(told)!r}).write_text(sys.argv[1])"
    command = [
        sys.executable, "-m", "invoke", "new", "page", "--title", "Tea", "--open", "--as-of", AS_OF,
        "--content", str(tmp_path / "content"),
    ]  # fmt: skip
    browser = f"{shlex.join([sys.executable, '-c', code])} %s"
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "BROWSER": browser}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        ends = time.monotonic() + HANG
        while not (told.exists() and told.read_text(encoding="utf-8")):
            assert process.poll() is None
            assert time.monotonic() < ends
            time.sleep(0.05)
        address = told.read_text(encoding="utf-8")
        assert address.endswith("/tea/")
        with urlopen(address) as answer:
            assert b"<h1>Tea</h1>" in answer.read()
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=HANG)
