"""Test the Pelican class, used step by step as the preview does."""

from __future__ import annotations

from pathlib import Path

import pytest
from pelican.settings import read_settings

from plugins.base.cache import NoCache
from plugins.base.files import Files
from plugins.base.problem import Position, Problem, Severity
from plugins.engine.build import STAGES, Build, RenderedFiles, files_rendered
from plugins.engine.site import AtomicPelican
from tests.sites.building import AS_OF, ROOT, SITES


def test_a_build_uses_the_cache_and_the_files_that_it_is_given(tmp_path: Path) -> None:
    """A build uses the given cache and files. A build that ignores its cache is correct but slow."""
    overrides = {"AS_OF": AS_OF, "PATH": str(SITES / "minimal"), "OUTPUT_PATH": str(tmp_path / "output")}
    settings = read_settings(str(ROOT / "pelicanconf.py"), override=overrides)
    site = AtomicPelican(settings)
    site.cache, site.files = NoCache(), Files(SITES / "minimal")
    stages: list[Build] = []
    build = site.plan(stages.append)
    assert build.cache is site.cache
    assert build.files is site.files
    assert stages == [build] * len(STAGES)


def test_problems_found_in_rendered_files_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A caller that runs the stages of a build separately gets the problems of its rendered files."""
    overrides = {"AS_OF": AS_OF, "PATH": str(SITES / "minimal"), "OUTPUT_PATH": str(tmp_path / "output")}
    settings = read_settings(str(ROOT / "pelicanconf.py"), override=overrides)
    site = AtomicPelican(settings)
    build = site.plan()
    build.complete()

    def find(made: RenderedFiles) -> None:
        made.build.problems.add(Problem("a.md", Position(), "found-late", "found", "correct it", Severity.WARNING))

    with files_rendered.connected_to(find):
        site.place(build)
    assert "warning[found-late]: found" in capsys.readouterr().err
