"""Test that links and pictures of the old site lead to imported entries and files."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.authoring.check.command import problems_in
from plugins.authoring.importing.to_dos import ToDo
from plugins.base.problem import Severity
from plugins.content_model.placeholders import Placeholder
from tests.authoring.importing.exports import HOME, Post, write_export
from tests.authoring.importing.world import (
    actions,
    body,
    bring,
    front_matter,
    notes,
    picture,
)
from tests.sites.building import AS_OF
from tests.sites.writing import write

_WORDS_OF_WORD = "A lake with trees Description automatically generated"


def test_links_lead_to_what_was_imported(content: Path, file: Path) -> None:
    """Links to the old site, in any form of the address, lead to the entry. Others are kept and noted."""
    posts = [
        Post(1, "Target", slug="target"),
        Post(2, "Hidden", slug="hidden", status="private"),
        Post(
            3, "Links", slug="links",
            body=f'<a href="{HOME}/2020/06/target/">a</a> <a href="http://www.old.example.org/2020/06/target">b</a> '
            '<a href="/2020/06/target/#part">c</a> <a href="/?p=1">d</a> <a href="/2020/06/hidden/">e</a> '
            '<a href="https://example.net/x?a=1&amp;b=2">f</a> <a href="tel:02081919191">g</a> '
            '<a href="mailto:help@example.net">h</a> Ring 020 8191 9191 or 020 7946 0000.',
        ),
    ]  # fmt: skip
    report = bring(content, write_export(file, posts))
    target = "{filename}/articles/target/index.md"
    assert body(content, "articles/links") == (
        f"[a]({target}) [b]({target}) [c]({target}) [d]({target}) [e]({HOME}/2020/06/hidden/) "
        "[f](https://example.net/x?a=1&b=2) [g](help:elm-tree-hub) h Ring [Elm Tree Hub](help:elm-tree-hub) or "
        "020 7946 0000."
    )
    errors = [one for one in problems_in(content, as_of=AS_OF) if one.severity is Severity.ERROR]
    assert [(one.name, "020 7946 0000" in one.message) for one in errors] == [("raw-phone-number", True)]
    assert report.outcomes[2].words["lost"] == report.outcomes[2].words["added"] == ()
    details = {(note.what, note.detail) for note in report.outcomes[2].notes}
    assert ("a link still leads to the old site", f"{HOME}/2020/06/hidden/") in details
    assert ("a number or an e-mail address is not in the help register", "020 7946 0000") in details
    assert ("a number or an e-mail address is not in the help register", "help@example.net") in details


def test_pictures_come_from_the_uploads(content: Path, file: Path, tmp_path: Path) -> None:
    """The largest version of each picture is imported. A missing one is noted, and imported by a later run."""
    uploads = tmp_path / "wp-content" / "uploads"
    address = f"{HOME}/wp-content/uploads/2020/06"
    posts = [
        Post(1, "Pictures", slug="pictures", meta={"_thumbnail_id": "5"},
             body=f'<img src="{address}/lake-300x200.png" alt="A lake"> <img src="{address}/gate.png">'
                  f'<a href="{address}/leaflet.pdf">leaflet</a>'),
        Post(5, "Cover", kind="attachment", file=f"{address}/cover.png", meta={"_wp_attachment_image_alt": "A path"}),
    ]  # fmt: skip
    large = picture(size=(900, 600))
    write(
        uploads, {"2020/06/lake.png": large, "2020/06/lake-300x200.png": picture(), "2020/06/cover.png": picture("red")}
    )
    report = bring(content, write_export(file, posts), uploads=str(tmp_path))
    folder = content / "articles/pictures"
    assert (folder / "lake.png").read_bytes() == large
    assert front_matter(content, "articles/pictures")["image"] == {"file": "cover.png", "alt": "A path"}
    assert body(content, "articles/pictures").startswith("![A lake](lake.png)")
    assert f"<!-- A picture was here: without words ({address}/gate.png) -->" in body(content, "articles/pictures")
    assert {"a picture was not found", "a document was not found"} <= notes(report)
    write(uploads, {"2020/06/gate.png": picture("green"), "2020/06/leaflet.pdf": b"%PDF-1.7\nx"})
    assert actions(bring(content, file, uploads=str(tmp_path))) == {"updated": 1}
    text = body(content, "articles/pictures")
    assert "![What the picture shows, in a sentence, for people who do not see it.](gate.png)" in text
    assert "[leaflet](leaflet.pdf)" in text
    assert actions(bring(content, file, uploads=str(tmp_path))) == {"unchanged": 1}


def test_a_lost_picture_stops_publishing(content: Path, file: Path) -> None:
    """Where a picture is missing, words stand in its place that no published text may hold."""
    address = f"{HOME}/wp-content/uploads"
    posts = [
        Post(1, slug="within", body=f'<p>One. <img src="{address}/gate.png" alt="A gate"></p>'),
        Post(2, slug="top", body="Two.", meta={"_thumbnail_id": "5"}),
        Post(5, "Cover", kind="attachment", file=f"{address}/cover.png"),
    ]
    report = bring(content, write_export(file, posts))
    assert [outcome.words["lost"] or outcome.words["added"] for outcome in report.outcomes] == [(), ()]
    assert [one for one in problems_in(content, as_of=AS_OF) if one.severity is Severity.ERROR] == []
    for slug in ("within", "top"):
        path = content / "articles" / slug / "index.md"
        text = path.read_text(encoding="utf-8")
        assert Placeholder.LOST_PICTURE in text
        path.write_text(text.replace("status: draft", "status: published"), encoding="utf-8")
    problems = [one for one in problems_in(content, as_of=AS_OF) if one.severity is Severity.ERROR]
    assert [(one.path, one.name) for one in problems] == [
        ("articles/top/index.md", "placeholder-left"), ("articles/within/index.md", "placeholder-left"),
    ]  # fmt: skip


@pytest.mark.parametrize("alt", ["", "IMG_1234.jpg", "image1.png", "DSC0001", "Picture 1", "lake-2", _WORDS_OF_WORD])
def test_an_alt_text_by_a_program_is_a_to_do(content: Path, file: Path, tmp_path: Path, alt: str) -> None:
    """Names that cameras and programs give files say nothing, in the text and at its top. The report quotes them."""
    address = f"{HOME}/wp-content/uploads/lake.png"
    posts = [
        Post(1, slug="a", body=f'<img src="{address}" alt="{alt}">', meta={"_thumbnail_id": "5"}),
        Post(5, kind="attachment", file=address, meta={"_wp_attachment_image_alt": alt}),
    ]
    write(tmp_path / "uploads", {"lake.png": picture()})
    report = bring(content, write_export(file, posts), uploads=str(tmp_path / "uploads"))
    assert body(content, "articles/a") == f"![{Placeholder.PICTURE}](lake.png)"
    assert front_matter(content, "articles/a")["image"] == {"file": "lake.png", "alt": Placeholder.PICTURE}
    details = [note.detail for note in report.outcomes[0].notes if note.what == ToDo.ALT]
    assert details == [f"lake.png ({alt})" if alt else "lake.png"] * 2


def test_a_picture_that_is_not_in_the_export_is_told(content: Path, file: Path) -> None:
    """A gallery and a featured picture name files by their numbers. One that the export lacks is a to-do."""
    report = bring(content, write_export(file, [Post(1, body='[gallery ids="7"]', meta={"_thumbnail_id": "8"})]))
    details = [note.detail for note in report.outcomes[0].notes if note.what == ToDo.PICTURE]
    assert details == [f"{HOME}/?attachment_id=7", f"{HOME}/?attachment_id=8"]
    assert body(content, "articles/post-1").count(Placeholder.LOST_PICTURE) == 2
