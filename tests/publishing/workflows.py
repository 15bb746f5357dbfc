"""Read and validate the workflows of GitHub and GitLab."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from tests.sites.building import ROOT

GITLAB = ROOT / ".gitlab-ci.yml"


def workflow(name: str) -> Path:
    """Return the file of the GitHub workflow ``name``."""
    return ROOT / ".github" / "workflows" / f"{name}.yml"


def read(file: Path) -> dict[str, Any]:
    """Return the content of a YAML file. All values are text, so that the key `on` is not a boolean."""
    made = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - makes strings only
    assert isinstance(made, dict)
    return made


def check_schema(name: str, *files: Path, more: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Validate ``files`` against a schema of check-jsonschema."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{name}", *more, *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False)
