"""The builder tells the client what came of a save, in an order that misleads no browser."""

from __future__ import annotations

import errno
from pathlib import Path

from plugins.authoring.preview.diagnostics import DiagnosticsReporter
from plugins.engine.output_folder import OutputFolderError
from plugins.engine.settings import SettingsError
from tests.authoring.preview.editing import Scribe
from tests.authoring.preview.preview_client import PreviewClient
from tests.sites.building import ROOT


def test_what_was_wrong_is_taken_back_before_a_page_comes(tmp_path: Path) -> None:
    """When a mistake has been mended, a browser that gets the new page is told of no problem any more."""
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


def test_what_a_person_can_mend_is_told_without_a_traceback(tmp_path: Path) -> None:
    """A full disk, a folder that is not ours and a wrong setting are told as in a build; a mistake of ours is not."""
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
