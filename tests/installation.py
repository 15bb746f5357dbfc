"""Read from pyproject.toml what the README's commands install, and make environments with only that."""

from __future__ import annotations

import sysconfig
import tomllib
import venv
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]


def pyproject() -> dict[str, Any]:
    """Return the parsed pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def requirements(*extras: str) -> list[Requirement]:
    """Return the requirements in pyproject.toml, with those of ``extras``."""
    project = pyproject()["project"]
    tables = project["optional-dependencies"]
    return [Requirement(line) for lines in (project["dependencies"], *map(tables.get, extras)) for line in lines]


def installed(*extras: str) -> set[str]:
    """Return the names of the packages that pip installs for the project with ``extras``; all must be installed."""
    found: set[str] = set()
    seen: set[Requirement] = set()
    waiting = requirements(*extras)
    while waiting:
        wanted = waiting.pop()
        if wanted in seen or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        seen.add(wanted)
        waiting += _required_by(wanted)
        if wanted.name != pyproject()["project"]["name"]:
            found.add(canonicalize_name(wanted.name))
    return found


def _required_by(wanted: Requirement) -> Iterator[Requirement]:
    if wanted.name == pyproject()["project"]["name"]:
        yield from requirements(*wanted.extras)
        return
    for line in distribution(wanted.name).requires or ():
        needed = Requirement(line)
        if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in ("", *wanted.extras)):
            needed.marker = None
            yield needed


def make_environment(folder: Path, *extras: str) -> Path:
    """Create a virtual environment in ``folder`` with only ``installed(*extras)``, and return its Python."""
    venv.create(folder, symlinks=True)
    places = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", vars=places))
    programs = Path(sysconfig.get_path("scripts", vars=places))
    for name in installed(*extras):
        of = distribution(name)
        for file in of.files or ():
            here = programs / file.name if file.parts[0] == ".." else packages / file.parts[0]
            there = of.locate_file(file if file.parts[0] == ".." else file.parts[0])
            if file.parts[0] != "__pycache__" and not here.exists():
                here.symlink_to(str(there))
    return programs / "python"
