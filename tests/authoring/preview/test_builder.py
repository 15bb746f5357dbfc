"""Test the order in which the builder works and sends results."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from plugins.authoring.preview.diagnostics import DiagnosticsReporter
from plugins.authoring.preview.messages import FileRequest
from plugins.engine.output_folder import OutputFolderError
from plugins.engine.settings import SettingsError
from plugins.feeds import plugin as feeds
from tests.authoring.preview.editing import Scribe
from tests.authoring.preview.preview_client import PreviewClient, clean_build
from tests.sites.building import ROOT


def test_problems_are_cleared_before_a_page(tmp_path: Path) -> None:
    """After a correction, a browser gets the empty list of problems before the new page."""
    scribe = Scribe(tmp_path, 1)
    client = PreviewClient(scribe)
    client.save("index.html")
    template = scribe.theme / "templates/home.html"
    text = template.read_text(encoding="utf-8")
    template.write_text(text.replace("{% block main %}", "{% block main %}{{ nobody.knows }}", 1), encoding="utf-8")
    client.save("index.html")
    assert client.problems
    template.write_text(text.replace("{% block main %}", "{% block main %}<p>New</p>", 1), encoding="utf-8")
    client.problems_with_page.clear()
    client.save("index.html")
    assert client.problems_with_page["index.html"] == ()


def test_a_save_comes_before_the_rest_of_the_last_one(tmp_path: Path) -> None:
    """A save between two deferred plans shows its page before they end. The files are those of a clean build."""
    scribe = Scribe(tmp_path, 1)
    client = PreviewClient(scribe)
    client.save()
    scribe.title()
    client.save("articles/plain/index.html", patience=1)
    assert not client.is_whole
    with (scribe.content / "articles/plain/index.md").open("a", encoding="utf-8") as text:
        text.write("\nWords of a later save.\n")
    client.save("articles/plain/index.html", patience=0)
    assert b"Words of a later save." in client.files["articles/plain/index.html"]
    assert not client.is_whole
    assert client.shown() == clean_build(scribe)


def test_a_failed_plan_ends_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build whose deferred plan fails never counts as finished, even if a request for a file ran the plan."""
    scribe = Scribe(tmp_path, 1)
    client = PreviewClient(scribe)
    monkeypatch.setattr(feeds, "plan_documents", lambda *_: 1 / 0)
    client.save(patience=0)
    client.builder.take(FileRequest("feed.xml"))
    while client.builder.go_on():
        pass
    assert client.problems
    assert not client.is_finished


def test_user_errors_have_no_traceback(tmp_path: Path) -> None:
    """A full disk, a foreign folder and an invalid setting are reported as in a build. A bug is not."""
    judge = DiagnosticsReporter(tmp_path, ROOT, ROOT / "theme", ROOT / "pelicanconf.py")
    for error, name, says in (
        (OSError(errno.ENOSPC, "full", str(tmp_path / "a.html")), "not-built", "the disk is full"),
        (OutputFolderError("the folder holds files"), "not-built", "the folder holds files"),
        (SettingsError("PAGE_SIZE is 0"), "bad-setting", "PAGE_SIZE is 0"),
        (ZeroDivisionError("ours"), "plugin-error", "ours"),
    ):
        judged = judge.exception(error)
        (told,) = judged.problems
        assert told.name == name
        assert says in told.message
        assert says in judged.report
