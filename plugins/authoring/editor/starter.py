"""Write a file that starts the editor on a double click: ``inv starter``."""

from __future__ import annotations

import sys
from pathlib import Path

from plugins.base.atomic_write import replace_bytes

_ROOT = Path(__file__).resolve().parents[3]
_MAY_RUN = 0o755

_WINDOWS = """\
@echo off\r
cd /d "%~dp0"\r
.venv\\Scripts\\inv write\r
pause\r
"""
_MAC = """\
#!/bin/sh
cd "$(dirname "$0")" && exec .venv/bin/inv write
"""
_LINUX = """\
[Desktop Entry]
Type=Application
Name=Write for the site
Comment=Opens the editor in your browser
Path={root}
Exec="{root}/.venv/bin/inv" write
Terminal=true
"""


def starter(platform: str, root: Path) -> tuple[str, str]:
    """Return the name and the content of the file for ``platform``, a value of ``sys.platform``.

    Args:
        platform: the system.
        root: the project's folder.
    """
    if platform == "win32":
        return "Write.bat", _WINDOWS
    if platform == "darwin":
        return "Write.command", _MAC
    return "Write.desktop", _LINUX.format(root=root)


def make(root: Path = _ROOT) -> Path:
    """Write the file for this system into the project's folder, and return it."""
    name, text = starter(sys.platform, root)
    file = root / name
    replace_bytes(file, text.encode())
    file.chmod(_MAY_RUN)
    return file
