"""What commands print, where it is read by something else than a terminal of all letters."""

from __future__ import annotations

import io
import os
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

#: Each test starts whole commands in processes of their own.
pytestmark = pytest.mark.real

FULL = str(SITES / "full")
#: What may be typed before `| head`; each prints something, and ends as it would with a reader.
TYPED = ["--list", "--help build", f"due --content {FULL}", f"check --content {FULL}", f"build --content {FULL}"]


def inv(
    typed: str, env: Mapping[str, str] | None = None, *, out: int | IO[bytes] = subprocess.PIPE,
    errors: int = subprocess.PIPE,
) -> tuple[int, str, str]:  # fmt: skip
    """Run Invoke as a person types it; return its status and what it printed."""
    command = [sys.executable, "-m", "invoke", *typed.split()]
    environment = {**os.environ, "COLUMNS": "300", **(env or {})}
    done = subprocess.run(command, cwd=ROOT, stdout=out, stderr=errors, check=False, timeout=300, env=environment)
    return done.returncode, (done.stdout or b"").decode("latin-1"), (done.stderr or b"").decode("latin-1")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """The content of the case from the field, with the registers that it stands on."""
    for part in (BASE, CASES / "check-in-another-encoding" / "content"):
        shutil.copytree(part, tmp_path / "content", dirs_exist_ok=True)
    return tmp_path / "content"


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("both", [False, True], ids=["output", "output-and-errors"])
def test_nobody_reads_to_the_end(typed: str, both: bool, tmp_path: Path) -> None:
    """A pipe that is closed at once, as `head` closes it, changes neither what a command does nor how it ends."""
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
    "env", [{"PYTHONIOENCODING": "cp1252"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}], ids=["cp1252", "C"]
)
@pytest.mark.parametrize("command", ["check", "build", "due"])
def test_a_letter_that_cannot_be_shown_is_an_escape(command: str, env: dict[str, str], case: Path) -> None:
    """In an encoding without some letters, a command prints escapes in their place."""
    output = f" --output {case.parent / 'site'}" if command == "build" else ""
    status, said, errors = inv(f"{command} --content {case} --as-of {AS_OF}{output}", env)
    assert "the mistake is ours" not in errors
    assert "UnicodeEncodeError" not in errors
    assert status == int(command != "due")
    if command != "due":
        assert "error[unknown-field]: there is no field `foo`" in said + errors
        assert "\\U0001f600" in said + errors


def test_a_day_of_an_author_whose_system_knows_few_letters(tmp_path: Path) -> None:
    """In a folder with spaces and letters outside ASCII, with ASCII alone, an entry is begun, checked and built."""
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


def test_what_programs_read_is_the_same_in_every_encoding(case: Path) -> None:
    """JSON and SARIF hold letters that every encoding has, so that they can be read wherever they come from."""
    for form in ("json", "sarif"):
        _, plain, _ = inv(f"check --content {case} --format {form} --as-of {AS_OF}")
        _, other, _ = inv(f"check --content {case} --format {form} --as-of {AS_OF}", {"PYTHONIOENCODING": "cp1252"})
        assert plain == other
        assert plain.isascii()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_what_was_written_before_is_told_when_there_is_no_room_for_the_rest(tmp_path: Path) -> None:
    """On a full disk, a command says so in a sentence; "Nothing was written" is only said where it is true."""
    with Path("/dev/full").open("wb") as full:
        status, _, errors = inv(f"due --content {FULL} --calendar {tmp_path / 'due.ics'}", out=full)
        assert status == 1
        assert f"error: the disk is full: there is no room for `{NAME}`. Free some space and run this again." in errors
        assert errors.rstrip().endswith(f"Written before that: {tmp_path / 'due.ics'}.")
        status, _, errors = inv(f"due --content {FULL}", out=full)
        assert status == 1
        assert errors.rstrip().endswith("Nothing was written.")


class _Broken(io.RawIOBase):
    """A file that cannot be written."""

    def __init__(self, error: Callable[[], OSError], place: int) -> None:
        self._error = error
        self._place = place

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._place

    def write(self, _: object) -> int:
        raise self._error()


def test_a_stream_that_breaks_is_given_up(tmp_path: Path) -> None:
    """A reader that has gone is no failure; a refusal of the disk is one, and names what is printed."""
    for error in (BrokenPipeError, lambda: OSError(28, "full")):
        with (tmp_path / "file").open("wb") as file:
            stream = TolerantStream(_Broken(error, file.fileno()), encoding="ascii", errors="backslashreplace")  # type: ignore[arg-type]
            stream.write("a")
            if error is BrokenPipeError:
                stream.flush()
            else:
                with pytest.raises(OSError, match=NAME):
                    stream.flush()
            # What is written to the same place afterwards leads nowhere.
            os.write(file.fileno(), b"more")
            stream.detach()
        assert (tmp_path / "file").read_bytes() == b""
