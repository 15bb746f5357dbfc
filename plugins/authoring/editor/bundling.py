"""Build the script with ProseMirror and CodeMirror: ``inv bundle``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

#: The folder with the sources, the package lock and the build script.
FOLDER = Path(__file__).parent / "bundle"
#: The folder of the bundle and the licences of its packages.
STATIC = Path(__file__).parent / "static"


def make(node: Path, to: Path = STATIC) -> None:
    """Write ``bundle.js`` and ``licences.txt`` into the folder ``to``. The npm packages must be installed.

    Raises:
        SystemExit: when esbuild refuses.
    """
    done = subprocess.run([str(node), "build.mjs", str(to.resolve())], cwd=FOLDER, check=False)  # noqa: S603 - our own script
    if done.returncode:
        sys.exit("error: the bundle was not made; esbuild says why above")
