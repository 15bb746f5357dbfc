"""A build that fails leaves the last good output byte for byte as it was."""

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

#: Each test starts whole commands in processes of their own.
pytestmark = pytest.mark.real


def state(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file with its bytes, its date and its place on the disk."""
    return {
        path: (data, (folder / path).stat().st_mtime_ns, (folder / path).stat().st_ino)
        for path, data in snapshot(folder).items()
    }


@pytest.fixture
def project(tmp_path: Path, full: Built) -> Path:
    """A folder with content, a theme of its own, and the output of a good build of both."""
    shutil.copytree(SITES / "full", tmp_path / "content")
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    copied(full.output, tmp_path / "output")
    return tmp_path


def replace(file: Path, old: str, new: str) -> None:
    """Write ``new`` for ``old``, which must be there, in ``file``."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def content_problem(project: Path) -> None:
    """A mistake in one of the texts."""
    replace(project / "content/articles/plain/index.md", "kind: news", "kind: novel")


def problems_everywhere(project: Path) -> None:
    """Mistakes in several files of several kinds."""
    content_problem(project)
    replace(project / "content/stories/told/index.md", "it is mine", "it is yours")
    replace(project / "content/register/topics.yaml", "key: alcohol", "key: Alcohol")
    replace(project / "content/pages/about/index.md", "## Two", "/// two")


def broken_template(project: Path) -> None:
    """A template that Jinja cannot read."""
    replace(project / "theme/templates/article.html", "{% extends", "{% if extends")


def missing_template(project: Path) -> None:
    """A template that is not there."""
    (project / "theme/templates/topic.html").unlink()


def undefined_name(project: Path) -> None:
    """A template that asks for what it was not given, in a page that is rendered after many others."""
    replace(project / "theme/templates/topics.html", "{{ meta.title }}", "{{ meta.titel }}")
    replace(project / "theme/templates/document.html", "<body>", "<body><!-- changed -->")


def exception_in_rendering(project: Path) -> None:
    """A template that fails in the middle of rendering."""
    replace(project / "theme/templates/topics.html", "{{ meta.title }}", "{{ 1 // 0 }}")
    replace(project / "theme/templates/document.html", "<body>", "<body><!-- changed -->")


def picture_gone(project: Path) -> None:
    """A picture that an entry names and nobody has."""
    (project / "content/articles/everything/cover.jpg").unlink()


def unreadable_picture(project: Path) -> None:
    """A picture that is none."""
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
    """Whatever fails, the output keeps every byte and date, nothing is left beside it, and the status is not 0.

    No mistake is told with a traceback; of one in the theme the paragraph says whose it is, and how to see one.
    """
    before = state(project / "output")
    spoil(project)
    done = run(project / "content", project / "output", THEME=str(project / "theme"))
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
    """A setting that cannot be used stops the build with its name and without a traceback."""
    done = run_here(SITES / "minimal", tmp_path / "output", **settings)
    assert done.status == 1
    assert says in " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_plugin_that_cannot_be_loaded_stops_the_build(tmp_path: Path) -> None:
    """A plugin that is not there stops the build, where Pelican would log it and go on."""
    done = run(SITES / "minimal", tmp_path / "output", PLUGINS=["plugins.pages", "plugins.nowhere"])
    assert done.status == 1
    assert "plugins.nowhere" in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []


def test_every_problem_of_every_file_is_told_at_once(project: Path) -> None:
    """The mistakes of several files are told in one run, each once, in the order of the files, and counted."""
    problems_everywhere(project)
    content = project / "content"
    done = run(content, project / "output", THEME=str(project / "theme"))
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


def test_a_build_that_is_killed_while_rendering_changes_nothing(project: Path) -> None:
    """Killed while rendering, a build leaves the output as it was; the next one sweeps up and goes through."""
    before = state(project / "output")
    replace(project / "theme/templates/document.html", "<body>", "<body><!-- changed -->")
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
            # With the processes that help it: one of them may be at the page that has no end.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    assert state(project / "output") == before
    assert staged.is_dir()
    replace(project / "theme/templates/topics.html", endless, "{{ meta.title }}")
    done = run(project / "content", project / "output", **settings)
    assert done.status == 0, done.stderr
    assert not staged.exists()
    assert all(
        b"<!-- changed -->" in data for path, data in snapshot(project / "output").items() if path == "about/index.html"
    )


def _wait_for_staged_files(project: Path, process: subprocess.Popen[bytes]) -> Path:
    """Wait until the first files are made, and return the folder that they wait in."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the build ended before it could be killed"
        for folder in project.glob(".output.staging-*"):
            if any(folder.iterdir()):
                return folder
        time.sleep(0.02)
    raise AssertionError("no file was made")


def test_an_output_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    """A folder with somebody's files is not built into, and they stay."""
    write(tmp_path, {"output/thesis.txt": "years of work"})
    done = run(SITES / "minimal", tmp_path / "output")
    assert done.status == 1
    assert "thesis.txt" in done.stderr
    assert snapshot(tmp_path) == {"output/thesis.txt": b"years of work"}


def test_what_the_settings_retain_stays(tmp_path: Path) -> None:
    """What OUTPUT_RETENTION names is left alone in the first build and in later ones."""
    write(tmp_path, {"output/.git/config": "mine"})
    for content in ("minimal", "full"):
        assert run_here(SITES / content, tmp_path / "output").status == 0
    assert (tmp_path / "output/.git/config").read_text() == "mine"


def test_what_the_site_no_longer_has_is_taken_away(project: Path, minimal: Built) -> None:
    """After a build of less content, the output holds that content's files and no others."""
    assert run_here(SITES / "minimal", project / "output").status == 0
    assert snapshot(project / "output") == snapshot(minimal.output)


def test_an_unchanged_site_is_not_written_again(project: Path) -> None:
    """A second build of the same content leaves every page as it is on the disk, and says so."""
    before = state(project / "output")
    done = run(project / "content", project / "output")
    after = state(project / "output")
    assert after == before
    assert snapshot(project / "output") == {path: data for path, (data, _, _) in before.items()}
    assert " 0 written" in " ".join(done.stdout.split())
