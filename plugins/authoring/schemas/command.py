"""``inv schemas``: write the files of ``.vscode/``."""

from __future__ import annotations

from pathlib import Path

from plugins.authoring.schemas.vscode import files
from plugins.base.atomic_write import replace_bytes

_FOLDER = Path(__file__).resolve().parents[3] / ".vscode"


def write(folder: Path = _FOLDER) -> None:
    """Write the files that differ from the models, and print their names."""
    changed = 0
    for path, text in files().items():
        file = folder / path
        if file.is_file() and file.read_text(encoding="utf-8") == text:
            continue
        replace_bytes(file, text.encode())
        print(f"Written: {file.relative_to(folder.parent).as_posix()}")
        changed += 1
    print(
        f"{changed} of {len(files())} files changed." if changed else "Nothing to change: the files say what is true."
    )
