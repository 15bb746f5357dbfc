"""Test that the builder sends the results of a save in a consistent order."""

from __future__ import annotations

import errno
from pathlib import Path

from plugins.authoring.preview.diagnostics import DiagnosticsReporter
from plugins.engine.output_folder import OutputFolderError
from plugins.engine.settings import SettingsError
from tests.authoring.preview.editing import Scribe
from tests.authoring.preview.preview_client import PreviewClient
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
