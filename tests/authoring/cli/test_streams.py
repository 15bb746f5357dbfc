"""Test the output of commands to pipes, full disks and limited encodings."""

from __future__ import annotations

import io
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

import pytest

from plugins.base.output_streams import NAME, TolerantStream
from plugins.content_model.article import Article
from tests.sites.building import AS_OF, ROOT, SITES
from tests.sites.test_cases import BASE, CASES
from tests.sites.writing import fields, text, write

#: Each test starts commands in separate processes.
pytestmark = pytest.mark.real

FULL, MINIMAL = shlex.quote(str(SITES / "full")), shlex.quote(str(SITES / "minimal"))
#: Commands before `| head`. Each prints output and has the same status as with a reader.
TYPED = ["--list", "--help build", f"due --content {FULL}", f"check --content {MINIMAL}", f"build --content {MINIMAL}"]


def inv(
    typed: str, env: Mapping[str, str] | None = None, *, out: int | IO[bytes] = subprocess.PIPE,
    errors: int = subprocess.PIPE,
) -> tuple[int, str, str]:  # fmt: skip
    """Run Invoke in a separate process, and return its status and output."""
    command = [sys.executable, "-m", "invoke", *shlex.split(typed)]
    environment = {**os.environ, "COLUMNS": "300", **(env or {})}
    done = subprocess.run(command, cwd=ROOT, stdout=out, stderr=errors, check=False, timeout=300, env=environment)
    return done.returncode, (done.stdout or b"").decode("latin-1"), (done.stderr or b"").decode("latin-1")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Return the content of a field case, with the registers that it needs."""
    for part in (BASE, CASES / "check-in-another-encoding" / "content"):
        shutil.copytree(part, tmp_path / "content", dirs_exist_ok=True)
    return tmp_path / "content"


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("both", [False, True], ids=["output", "output-and-errors"])
def test_a_closed_pipe_changes_nothing(typed: str, both: bool, tmp_path: Path) -> None:
    """A pipe closed at once, as by `head`, changes neither the work nor the status of a command."""
    output = f" --as-of {AS_OF} --output {tmp_path / 'site'}" if typed.startswith("build") else ""
    read, write = os.pipe()
    os.close(read)
    status, _, errors = inv(typed + output, out=write, errors=write if both else subprocess.PIPE)
    os.close(write)
    assert status == 0
    assert "error" not in errors
    assert "Exception" not in errors
    assert (tmp_path / "site" / "index.html").is_file() == bool(output)


@pytest.mark.parametrize(
    "env",
    [
        pytest.param({"PYTHONIOENCODING": "cp1252"}, id="cp1252"),
        pytest.param(
            {"LC_ALL": "C", "PYTHONUTF8": "0"},
            id="C",
            marks=pytest.mark.skipif(
                not str(ROOT).isascii(),
                reason="without UTF-8, Python loads no PyYAML from a folder with other letters in the locale C",
            ),
        ),
    ],
)
@pytest.mark.parametrize("command", ["check", "build", "due"])
def test_unencodable_letters_are_escaped(command: str, env: dict[str, str], case: Path) -> None:
    """Letters that an encoding lacks are printed as escapes."""
    output = f" --output {case.parent / 'site'}" if command == "build" else ""
    status, said, errors = inv(f"{command} --content {case} --as-of {AS_OF}{output}", env)
    assert "the mistake is ours" not in errors
    assert "UnicodeEncodeError" not in errors
    assert status == int(command != "due")
    if command != "due":
        assert "error[unknown-field]: there is no field `foo`" in said + errors
        assert "\\U0001f600" in said + errors


def test_work_in_an_ascii_locale(tmp_path: Path) -> None:
    """With ASCII output, in a folder with spaces and other letters, an entry is created, checked and built."""
    folder = tmp_path / "Für alle – 2026"
    content, site = shutil.copytree(SITES / "minimal", folder / "die Texte"), folder / "the site"
    env = {**os.environ, "LC_ALL": "C", "COLUMNS": "300"}

    def author(*typed: str) -> str:
        command = [sys.executable, "-m", "invoke", *typed, "--content", str(content), "--as-of", AS_OF]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=300, env=env)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    author("new", "article", "--title", "Ein Weg – “hin” é", "--author", "editor")
    (draft,) = content.glob("articles/ein-weg*/index.md")
    assert "Ein Weg – “hin” é" in draft.read_text(encoding="utf-8")
    write(content, {"articles/weg/index.md": text(fields(Article, "weg", title="Ein Weg – “hin” é"))})
    author("check")
    author("build", "--output", str(site))
    assert "Ein Weg – “hin” é" in (site / "articles" / "weg" / "index.html").read_text(encoding="utf-8")
    author("due")


def test_machine_formats_are_ascii(case: Path) -> None:
    """JSON and SARIF contain only ASCII, so that every encoding gives the same bytes."""
    for form in ("json", "sarif"):
        _, plain, _ = inv(f"check --content {case} --format {form} --as-of {AS_OF}")
        _, other, _ = inv(f"check --content {case} --format {form} --as-of {AS_OF}", {"PYTHONIOENCODING": "cp1252"})
        assert plain == other
        assert plain.isascii()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_output_to_a_full_disk_is_reported(tmp_path: Path) -> None:
    """On a full disk, a command reports it, and says "Nothing was written" only where that is true."""
    with Path("/dev/full").open("wb") as full:
        status, _, errors = inv(f"due --content {FULL} --calendar {tmp_path / 'due.ics'}", out=full)
        assert status == 1
        assert f"error: the disk is full: there is no room for `{NAME}`. Free some space and run this again." in errors
        assert errors.rstrip().endswith(f"Written before that: {tmp_path / 'due.ics'}.")
        status, _, errors = inv(f"due --content {FULL}", out=full)
        assert status == 1
        assert errors.rstrip().endswith("Nothing was written.")


class _Broken(io.RawIOBase):
    """A file on which writes fail."""

    def __init__(self, error: Callable[[], OSError], place: int) -> None:
        self._error = error
        self._place = place

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._place

    def write(self, _: object) -> int:
        raise self._error()


def test_a_broken_stream(tmp_path: Path) -> None:
    """A closed reader is no failure. A write error of the disk is one, and names the stream."""
    for error in (BrokenPipeError, lambda: OSError(28, "full")):
        with (tmp_path / "file").open("wb") as file:
            stream = TolerantStream(_Broken(error, file.fileno()), encoding="ascii", errors="backslashreplace")  # type: ignore[arg-type]
            stream.write("a")
            if error is BrokenPipeError:
                stream.flush()
            else:
                with pytest.raises(OSError, match=NAME):
                    stream.flush()
            # Later writes to the same stream are discarded.
            os.write(file.fileno(), b"more")
            stream.detach()
        assert (tmp_path / "file").read_bytes() == b""
