"""Test that a failed build leaves every byte of the last output unchanged."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sites.building import ROOT, SITES, Built, command, copied, run, run_here, snapshot
from tests.sites.writing import write

#: Some tests start commands in separate processes, and the others build whole sites.
pytestmark = pytest.mark.real


def state(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Return every file with its bytes, modification time and inode."""
    return {
        path: (data, (folder / path).stat().st_mtime_ns, (folder / path).stat().st_ino)
        for path, data in snapshot(folder).items()
    }


@pytest.fixture
def project(tmp_path: Path, full: Built) -> Path:
    """Return a folder with content, a copy of the theme, and the output of a successful build."""
    shutil.copytree(SITES / "full", tmp_path / "content")
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    copied(full.output, tmp_path / "output")
    return tmp_path


def replace(file: Path, old: str, new: str) -> None:
    """Replace ``old``, which must be present, with ``new`` in ``file``."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def content_problem(project: Path) -> None:
    """Write a mistake into a text."""
    replace(project / "content/articles/plain/index.md", "kind: news", "kind: novel")


def problems_everywhere(project: Path) -> None:
    """Write mistakes into several files of several kinds."""
    content_problem(project)
    replace(project / "content/stories/told/index.md", "it is mine", "it is yours")
    replace(project / "content/register/topics.yaml", "key: alcohol", "key: Alcohol")
    replace(project / "content/pages/about/index.md", "## Two", "/// two")


def broken_template(project: Path) -> None:
    """Write a syntax error into a template."""
    replace(project / "theme/templates/article.html", "{% extends", "{% if extends")


def missing_template(project: Path) -> None:
    """Delete a template."""
    (project / "theme/templates/topic.html").unlink()


def undefined_name(project: Path) -> None:
    """Use an undefined variable in a template that is rendered late."""
    replace(project / "theme/templates/topics.html", "{{ meta.title }}", "{{ meta.titel }}")
    replace(project / "theme/templates/document.html", "{{ body }}", "{{ body }}<!-- changed -->")


def exception_in_rendering(project: Path) -> None:
    """Make a template raise an exception while it is rendered."""
    replace(project / "theme/templates/topics.html", "{{ meta.title }}", "{{ 1 // 0 }}")
    replace(project / "theme/templates/document.html", "{{ body }}", "{{ body }}<!-- changed -->")


def picture_gone(project: Path) -> None:
    """Name a picture that does not exist."""
    (project / "content/articles/everything/cover.jpg").unlink()


def unreadable_picture(project: Path) -> None:
    """Replace a picture with a file that is not one."""
    write(project, {"content/articles/everything/gate.png": b"nothing"})


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (content_problem, "error[unknown-choice]"),
        (problems_everywhere, "error[bad-slug]"),
        (picture_gone, "error[missing-picture]"),
        (unreadable_picture, "error[bad-picture]"),
        (broken_template, "TemplateSyntaxError"),
        (missing_template, "TemplateNotFound"),
        (undefined_name, "UndefinedError"),
        (exception_in_rendering, "ZeroDivisionError"),
    ],
    ids=lambda part: getattr(part, "__name__", ""),
)
def test_a_failed_build_changes_nothing(project: Path, spoil: Callable[[Path], None], says: str) -> None:
    """After any failure the output keeps its bytes and times, no file is left beside it, and the status is not 0.

    No report has a traceback. For a mistake in the theme, the report says so and how to show the traceback.
    """
    before = state(project / "output")
    spoil(project)
    # The compiled theme of other tests serves where the theme has no mistake.
    theme = {} if says.startswith("error[") else {"THEME": str(project / "theme")}
    done = run_here(project / "content", project / "output", **theme)
    assert done.status == 1
    assert says in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert ("--debug" in done.stderr) == (not says.startswith("error["))
    assert state(project / "output") == before
    assert sorted(path.name for path in project.iterdir()) == [".output.build", "content", "output", "theme"]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"SITEURL": ""}, "SITEURL"),
        ({"AS_OF": "23/11/2026"}, "AS_OF"),
        ({"PAGE_SIZE": 0}, "PAGE_SIZE"),
        ({"SEARCH_LIST_LIMIT": 0}, "SEARCH_LIST_LIMIT"),
        ({"RECENT_ARTICLES_COUNT": -1}, "RECENT_ARTICLES_COUNT"),
        ({"NAVIGATION": ["/a/"]}, "NAVIGATION"),
        ({"THEME": str(SITES)}, "templates/ and components/"),
    ],
)
def test_a_wrong_setting_is_named_and_changes_nothing(tmp_path: Path, settings: dict[str, Any], says: str) -> None:
    """An invalid setting stops the build with its name and without a traceback."""
    done = run_here(SITES / "minimal", tmp_path / "output", **settings)
    assert done.status == 1
    assert says in " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_plugin_that_cannot_be_loaded_stops_the_build(tmp_path: Path) -> None:
    """A missing plugin stops the build, although Pelican alone would log it and continue."""
    done = run(SITES / "minimal", tmp_path / "output", PLUGINS=["plugins.pages", "plugins.nowhere"])
    assert done.status == 1
    assert "plugins.nowhere" in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []


def test_all_problems_are_reported_in_one_run(project: Path) -> None:
    """One run reports the problems of several files, each once, in the order of the files, with their number."""
    problems_everywhere(project)
    content = project / "content"
    done = run_here(content, project / "output")
    told = done.problems(content)
    assert told == sorted(told, key=lambda problem: (problem.path, problem.line, problem.column))
    assert {(problem.path, problem.name) for problem in told if problem.severity == "error"} >= {
        ("articles/plain/index.md", "unknown-choice"),
        ("stories/told/index.md", "text-changed-since-approval"),
        ("register/topics.yaml", "bad-slug"),
        ("pages/about/index.md", "unknown-block"),
    }
    errors = [problem for problem in told if problem.severity == "error"]
    assert len(set(told)) == len(told)
    assert f"{len(errors)} errors" in done.stderr


def test_a_killed_build_changes_nothing(project: Path) -> None:
    """A build killed while it renders leaves the output unchanged. The next build cleans up and succeeds."""
    before = state(project / "output")
    replace(project / "theme/templates/document.html", "{{ body }}", "{{ body }}<!-- changed -->")
    endless = "{% for _ in range(100000) %}{% for _ in range(100000) %}{% endfor %}{% endfor %}"
    replace(project / "theme/templates/topics.html", "{{ meta.title }}", endless)
    settings: dict[str, Any] = {"THEME": str(project / "theme")}
    with subprocess.Popen(
        command(project / "content", project / "output", **settings),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            staged = _wait_for_staged_files(project, process)
        finally:
            # Kills the worker processes too, because one of them may render the endless page.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    assert state(project / "output") == before
    assert staged.is_dir()
    replace(project / "theme/templates/topics.html", endless, "{{ meta.title }}")
    done = run_here(project / "content", project / "output", **settings)
    assert done.status == 0, done.stderr
    assert not staged.exists()
    assert all(
        b"<!-- changed -->" in data for path, data in snapshot(project / "output").items() if path == "about/index.html"
    )


def _wait_for_staged_files(project: Path, process: subprocess.Popen[bytes]) -> Path:
    """Wait until the first files exist, and return their staging folder."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the build ended before it could be killed"
        for folder in project.glob(".output.staging-*"):
            if any(folder.iterdir()):
                return folder
        time.sleep(0.02)
    raise AssertionError("no file was made")


def test_a_foreign_output_folder_is_refused(tmp_path: Path) -> None:
    """A build refuses an output folder with other files and keeps them."""
    write(tmp_path, {"output/thesis.txt": "years of work"})
    done = run_here(SITES / "minimal", tmp_path / "output")
    assert done.status == 1
    assert "thesis.txt" in done.stderr
    assert snapshot(tmp_path) == {"output/thesis.txt": b"years of work"}


def test_retained_files_stay(tmp_path: Path) -> None:
    """The first build and later ones keep the files named in OUTPUT_RETENTION."""
    write(tmp_path, {"output/.git/config": "mine"})
    for content in ("minimal", "full"):
        assert run_here(SITES / content, tmp_path / "output").status == 0
    assert (tmp_path / "output/.git/config").read_text() == "mine"


def test_stale_files_are_deleted(project: Path, minimal: Built) -> None:
    """After a build of less content, the output contains only the files of that content."""
    assert run_here(SITES / "minimal", project / "output").status == 0
    assert snapshot(project / "output") == snapshot(minimal.output)


def test_an_unchanged_site_is_not_written_again(project: Path) -> None:
    """A second build of the same content rewrites no file, and says so."""
    before = state(project / "output")
    done = run_here(project / "content", project / "output")
    after = state(project / "output")
    assert after == before
    assert snapshot(project / "output") == {path: data for path, (data, _, _) in before.items()}
    assert " 0 written" in " ".join(done.stdout.split())
