"""Bytes in a scratch file, also those that forked processes append."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path
from unittest.mock import Mock

import pytest

from plugins.base.parallel import run_in_processes
from plugins.base.scratch_file import ScratchFile
from tests.processors import use_processors


def test_all_processes_share_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """What two processes append at the same time can be read in each of them."""
    use_processors(monkeypatch)
    file = ScratchFile()

    def data(number: int) -> bytes:
        return f"{number} ".encode() * (number * 100 % 7_000)

    places = run_in_processes(lambda number: file.append(data(number)), range(200))
    assert [file.read(place) for place in places] == [data(number) for number in range(200)]
    assert run_in_processes(lambda number: file.read(places[number]) == data(number), range(200)) == [True] * 200


def test_the_file_has_no_name_and_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left in the folder of temporary files, and no open file in the process."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    file = ScratchFile()
    file.append(b"private words")
    handle = file._file
    assert handle is not None
    assert not any(tmp_path.iterdir())
    del file
    gc.collect()
    assert handle.closed


def test_failures_are_errors_of_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk and a missing folder raise ``OSError`` when something is appended."""
    monkeypatch.setattr(tempfile, "TemporaryFile", Mock(side_effect=FileNotFoundError))
    with pytest.raises(OSError, match="no folder"):
        ScratchFile().append(b"a")
    monkeypatch.undo()
    file = ScratchFile()
    place, handle = file.append(b"a"), file._file
    assert handle is not None
    full = Mock(seek=handle.seek, fileno=handle.fileno, write=Mock(side_effect=OSError(28, "no space left")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file, "_file", full)
        with pytest.raises(OSError, match="no space left"):
            file.append(b"b")
    assert file.read(place) + file.read(file.append(b"c")) == b"ac"
