"""Putting a finished build in place of the last one."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.engine.output_folder import OutputFolderError
from plugins.engine.output_index import MANIFEST, WriteResult, beside
from plugins.engine.staging import open_staging
from tests.examples import examples
from tests.sites.building import snapshot
from tests.sites.writing import write

_NAMES = st.sampled_from(["a", "b", "c.html", "d"])
_PATHS = st.lists(_NAMES, min_size=1, max_size=3).map("/".join)
_BYTES = st.sampled_from([b"", b"x", b"y", b"\x00\xff" * 50])


def _without_clashes(tree: dict[str, bytes]) -> dict[str, bytes]:
    """The part of ``tree`` that a disk can hold: no file stands where another needs a folder."""
    return {path: data for path, data in tree.items() if not any(other.startswith(f"{path}/") for other in tree)}


_TREES = st.dictionaries(_PATHS, _BYTES, max_size=8).map(_without_clashes)


def put(output: Path, tree: dict[str, bytes], keep: tuple[str, ...] = (), *, looked: bool = False) -> WriteResult:
    """Build ``tree`` into ``output``; says whether somebody looked at it before."""
    present = _present(output, keep) if looked else None
    with open_staging(output, content=output.parent / "content", keep=keep) as staging:
        for path, data in tree.items():
            staging.note(path, staging.put(path, data))
        return staging.place(present)


def _present(output: Path, keep: tuple[str, ...]) -> set[str]:
    found = [path for path in output.rglob("*") if path.relative_to(output).parts[0] not in keep]
    return {
        path.relative_to(output).as_posix() + ("/" if path.is_dir() and not path.is_symlink() else "") for path in found
    }


def site(output: Path) -> dict[str, bytes]:
    """The files of ``output``."""
    return snapshot(output)


@given(st.lists(_TREES, min_size=1, max_size=4), st.booleans())
@example([{"a/b": b"x"}, {"a": b"x"}, {"a/b/c.html": b"y"}], False)
@example([{"a/b": b"x"}, {"a": b"x"}, {"a/b/c.html": b"y"}], True)
@settings(max_examples=examples(80), deadline=None)
def test_what_is_placed_is_what_was_put(trees: list[dict[str, bytes]], looked: bool) -> None:
    """After any number of builds the folder holds the files of the last one, byte for byte, and no others."""
    with TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        before: dict[str, bytes] = {}
        for tree in trees:
            placed = put(output, tree, looked=looked)
            assert site(output) == tree
            assert set(placed.written) == {path for path, data in tree.items() if before.get(path) != data}
            assert placed.unchanged == len(tree) - len(placed.written)
            assert set(placed.removed) == before.keys() - tree.keys()
            assert {path.name for path in Path(folder).iterdir()} == {"output", ".output.build"}
            assert all(any(path.iterdir()) for path in output.rglob("*") if path.is_dir())
            before = tree


@given(
    _TREES,
    _TREES,
    st.dictionaries(_PATHS.map(".git/".__add__), _BYTES, min_size=1, max_size=4).map(_without_clashes),
    st.booleans(),
)
@settings(max_examples=examples(40), deadline=None)
def test_what_is_retained_is_left_alone(
    first: dict[str, bytes], second: dict[str, bytes], foreign: dict[str, bytes], looked: bool
) -> None:
    """What OUTPUT_RETENTION names stays byte for byte through any builds, the first into the folder included."""
    with TemporaryDirectory() as folder:
        output = write(Path(folder) / "output", foreign)
        for tree in (first, second):
            put(output, tree, keep=(".git",), looked=looked)
            assert site(output) == {**tree, **foreign}


@given(_TREES, _TREES, _TREES, st.sets(_NAMES, max_size=2), st.booleans())
@settings(max_examples=examples(80), deadline=None)
def test_what_is_foreign_is_taken_away(
    first: dict[str, bytes], foreign: dict[str, bytes], second: dict[str, bytes], links: set[str], looked: bool
) -> None:
    """Files, folders and links that others put into the folder are gone after a build, whoever had looked."""
    with TemporaryDirectory() as folder:
        output, elsewhere = Path(folder) / "output", write(Path(folder) / "elsewhere", {"b": b"kept"})
        # One file at least is as it was, which says that the folder is ours.
        put(output, {**first, "untouched": b"z"})
        for path, data in foreign.items():
            with contextlib.suppress(OSError):
                write(output, {path: data})
        for name in links:
            with contextlib.suppress(OSError):
                (output / name).symlink_to(elsewhere, target_is_directory=True)
        with contextlib.suppress(OSError):
            (output / "empty" / "below").mkdir(parents=True)
        put(output, second, looked=looked)
        assert site(output) == second
        assert not any(path.is_symlink() or (path.is_dir() and not any(path.iterdir())) for path in output.rglob("*"))
        assert snapshot(elsewhere) == {"b": b"kept"}


def test_a_failure_before_the_end_changes_nothing(tmp_path: Path) -> None:
    """When making a file fails, the output is as it was and nothing is left beside it."""
    output = tmp_path / "output"
    put(output, {"a": b"1", "b/c": b"2"})
    before = snapshot(output)

    def fail() -> None:
        with open_staging(output, content=tmp_path / "content") as staging:
            staging.note("a", staging.put("a", b"new"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert snapshot(output) == before
    assert {path.name for path in tmp_path.iterdir()} == {"output", ".output.build"}


def test_unchanged_files_are_not_touched(tmp_path: Path) -> None:
    """A file that holds the same bytes keeps its date, so that a host uploads only what changed."""
    output = tmp_path / "output"
    put(output, {"a": b"1", "b": b"1"})
    os.utime(output / "a", (1, 1))
    placed = put(output, {"a": b"1", "b": b"2"})
    assert (output / "a").stat().st_mtime == 1
    assert placed == WriteResult(("b",), (), 1)


def test_the_manifest_lists_the_files(tmp_path: Path) -> None:
    """The manifest holds each file with its size and hash, in order."""
    put(tmp_path / "output", {"b": b"12", "a": b""})
    manifest = json.loads((beside(tmp_path / "output") / MANIFEST).read_text())
    assert list(manifest["files"]) == ["a", "b"]
    assert manifest["files"]["b"] == {
        "bytes": 2,
        "sha256": "6b51d431df5d7f141cbececcf79edf3dd861c3b4069f0b11661a3eefacbba918",
    }


def test_pages_come_after_what_they_refer_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Style sheets and pictures are in place before the first page that may refer to them."""
    order: list[str] = []
    replace = Path.replace

    def noted(self: Path, target: Path) -> Path:
        order.append(Path(target).name)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", noted)
    put(tmp_path / "output", {"a.html": b"", "z.css": b"", "f.xml": b"", "i.jpg": b""})
    assert order[1:] == ["i.jpg", "z.css", "a.html", "f.xml", MANIFEST]
    order.clear()
    put(tmp_path / "output", {"a.html": b"1", "z.css": b"1", "f.xml": b"1", "i.jpg": b"1"})
    assert order[1:] == ["i.jpg", "z.css", "a.html", "f.xml", MANIFEST]


def test_a_first_build_moves_whole_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no output, each folder is moved in by one rename."""
    order: list[str] = []
    replace = Path.replace

    def noted(self: Path, target: Path) -> Path:
        order.append(Path(target).name)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", noted)
    tree = {"a/b/index.html": b"1", "a/c/index.html": b"2", "images/i.jpg": b"3", "index.html": b"4"}
    assert put(tmp_path / "output", tree).added == set(tree)
    assert order[1:] == ["images", "a", "index.html", MANIFEST]
    assert site(tmp_path / "output") == tree


def test_a_first_build_that_is_killed_while_placing_can_be_repeated(tmp_path: Path) -> None:
    """A build that dies between two files leaves a folder that the next build knows for its own."""
    output = tmp_path / "output"
    child = os.fork()
    if not child:
        replace = Path.replace

        def dying(self: Path, target: Path) -> Path:
            if Path(target).name == "b.html":
                os._exit(9)
            return replace(self, target)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "replace", dying)
            put(output, {"a.html": b"1", "b.html": b"2"})
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert site(output) == {"a.html": b"1"}
    put(output, {"a.html": b"1", "b.html": b"2"})
    assert site(output) == {"a.html": b"1", "b.html": b"2"}


def state(folder: Path) -> dict[str, tuple[int, int, int, bytes]]:
    """Return all that stands in ``folder``: what it is, its place on the disk, its date, its bytes."""
    found = {}
    for path in sorted(folder.rglob("*")):
        seen = path.lstat()
        is_folder = path.is_dir() and not path.is_symlink()
        data = b"" if is_folder else os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
        # A folder that was taken away and made again is another, and its date is that of the last change.
        place, date = (0, 0) if is_folder else (seen.st_ino, seen.st_mtime_ns)
        found[path.relative_to(folder).as_posix()] = (seen.st_mode, place, date, data)
    return found


@contextlib.contextmanager
def failing_at(number: int, *, one_name: bool) -> Iterator[list[str]]:
    """Let the disk be full at one of the changes of a folder; gives the changes that were tried.

    Args:
        number: which of them fails, from 0 on.
        one_name: True for a disk that gives a file one name only.
    """
    tried: list[str] = []

    def full(change: Callable[..., Any], name: str) -> Callable[..., Any]:
        def tries(*arguments: Any, **options: Any) -> Any:
            tried.append(name)
            if len(tried) == number + 1:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return change(*arguments, **options)

        return tries

    def refuses(*_: Any, **__: Any) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    with pytest.MonkeyPatch.context() as patch:
        for name in ("replace", "mkdir", "rmdir"):
            patch.setattr(Path, name, full(getattr(Path, name), name))
        if one_name:
            patch.setattr(os, "link", refuses)
        yield tried


@given(_TREES, _TREES, st.integers(0, 12), st.booleans(), st.booleans())
@example({"a/b": b"x", "d": b"x"}, {"a": b"x", "d": b"y", "c.html": b"x"}, 6, False, False)
@settings(max_examples=40, deadline=None)
def test_a_failure_while_placing_brings_the_last_site_back(
    first: dict[str, bytes], second: dict[str, bytes], number: int, one_name: bool, looked: bool
) -> None:
    """Whichever change fails, the folder holds the very files of the last site, and the next build goes through."""
    with TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        put(output, first)
        before = state(output)
        with failing_at(number, one_name=one_name), contextlib.suppress(OSError):
            put(output, second, looked=looked)
            before = state(output)
        assert state(output) == before
        put(output, second, looked=looked)
        assert site(output) == second


@pytest.mark.parametrize("one_name", [False, True])
def test_a_first_build_that_fails_while_placing_leaves_nothing(tmp_path: Path, one_name: bool) -> None:
    """Whichever change fails, neither the output folder nor one around it is left where there was none."""
    for number in range(100):
        with failing_at(number, one_name=one_name) as tried:
            try:
                put(tmp_path / "deep" / "er" / "output", {"a.html": b"1", "b/c.html": b"2"})
            except OSError:
                assert list(tmp_path.iterdir()) == []
            else:
                break
    assert len(tried) > 5


def test_what_cannot_be_taken_back_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk refuses to bring the last site back as well, nobody is told that nothing was written."""
    output = tmp_path / "output"
    put(output, {"a.html": b"1", "b.html": b"1"})
    replace, full = os.replace, []

    def ever_fuller(source: Path, target: Path) -> None:
        if Path(target).name == "b.html":
            full.append(target)
        if full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        replace(source, target)

    monkeypatch.setattr(os, "replace", ever_fuller)
    with open_staging(output, content=tmp_path / "content") as staging:
        for path in ("a.html", "b.html"):
            staging.note(path, staging.put(path, b"2"))
        assert staging.outcome == "Nothing was written."
        with pytest.raises(OSError, match=r"b\.html"):
            staging.place()
        assert staging.outcome.endswith("output/ holds a part of the new site: build it again before it is used.")


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


def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    """A folder with files that no build made is refused, and they stay."""
    output = write(tmp_path / "output", {"thesis.txt": "years of work"})
    with pytest.raises(OutputFolderError, match=r"such as thesis\.txt"):
        put(output, {"a": b""})
    assert snapshot(output) == {"thesis.txt": b"years of work"}


def test_a_folder_made_anew_is_not_ours(tmp_path: Path) -> None:
    """Where somebody deleted the output and made a folder of that name, the list beside it does not make it ours."""
    output = tmp_path / "output"
    put(output, {"a.html": b"1", "b.html": b"2"})
    shutil.rmtree(output)
    write(output, {"a.html": "years of work", "b.html": "more of it"})
    with pytest.raises(OutputFolderError, match=r"such as a\.html"):
        put(output, {"a.html": b"1"})
    assert snapshot(output) == {"a.html": b"years of work", "b.html": b"more of it"}


@pytest.mark.parametrize("data", [b"", b"{}", b'{"files": {}}', b'{"files": {"a": 1}}', b"\xff\0", b'{"files": {"a'])
def test_a_damaged_list_does_not_lock_us_out(data: bytes, tmp_path: Path) -> None:
    """An output whose list a stopped build or a disk has spoilt is built into again."""
    output = tmp_path / "output"
    put(output, {"a": b"1"})
    (beside(output) / MANIFEST).write_bytes(data)
    put(output, {"b": b"2"})
    assert site(output) == {"b": b"2"}


def test_an_output_of_an_earlier_version_is_ours(tmp_path: Path) -> None:
    """A folder with its list inside is taken, and the list goes."""
    output = write(
        tmp_path / "output", {"old.html": "x", ".build-manifest.json": '{"files": {}}', "_hosts/answers.json": "{}"}
    )
    put(output, {"a": b"1"})
    assert site(output) == {"a": b"1"}


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    """An empty folder, or one with only what is retained, is ours to fill."""
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
    """The content folder, what holds it, what lies in it, and a file are no output folders."""
    write(tmp_path, {"content/a.md": "x", "file": "x"})
    before = snapshot(tmp_path)
    with pytest.raises(OutputFolderError, match=says), open_staging(tmp_path / output, content=tmp_path / "content"):
        pass
    assert snapshot(tmp_path) == before


def test_a_link_to_the_content_is_not_the_output_either(tmp_path: Path) -> None:
    """A link that leads to the content folder does not get round the check."""
    write(tmp_path, {"content/a.md": "x"})
    (tmp_path / "output").symlink_to(tmp_path / "content")
    with pytest.raises(OutputFolderError), open_staging(tmp_path / "output", content=tmp_path / "content"):
        pass


def test_an_output_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """An output folder below a file cannot be made; what is told names the file."""
    write(tmp_path, {"file": "x"})
    with (
        pytest.raises(OSError, match=str(tmp_path / "file")),
        open_staging(tmp_path / "file" / "output", content=tmp_path / "content"),
    ):
        pass


def test_what_a_killed_build_left_is_swept_up(tmp_path: Path) -> None:
    """The staging folder of a process that is gone is taken away by the next build; that of a living one stays."""
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    )
    left = tmp_path / f".output.staging-{gone.stdout.strip()}-abc"
    live = tmp_path / f".output.staging-{os.getpid()}-abc"
    other = tmp_path / ".output.staging-notes"
    for folder in (left, live, other):
        folder.mkdir()
    put(tmp_path / "output", {"a": b""})
    assert not left.exists()
    assert live.exists()
    assert other.exists()


@pytest.mark.parametrize("names", [[], ["a"], ["é.txt", 'b".txt', "c\\.txt", "d/\u2028\n.txt", "{}"]])
def test_the_manifest_is_plain_json(names: list[str], tmp_path: Path) -> None:
    """The manifest is written as ``json.dumps`` writes it, whatever files are called."""
    put(tmp_path / "output", dict.fromkeys(names, b"x"))
    text = (beside(tmp_path / "output") / MANIFEST).read_text(encoding="utf-8")
    told = json.loads(text)
    assert list(told["files"]) == sorted(names)
    assert text == json.dumps(told, indent=1, ensure_ascii=False) + "\n"
