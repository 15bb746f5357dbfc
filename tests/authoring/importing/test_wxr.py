"""Test the reading of WordPress exports: all versions, several parts, damaged and malicious files."""

from __future__ import annotations

import io
import sys
from collections import Counter
from pathlib import Path

import pytest

from plugins.authoring.importing.wxr import Export
from plugins.authoring.importing.wxr_bytes import XmlMender
from plugins.authoring.importing.wxr_items import LONGEST_ITEM, read_items
from tests.authoring.importing.exports import HOME, Post, export, write_export
from tests.authoring.importing.world import actions, body, bring, entry, new_content, notes, report_data, written_text
from tests.benchmarks.build.measuring import measure
from tests.sites.building import ROOT


def read(file: Path) -> Export:
    """Return the export in ``file``."""
    return Export([file], "Europe/London")


def mended(data: bytes) -> tuple[str, Counter[str]]:
    """Return ``data`` as repaired, with its CDATA sections marked, and the repaired faults."""
    mender = XmlMender(io.BytesIO(data))
    text = "".join(f"[{piece}]" if in_cdata else piece for in_cdata, piece in mender.pieces())
    return text, mender.mended


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_every_version_is_read(tmp_path: Path, version: str) -> None:
    """Versions 1.0 to 1.2 give the same names, days, categories and tags."""
    post = Post(3, "Tea & talk", "<p>Words.</p>", categories=("News",), tags=("tea",))
    (item,) = read(write_export(tmp_path / "a.xml", [post], version=version)).items()
    assert (item.title, item.author, item.categories, item.tags) == (
        "Tea & talk",
        "Editorial team",
        ("News",),
        ("tea",),
    )
    assert str(item.published) == "2020-06-01"
    assert item.addresses == (f"{HOME}/2020/06/post-3/", f"{HOME}/?p=3")


def test_several_parts_are_one_export(tmp_path: Path) -> None:
    """A picture in one part can belong to a post in another. A post in both parts is one text."""
    address = f"{HOME}/wp-content/uploads/a.png"
    one = write_export(tmp_path / "1.xml", [Post(1, meta={"_thumbnail_id": "9"}), Post(2)])
    two = write_export(tmp_path / "2.xml", [Post(2), Post(9, kind="attachment", file=address)])
    items = list(Export([one, two], "Europe/London").items())
    assert [item.key.rpartition(" ")[2] for item in items] == ["1", "2"]
    assert items[0].photo is not None
    assert items[0].photo.address == address


@pytest.mark.parametrize(
    ("day", "published"),
    [("0000-00-00 00:00:00", "None"), ("-0001-11-30 00:00:00", "None"), ("2020-02-30 00:00:00", "None")],
)
def test_a_day_that_is_none_is_none(tmp_path: Path, day: str, published: str) -> None:
    """WordPress's value for a missing date, and an invalid date, give None."""
    post = Post(1, day=day, status="draft", link=f"{HOME}/?p=1")
    (item,) = read(write_export(tmp_path / "a.xml", [post])).items()
    assert str(item.published) == published


def test_a_page_builder_that_keeps_its_words_apart(tmp_path: Path) -> None:
    """The text of Elementor, which is stored beside an empty body, is read."""
    data = '[{"elements":[{"settings":{"title":"A heading"}},{"settings":{"editor":"<p>Its words.</p>"}}]}]'
    (item,) = read(write_export(tmp_path / "a.xml", [Post(1, body="", meta={"_elementor_data": data})])).items()
    assert item.html == "<h2>A heading</h2>\n<div><p>Its words.</p></div>"


@pytest.mark.parametrize(
    ("wrong", "right", "fault"),
    [
        (b"a\x0bb", "a\ufffdb", "characters that XML does not allow"),
        (b"a\x00b", "a\ufffdb", "characters that XML does not allow"),
        ("a\ufffeb".encode(), "a\ufffdb", "characters that XML does not allow"),
        (b"fish & chips", "fish &amp; chips", "a sign & that begins no reference"),
        (b"a&nbsp;b", "a\xa0b", "names of characters that XML does not know"),
        (b"a&lol;b", "a&amp;lol;b", "names of characters that XML does not know"),
        (b"a&#0;b", "a\ufffdb", "characters that XML does not allow"),
        (b"a&#xD800;b", "a\ufffdb", "characters that XML does not allow"),
        (b"caf\xe9", "café", "bytes in another encoding than that of the file"),
    ],
)
def test_faults_of_the_file_are_mended_and_counted(wrong: bytes, right: str, fault: str) -> None:
    """Faults that stop a strict parser are repaired and counted."""
    text, found = mended(b"<rss><title>" + wrong + b"</title></rss>")
    assert text == f"<rss><title>{right}</title></rss>"
    assert found == {fault: 1}


def test_the_end_of_a_body_is_found(tmp_path: Path) -> None:
    """A body that contains ``]]>`` is read completely."""
    file = write_export(tmp_path / "a.xml", [Post(1, body="BODY")])
    file.write_text(file.read_text("utf-8").replace("BODY", "<p>a ]]> b</p><p><![CDATA[c]]></p> d"), encoding="utf-8")
    (item,) = read(file).items()
    assert "a ]]&gt; b" in item.html
    assert item.html.endswith("d</p>")


@pytest.mark.parametrize("size", [97, 1_000])
def test_no_boundary_of_a_chunk_loses_anything(tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The texts do not depend on where the file is split into chunks."""
    posts = [Post(number, f"Post {number} &amp; more", "x & ]] ]]> y &amp; é " * 9) for number in range(1, 4)]
    file = write_export(tmp_path / "a.xml", posts)
    whole = [(item.title, item.html) for item in read(file).items()]
    monkeypatch.setattr("plugins.authoring.importing.wxr_bytes._CHUNK", size)
    assert [(item.title, item.html) for item in read(file).items()] == whole


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    """Files with a byte order mark and files in Windows-1252 are decoded correctly."""
    file = tmp_path / "a.xml"
    file.write_bytes(export([Post(1, "Café – naïve")]).encode(encoding))
    (item,) = read(file).items()
    assert item.title == "Café – naïve"


def test_a_file_that_is_cut_off_names_the_item(tmp_path: Path) -> None:
    """All complete items of a truncated file are read, and the last one is reported."""
    content = new_content(tmp_path / "site" / "content")
    text = export([Post(1, "Whole"), Post(2, "Cut off", "Words that end he")])
    file = tmp_path / "a.xml"
    file.write_text(text[: text.index("that end he") + 8], encoding="utf-8")
    with pytest.raises(SystemExit):
        bring(content, file)
    assert body(content, "articles/post-1") == "Some words."
    (place, why) = report_data(content)["sources"][0]["faults"][0]
    assert "item 2 “" in place
    assert why


def test_one_broken_item_costs_no_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An item that cannot be parsed is reported, and the items around it are complete. The exit status is 1."""
    content = new_content(tmp_path / "site" / "content")
    file = write_export(tmp_path / "a.xml", [Post(1), Post(2, "Broken"), Post(3)])
    text = file.read_text("utf-8")
    file.write_text(text.replace("<wp:post_id>2</wp:post_id>", "<wp:post_id>2</wp:post><b>"), encoding="utf-8")
    with pytest.raises(SystemExit) as stop:
        bring(content, file)
    assert stop.value.code == 1
    assert "error: a.xml, item 2 “" in capsys.readouterr().err
    assert body(content, "articles/post-1") == body(content, "articles/post-3") == "Some words."


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """Entities that expand without limit, or name a file, are not expanded."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{levels}<!ENTITY file SYSTEM "{secret.as_uri()}">]>'
    file = write_export(tmp_path / "a.xml", [Post(1, "TITLE")], version="1.1")
    text = file.read_text("utf-8").replace("<rss ", f"{doctype}<rss ", 1).replace("TITLE", "&l9; &file;")
    file.write_text(text, encoding="utf-8")
    (item,) = read(file).items()
    assert item.title == "&l9; &file;"


def test_an_item_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An item that is too long is reported and skipped."""
    monkeypatch.setattr("plugins.authoring.importing.wxr_items.LONGEST_ITEM", 5_000)
    file = write_export(tmp_path / "a.xml", [Post(1), Post(2, "Long", "x" * 6_000), Post(3)])
    parsed = list(read_items(file))
    assert [one.fault != "" for one in parsed] == [False, False, True, False]
    assert "5,000 are taken" in parsed[2].fault
    assert LONGEST_ITEM > 10_000_000


@pytest.mark.parametrize(
    "slug", ["../../../etc/passwd", "%2e%2e%2f%2e%2e%2fx", "/etc/x", "..", "con\x00x", "a/../../b", "_", "%e2%80%ae"]
)
def test_no_name_leads_out_of_the_content(tmp_path: Path, slug: str) -> None:
    """Whatever the slug of a post, its entry is in its own folder below ``articles``."""
    content = new_content(tmp_path / "site" / "content")
    address = f"{HOME}/wp-content/uploads/../../../../secret.png"
    post = Post(1, slug or "x", f'<img src="{address}" alt="x">', slug=slug.replace("\0", ""))
    (tmp_path / "secret.png").write_bytes(b"x")
    (tmp_path / "up" / "a").mkdir(parents=True)
    before = {path for path in tmp_path.rglob("*") if not path.is_relative_to(tmp_path / "site")}
    report = bring(content, write_export(tmp_path / "a.xml", [post]), uploads=str(tmp_path / "up" / "a"))
    assert actions(report) == {"new": 1}
    (made,) = (content / "articles").iterdir()
    assert [path.name for path in made.iterdir()] == ["index.md"]
    after = {path for path in tmp_path.rglob("*") if not path.is_relative_to(tmp_path / "site")}
    assert after - before == {tmp_path / "a.xml"}


def test_a_link_among_the_uploads_leads_nowhere(tmp_path: Path) -> None:
    """A link out of the uploads folder is not followed."""
    content = new_content(tmp_path / "site" / "content")
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    (tmp_path / "secret.pdf").write_bytes(b"%PDF-1.7 secret")
    (uploads / "a.pdf").symlink_to(tmp_path / "secret.pdf")
    post = Post(1, body=f'<a href="{HOME}/wp-content/uploads/a.pdf">x</a>')
    report = bring(content, write_export(tmp_path / "a.xml", [post]), uploads=str(uploads))
    assert "a document was not found" in notes(report)
    assert "secret" not in written_text(content)


def test_titles_and_addresses_cannot_break_a_file(tmp_path: Path) -> None:
    """A title that looks like front matter or a tag is imported as text."""
    content = new_content(tmp_path / "site" / "content")
    title = '"---\nstatus: published\nx: ]]> <script>alert(1)</script> \\" #'
    bring(content, write_export(tmp_path / "a.xml", [Post(1, title, slug="a")]))
    text = entry(content, "articles/a")
    assert text.count("status:") == 2
    assert "\nstatus: draft\n" in text
    assert "\nstatus: published" not in text
    assert "<script>" not in (content.parent / "import" / "report.html").read_text("utf-8")


@pytest.mark.deep
def test_a_large_export_takes_little_memory(tmp_path: Path) -> None:
    """Ten thousand posts are imported within 300 MB."""
    content = new_content(tmp_path / "site" / "content")
    with (tmp_path / "a.xml").open("w", encoding="utf-8") as stream:
        text = export(Post(number, f"Post {number}", "<p>Some words.</p>\n\n" * 40) for number in range(1, 10_001))
        stream.write(text)
    code = (
        "import sys; from plugins.authoring.importing.command import import_files;"
        "import_files([sys.argv[1]], content=sys.argv[2], as_of='2026-11-23')"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "a.xml"), str(content)]
    assert measure(command, ROOT).megabytes < 300
