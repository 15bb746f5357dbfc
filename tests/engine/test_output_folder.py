"""Test which folders are accepted as output folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plugins.engine.output_folder import OutputFolderError
from plugins.engine.output_index import MANIFEST, beside
from plugins.engine.staging import open_staging
from tests.engine.placing import put, site
from tests.sites.building import snapshot
from tests.sites.writing import write


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    """A folder with files that no build made is refused, and the files stay."""
    output = write(tmp_path / "output", {"thesis.txt": "years of work"})
    with pytest.raises(OutputFolderError, match=r"such as thesis\.txt"):
        put(output, {"a": b""})
    assert snapshot(output) == {"thesis.txt": b"years of work"}


def test_a_replaced_folder_is_refused(tmp_path: Path) -> None:
    """A folder that replaced a deleted output is refused, although its manifest exists."""
    output = tmp_path / "output"
    put(output, {"a.html": b"1", "b.html": b"2"})
    shutil.rmtree(output)
    write(output, {"a.html": "years of work", "b.html": "more of it"})
    with pytest.raises(OutputFolderError, match=r"such as a\.html"):
        put(output, {"a.html": b"1"})
    assert snapshot(output) == {"a.html": b"years of work", "b.html": b"more of it"}


@pytest.mark.parametrize("data", [b"", b"{}", b'{"files": {}}', b'{"files": {"a": 1}}', b"\xff\0", b'{"files": {"a'])
def test_a_damaged_manifest_is_accepted(data: bytes, tmp_path: Path) -> None:
    """An output with a damaged manifest is accepted."""
    output = tmp_path / "output"
    put(output, {"a": b"1"})
    (beside(output) / MANIFEST).write_bytes(data)
    put(output, {"b": b"2"})
    assert site(output) == {"b": b"2"}


def test_an_output_of_an_earlier_version_is_accepted(tmp_path: Path) -> None:
    """A folder with its manifest inside is accepted, and the manifest is removed."""
    output = write(
        tmp_path / "output", {"old.html": "x", ".build-manifest.json": '{"files": {}}', "_hosts/answers.json": "{}"}
    )
    put(output, {"a": b"1"})
    assert site(output) == {"a": b"1"}


def test_an_empty_folder_is_accepted(tmp_path: Path) -> None:
    """An empty folder is accepted."""
    (tmp_path / "output").mkdir()
    put(tmp_path / "output", {"a": b""})
    assert site(tmp_path / "output") == {"a": b""}


@pytest.mark.parametrize(
    ("output", "says"),
    [
        ("content", "holds the content folder"),
        (".", "holds the content folder"),
        ("content/out", "lies inside the content folder"),
        ("file", "is a file"),
    ],
)
def test_the_content_is_never_the_output(tmp_path: Path, output: str, says: str) -> None:
    """The content folder, its parents, folders inside it, and files are refused."""
    write(tmp_path, {"content/a.md": "x", "file": "x"})
    before = snapshot(tmp_path)
    with pytest.raises(OutputFolderError, match=says), open_staging(tmp_path / output, content=tmp_path / "content"):
        pass
    assert snapshot(tmp_path) == before


def test_a_link_to_the_content_is_not_the_output_either(tmp_path: Path) -> None:
    """A link to the content folder is refused."""
    write(tmp_path, {"content/a.md": "x"})
    (tmp_path / "output").symlink_to(tmp_path / "content")
    with pytest.raises(OutputFolderError), open_staging(tmp_path / "output", content=tmp_path / "content"):
        pass


def test_an_output_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """An output folder below a file is an error that names the file."""
    write(tmp_path, {"file": "x"})
    with (
        pytest.raises(OSError, match=str(tmp_path / "file")),
        open_staging(tmp_path / "file" / "output", content=tmp_path / "content"),
    ):
        pass
