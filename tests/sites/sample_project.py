"""Copies of the project for the sample organisation."""

from __future__ import annotations

import functools
import os
import shutil
from pathlib import Path

from tests.sites.building import ROOT, shared
from tests.sites.sample_settings import SAMPLE_SETTINGS, SAMPLE_URL, settings_for

#: What ``shutil.copytree`` leaves out of a copy of the code: all but the sources and their bytecode, which Python uses
#: while the times of the sources are the same. Another process may be writing bytecode under a temporary name.
COMPILED = shutil.ignore_patterns("node_modules", "*.pyc.*")


def write_sample_settings(folder: Path) -> None:
    """Write the settings files of a project of the sample organisation into ``folder``."""
    released = {"SITEURL": SAMPLE_URL, "RELEASE": True}
    for name, changed in (("pelicanconf.py", SAMPLE_SETTINGS), ("publishconf.py", released)):
        head = (ROOT / name).read_text(encoding="utf-8").partition("\n# ")[0]
        lines = "".join(f"{setting} = {value!r}\n" for setting, value in changed.items())
        (folder / name).write_text(f"{head}\n{lines}", encoding="utf-8")


@functools.cache
def _sample_project() -> Path:
    folder = shared() / f"project-{os.getpid()}"
    for name in ("plugins", "theme", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=COMPILED)
    shutil.copy(ROOT / "tasks.py", folder)
    write_sample_settings(folder)
    return folder


def project_of(content: Path) -> Path:
    """Return the project whose settings belong to ``content``: this one, or a copy for the sample organisation."""
    return _sample_project() if settings_for(content) else ROOT
