"""Test the commands `inv build` and `inv serve`."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.authoring.cli.commands import inv_here
from tests.sites.sample_settings import SAMPLE_URL

pytestmark = pytest.mark.real

ROOT = Path(__file__).resolve().parents[3]
AS_OF = "2026-11-23"


def inv(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run Invoke with ``arguments`` and return the result."""
    return subprocess.run(
        [sys.executable, "-m", "invoke", *arguments], cwd=cwd, capture_output=True, text=True, check=False, timeout=300,
        env={**os.environ, "COLUMNS": "300"},
    )  # fmt: skip


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Return an empty content folder."""
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def test_build_prints_a_summary(empty: Path, tmp_path: Path) -> None:
    """A build prints the number of files, the folder, the time, and the command that shows the site at its address."""
    output = tmp_path / "site"
    done = inv_here("build", "--content", str(empty), "--output", str(output), "--as-of", AS_OF)
    assert done.status == 0, done.stderr
    assert re.search(r"\d+ of \d+ pages written in \d+\.\d\d s: ", done.stdout)
    assert str(output) in done.stdout
    assert f"inv serve --content {empty} --output {output} --as-of {AS_OF}" in done.stdout
    assert "http://localhost:8000" in (output / "index.html").read_text(encoding="utf-8")


def test_production_has_the_public_address(empty: Path, tmp_path: Path) -> None:
    """With --production the pages have the public address."""
    output = tmp_path / "site"
    done = inv_here("build", "--content", str(empty), "--output", str(output), "--as-of", AS_OF, "--production")
    assert done.status == 0, done.stderr
    assert SAMPLE_URL in (output / "index.html").read_text(encoding="utf-8")


def test_build_works_in_a_subfolder(empty: Path, tmp_path: Path) -> None:
    """The command finds the project from any folder inside it."""
    done = inv("build", "--content", str(empty), "--output", str(tmp_path / "site"), cwd=ROOT / "plugins" / "authoring")
    assert done.returncode == 0, done.stderr


def test_a_content_error_has_no_traceback(empty: Path, tmp_path: Path) -> None:
    """Invalid content gives its problem, status 1, and no site."""
    entry = empty / "articles" / "broken" / "index.md"
    entry.parent.mkdir(parents=True)
    entry.write_text("---\ntitle: Broken\nnonsense: yes\n---\n\nWords.\n", encoding="utf-8")
    done = inv_here("build", "--content", str(empty), "--output", str(tmp_path / "site"), "--as-of", AS_OF)
    assert done.status == 1
    assert "articles/broken/index.md:3:1" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "site").exists()


@pytest.fixture
def served(empty: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Yield a running `inv serve` of a site without entries, and its printed address."""
    options = ["--port", "0", "--content", str(empty), "--output", str(tmp_path / "site")]
    process = subprocess.Popen(
        [sys.executable, "-m", "invoke", "serve", *options],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    assert process.stderr
    try:
        lines = iter(process.stdout.readline, "")
        address = next((found[0] for line in lines if (found := re.search(r"http://127\.0\.0\.1:\d+/", line))), "")
        yield process, address
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


def test_serve_shows_the_site_and_ends_quietly(served: tuple[subprocess.Popen[str], str]) -> None:
    """The printed address shows the home page, and Ctrl-C gives status 0 without a traceback."""
    process, address = served
    with urlopen(address, timeout=10) as response:
        assert response.status == 200
        assert b"<main" in response.read()
    process.send_signal(signal.SIGINT)
    said, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Ended." in said
    assert "Traceback" not in errors
