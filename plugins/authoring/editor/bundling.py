"""Build the script with ProseMirror and CodeMirror: ``inv bundle``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

#: The packages, with their lock, and what makes one file of them.
FOLDER = Path(__file__).parent / "bundle"
#: Where the file lies that browsers load, and the licences of what it holds.
STATIC = Path(__file__).parent / "static"


def make(node: Path, to: Path = STATIC) -> None:
    """Write ``bundle.js`` and ``licences.txt`` into the folder ``to``; the packages must be installed.

    Raises:
        SystemExit: when esbuild refuses.
    """
    done = subprocess.run([str(node), "build.mjs", str(to.resolve())], cwd=FOLDER, check=False)  # noqa: S603 - our own script
    if done.returncode:
        sys.exit("error: the bundle was not made; esbuild says why above")
