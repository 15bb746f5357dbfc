"""Test that a finished build replaces the files of the previous one."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.engine.output_index import MANIFEST, WriteResult, beside
from tests.engine.placing import BYTES, NAMES, PATHS, TREES, put, site, without_clashes
from tests.examples import examples
from tests.sites.building import snapshot
from tests.sites.writing import write


@given(st.lists(TREES, min_size=1, max_size=4), st.booleans())
@example([{"a/b": b"x"}, {"a": b"x"}, {"a/b/c.html": b"y"}], False)
@example([{"a/b": b"x"}, {"a": b"x"}, {"a/b/c.html": b"y"}], True)
@settings(max_examples=examples(80), deadline=None)
def test_the_output_has_the_files_of_the_last_build(trees: list[dict[str, bytes]], scanned: bool) -> None:
    """After any number of builds, the folder has exactly the files of the last one."""
    with TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        before: dict[str, bytes] = {}
        for tree in trees:
            placed = put(output, tree, scanned=scanned)
            assert site(output) == tree
            assert set(placed.written) == {path for path, data in tree.items() if before.get(path) != data}
            assert placed.unchanged == len(tree) - len(placed.written)
            assert set(placed.removed) == before.keys() - tree.keys()
            assert {path.name for path in Path(folder).iterdir()} == {"output", ".output.build"}
            assert all(any(path.iterdir()) for path in output.rglob("*") if path.is_dir())
            before = tree


@given(
    TREES,
    TREES,
    st.dictionaries(PATHS.map(".git/".__add__), BYTES, min_size=1, max_size=4).map(without_clashes),
    st.booleans(),
)
@settings(max_examples=examples(40), deadline=None)
def test_retained_files_are_unchanged(
    first: dict[str, bytes], second: dict[str, bytes], foreign: dict[str, bytes], scanned: bool
) -> None:
    """Files of ``OUTPUT_RETENTION`` are unchanged after any builds, including the first one."""
    with TemporaryDirectory() as folder:
        output = write(Path(folder) / "output", foreign)
        for tree in (first, second):
            put(output, tree, keep=(".git",), scanned=scanned)
            assert site(output) == {**tree, **foreign}


@given(TREES, TREES, TREES, st.sets(NAMES, max_size=2), st.booleans())
@settings(max_examples=examples(80), deadline=None)
def test_foreign_files_are_removed(
    first: dict[str, bytes], foreign: dict[str, bytes], second: dict[str, bytes], links: set[str], scanned: bool
) -> None:
    """A build removes foreign files, folders and links."""
    with TemporaryDirectory() as folder:
        output, elsewhere = Path(folder) / "output", write(Path(folder) / "elsewhere", {"b": b"kept"})
        # At least one file of the manifest must be present, or the folder is refused.
        put(output, {**first, "untouched": b"z"})
        for path, data in foreign.items():
            with contextlib.suppress(OSError):
                write(output, {path: data})
        for name in links:
            with contextlib.suppress(OSError):
                (output / name).symlink_to(elsewhere, target_is_directory=True)
        with contextlib.suppress(OSError):
            (output / "empty" / "below").mkdir(parents=True)
        put(output, second, scanned=scanned)
        assert site(output) == second
        assert not any(path.is_symlink() or (path.is_dir() and not any(path.iterdir())) for path in output.rglob("*"))
        assert snapshot(elsewhere) == {"b": b"kept"}


def test_unchanged_files_are_not_touched(tmp_path: Path) -> None:
    """A file with the same bytes keeps its modification time, so that a host uploads only changes."""
    output = tmp_path / "output"
    put(output, {"a": b"1", "b": b"1"})
    os.utime(output / "a", (1, 1))
    placed = put(output, {"a": b"1", "b": b"2"})
    assert (output / "a").stat().st_mtime == 1
    assert placed == WriteResult(("b",), (), 1)


def test_the_manifest_lists_the_files(tmp_path: Path) -> None:
    """The manifest lists each file with its size and hash, sorted."""
    put(tmp_path / "output", {"b": b"12", "a": b""})
    manifest = json.loads((beside(tmp_path / "output") / MANIFEST).read_text())
    assert list(manifest["files"]) == ["a", "b"]
    assert manifest["files"]["b"] == {
        "bytes": 2,
        "sha256": "6b51d431df5d7f141cbececcf79edf3dd861c3b4069f0b11661a3eefacbba918",
    }


@pytest.fixture
def order(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of all that is moved from now on, in order."""
    names: list[str] = []
    replace = Path.replace

    def noted(self: Path, target: Path) -> Path:
        names.append(Path(target).name)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", noted)
    return names


def test_pages_are_put_in_place_last(tmp_path: Path, order: list[str]) -> None:
    """Style sheets and pictures are put in place before pages that may refer to them."""
    put(tmp_path / "output", {"a.html": b"", "z.css": b"", "f.xml": b"", "i.jpg": b""})
    assert order[1:] == ["i.jpg", "z.css", "a.html", "f.xml", MANIFEST]
    order.clear()
    put(tmp_path / "output", {"a.html": b"1", "z.css": b"1", "f.xml": b"1", "i.jpg": b"1"})
    assert order[1:] == ["i.jpg", "z.css", "a.html", "f.xml", MANIFEST]


def test_a_first_build_moves_whole_folders(tmp_path: Path, order: list[str]) -> None:
    """Where there is no output, each folder is moved in by one rename."""
    tree = {"a/b/index.html": b"1", "a/c/index.html": b"2", "images/i.jpg": b"3", "index.html": b"4"}
    assert put(tmp_path / "output", tree).added == set(tree)
    assert order[1:] == ["images", "a", "index.html", MANIFEST]
    assert site(tmp_path / "output") == tree


def test_a_folder_that_is_ready_may_hold_what_is_in_the_way(tmp_path: Path) -> None:
    """A folder or a link where a file belongs gives way, also when another file was put beside it just before."""
    output = tmp_path / "output"
    put(output, {"a/x/y": b"1", "a/z": b"2"})
    (output / "a/z").unlink()
    (output / "a/z").symlink_to(output / "nowhere")
    tree = {"a/w": b"0", "a/x": b"1", "a/y/v": b"3", "a/z": b"2"}
    assert put(output, tree).added == {"a/w", "a/y/v", "a/z"}
    assert site(output) == tree
    assert not (output / "a/z").is_symlink()


def test_what_lies_behind_a_link_is_not_touched(tmp_path: Path) -> None:
    """A link in the output folder is replaced by what belongs there; what it points to stays."""
    output = tmp_path / "output"
    elsewhere = write(tmp_path / "elsewhere", {"a/x": b"same", "b/c/d": b"kept", "e": b"kept"})
    put(output, {"one": b"1", "two": b"2"})
    (output / "link").symlink_to(elsewhere)
    (output / "one").unlink()
    (output / "one").symlink_to(elsewhere / "e")
    (output / "spare").symlink_to(elsewhere)
    before = snapshot(elsewhere)
    tree = {"link/a/x": b"same", "link/b/c": b"file", "one": b"kept"}
    put(output, tree)
    assert snapshot(elsewhere) == before
    assert site(output) == tree
    assert not any(path.is_symlink() for path in output.rglob("*"))


@pytest.mark.parametrize("names", [[], ["a"], ["é.txt", 'b".txt', "c\\.txt", "d/\u2028\n.txt", "{}"]])
def test_the_manifest_is_plain_json(names: list[str], tmp_path: Path) -> None:
    """The manifest equals the output of ``json.dumps``, whatever the file names."""
    put(tmp_path / "output", dict.fromkeys(names, b"x"))
    text = (beside(tmp_path / "output") / MANIFEST).read_text(encoding="utf-8")
    told = json.loads(text)
    assert list(told["files"]) == sorted(names)
    assert text == json.dumps(told, indent=1, ensure_ascii=False) + "\n"
