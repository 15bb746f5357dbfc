"""The builder tells the desk what came of a save, in an order that misleads no browser."""

from __future__ import annotations

from pathlib import Path

from tests.preview.desk import Desk
from tests.preview.editing import Scribe


def test_what_was_wrong_is_taken_back_before_a_page_comes(tmp_path: Path) -> None:
    """When a mistake has been mended, a browser that gets the new page is told of no problem any more."""
    scribe = Scribe(tmp_path, 1)
    desk = Desk(scribe)
    desk.save("index.html")
    template = scribe.theme / "templates/home.html"
    text = template.read_text(encoding="utf-8")
    template.write_text(text.replace("{% block main %}", "{% block main %}{{ nobody.knows }}", 1), encoding="utf-8")
    desk.save("index.html")
    assert desk.problems
    template.write_text(text.replace("{% block main %}", "{% block main %}<p>New</p>", 1), encoding="utf-8")
    desk.problems_with_page.clear()
    desk.save("index.html")
    assert desk.problems_with_page["index.html"] == ()
