"""Test that the preview shows changes and mistakes in settings and code."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.authoring.preview.live import Live, next_problems, preview, until
from tests.sites.building import ROOT, SITES
from tests.sites.sample_project import write_sample_settings

_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".cache", "node_modules", "__pycache__", "output", "content", "sites", ".*_cache"
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project."""
    copy = shutil.copytree(ROOT, tmp_path_factory.mktemp("code") / "project", ignore=_LEFT_OUT)
    write_sample_settings(copy)
    return copy


@pytest.fixture(scope="module")
def live(root: Path) -> Iterator[Live]:
    """Yield a preview of a small site, run by the copy."""
    content = shutil.copytree(SITES / "minimal", root / "content")
    with preview(content, root=root) as running:
        yield running


def test_a_setting_shows(live: Live, root: Path) -> None:
    """A changed site name is on the page after the settings are saved."""
    file = root / "pelicanconf.py"
    text = file.read_text(encoding="utf-8")
    with live.events("index.html", live.get("/").digest) as events:
        file.write_text(f'{text}SITENAME = "Another name"\n', encoding="utf-8")
        until(events, "refresh")
        assert b"Another name" in live.get("/").body


def test_plugin_code_is_reloaded(live: Live, root: Path) -> None:
    """A broken plugin is reported with its file and line. Once it is corrected, its change shows."""
    file = root / "plugins/pages/environment.py"
    text = file.read_text(encoding="utf-8")
    before = live.get("/").body
    with live.events("index.html", live.get("/").digest) as events:
        file.write_text(text + "\nthis is no Python\n", encoding="utf-8")
        [problem] = next_problems(events, wrong=True)
        assert problem["file"].endswith("plugins/pages/environment.py")
        assert problem["line"] == len(text.splitlines()) + 2
        assert live.get("/").body == before
        file.write_text(text.replace('.strip() + "\\n"', '.strip() + "\\n<!-- by new code -->\\n"'), encoding="utf-8")
        until(events, "refresh")
    assert b"<!-- by new code -->" in live.get("/").body


def test_a_broken_template_is_reported(live: Live, root: Path) -> None:
    """A broken template is reported with its file and line over the last valid page."""
    file = root / "theme/templates/home.html"
    text = file.read_text(encoding="utf-8")
    with live.events("index.html", live.get("/").digest) as events:
        file.write_text(text.replace("{% block main %}", "{% block main %}\n{{ nobody.knows }}", 1), encoding="utf-8")
        [problem] = next_problems(events, wrong=True)
        assert problem["name"] == "template-error", problem
        assert problem["file"].endswith("theme/templates/home.html")
        assert "nobody" in problem["message"]
        assert [line for number, line in problem["lines"] if number == problem["line"]] == ["{{ nobody.knows }}"]
        file.write_text(text, encoding="utf-8")
        assert next_problems(events, wrong=False) == []
