"""Put a set of files into an output folder through ``open_staging``, and read the folder."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import strategies as st

from plugins.engine.output_index import WriteResult
from plugins.engine.staging import open_staging
from tests.sites.building import snapshot

NAMES = st.sampled_from(["a", "b", "c.html", "d"])


PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)


BYTES = st.sampled_from([b"", b"x", b"y", b"\x00\xff" * 50])


def without_clashes(tree: dict[str, bytes]) -> dict[str, bytes]:
    """Return ``tree`` without files whose path is a folder of another file."""
    return {path: data for path, data in tree.items() if not any(other.startswith(f"{path}/") for other in tree)}


TREES = st.dictionaries(PATHS, BYTES, max_size=8).map(without_clashes)


def put(output: Path, tree: dict[str, bytes], keep: tuple[str, ...] = (), *, scanned: bool = False) -> WriteResult:
    """Put the files of ``tree`` into ``output``. If ``scanned``, pass the paths that are present, as a preview does."""
    present = _present(output, keep) if scanned else None
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
    """Return the files of ``output``."""
    return snapshot(output)


def state(folder: Path) -> dict[str, tuple[int, int, int, bytes]]:
    """Return the mode, inode, modification time and bytes of everything in ``folder``."""
    found = {}
    for path in sorted(folder.rglob("*")):
        seen = path.lstat()
        is_folder = path.is_dir() and not path.is_symlink()
        data = b"" if is_folder else os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
        # Inodes and times of folders may change when a folder is removed and created again.
        place, date = (0, 0) if is_folder else (seen.st_ino, seen.st_mtime_ns)
        found[path.relative_to(folder).as_posix()] = (seen.st_mode, place, date, data)
    return found
