"""Apply the changes that follow the hint of a problem."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def follow_hint(folder: Path, item: Mapping[str, Any]) -> None:
    """Make the changes that ``item`` of an ``expected.yaml`` lists under ``mended``, in the copy ``folder``.

    Each change is one of these; ``path`` and ``line`` are those of the item where they are not given:

    - ``old`` and ``new``: the first ``old`` that begins on the line or after it becomes ``new``;
    - ``write``: the file gets this text, whatever stood at its path before;
    - ``copy``: the file becomes a copy of this one, counted from the root of the project;
    - ``move``: the file or folder gets this path;
    - ``delete: true``: the file or folder goes.
    """
    for change in item["mended"]:
        path = folder / change.get("path", item["path"])
        if "old" in change:
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            first = change.get("line", item["line"]) - 1
            before, after = "".join(lines[:first]), "".join(lines[first:])
            assert change["old"] in after, f"{path.relative_to(folder)}: {change['old']!r} is not there"
            path.write_text(before + after.replace(change["old"], change["new"], 1), encoding="utf-8")
        elif "move" in change:
            target = folder / change["move"]
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
        else:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            if "write" in change:
                path.write_text(change["write"], encoding="utf-8")
            elif "copy" in change:
                shutil.copyfile(Path(__file__).resolve().parents[2] / change["copy"], path)
