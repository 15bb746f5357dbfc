"""Test how commands read the settings of a site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pelican.settings import read_settings

from plugins.engine import default_settings
from plugins.engine.workspace import read_without_pelican
from tests.sites.building import ROOT

_OURS = [name for name in vars(default_settings) if name.isupper()]


@pytest.mark.parametrize("name", ["pelicanconf.py", "publishconf.py"])
@pytest.mark.parametrize(
    "override", [{}, {"OUTPUT_PATH": "somewhere/else", "CACHE_PATH": "./cache/", "AS_OF": "2026-11-22"}]
)
def test_settings_without_pelican_are_those_of_pelican(name: str, override: dict[str, Any]) -> None:
    """Each setting has the value that Pelican gives it, in the project's files and with relative folders."""
    file = str(ROOT / name)
    by_pelican = read_settings(file, override=dict(override))
    checked = read_without_pelican(file, override)
    assert "SITEURL" in _OURS
    assert {key: checked[key] for key in _OURS} == {key: by_pelican[key] for key in _OURS}


def test_a_file_may_define_classes(tmp_path: Path) -> None:
    """A settings file with a dataclass is read as Pelican reads it."""
    file = tmp_path / "own_settings.py"
    text = """from __future__ import annotations
from dataclasses import dataclass

@dataclass
class Door:
    label: str

PATH = OUTPUT_PATH = CACHE_PATH = "content"
THEME = "."
DOORS = [Door("For me").label]
"""
    file.write_text(text, encoding="utf-8")
    (tmp_path / "content").mkdir()
    checked = read_without_pelican(str(file), {})
    assert checked["DOORS"] == read_settings(str(file))["DOORS"] == ["For me"]
    assert checked["PATH"] == str(tmp_path / "content")


def test_a_file_that_fails_is_not_read(tmp_path: Path) -> None:
    """An error in the file is raised, and no setting is lost silently."""
    (tmp_path / "pelicanconf.py").write_text("SITENAME = nothing\n", encoding="utf-8")
    with pytest.raises(NameError, match="nothing"):
        read_without_pelican(str(tmp_path / "pelicanconf.py"), {})
