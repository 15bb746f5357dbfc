"""Test what Word documents hold besides plain text: changes, boxes, fields, page breaks and lists typed by hand."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml

from plugins.authoring.importing.docx import read_docx
from plugins.authoring.importing.item import (
    CONTENTS_LEFT_OUT,
    DELETED_TEXT_LEFT_OUT,
    PAGE_BREAK_LEFT_OUT,
    SHEET_LEFT_OUT,
    Item,
)
from plugins.authoring.importing.to_dos import ToDo
from tests.authoring.importing.documents import write_odt
from tests.authoring.importing.world import Rendering, bring, converted, notes

_RENDERING = Rendering()
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in {
        "w": _WORD,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
_BOX = "<w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"


def document(*paragraphs: str) -> DocumentType:
    """Return a document with ``paragraphs``, each the XML within it."""
    made = Document()
    for inner in paragraphs:
        made.element.body.insert(-1, parse_xml(f"<w:p {_SPACES}>{inner}</w:p>"))
    return made


def run(words: str) -> str:
    """Return the XML of a run of text."""
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def read(made: DocumentType, tmp_path: Path) -> Item:
    """Return the item of ``made``."""
    made.save(str(tmp_path / "a.docx"))
    return read_docx(tmp_path / "a.docx")


def told(item: Item) -> dict[str, str]:
    """Return the details of the notes of ``item``, by what they say."""
    return {note.what: note.detail for note in item.notes}


@pytest.mark.parametrize(
    ("inner", "lost"),
    [
        ("<m:oMath><m:r><m:t>x2</m:t></m:r></m:oMath>", "x2"),
        ('<w:fldSimple w:instr="DATE"><w:r><w:t>today</w:t></w:r></w:fldSimple>', "today"),
        (
            "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>" + _BOX.format("boxed")
            + "</wps:txbx></mc:Choice></mc:AlternateContent></w:r>",
            "boxed",
        ),
    ],
    ids=["formula", "field", "box"],
)  # fmt: skip
def test_words_that_are_lost_are_told(inner: str, lost: str, tmp_path: Path) -> None:
    """Words of the document that the draft lacks are a to-do that names them."""
    item = read(document(run("Some words."), inner), tmp_path)
    assert lost not in item.html
    assert told(item)[ToDo.WORDS_LOST] == f"lost: {lost}"


def test_a_text_box_is_in_the_draft(tmp_path: Path) -> None:
    """Word writes a box twice, for new and old programs. Its words come once, and none is told as lost."""
    fallback = f"<mc:Fallback><w:pict><v:textbox>{_BOX.format('boxed')}</v:textbox></w:pict></mc:Fallback>"
    choice = f"<mc:Choice Requires='wps'><wps:txbx>{_BOX.format('boxed')}</wps:txbx></mc:Choice>"
    inner = f"{run('Around.')}<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>"
    item = read(document(inner), tmp_path)
    assert converted(item.html, _RENDERING).markdown == "Around.\n\nboxed\n"
    assert item.notes == ()


def test_changes_hidden_text_and_heads_of_pages_are_told(tmp_path: Path) -> None:
    """Deleted text, hidden text, and the head and foot of the pages do not come or stay without a note."""
    made = document(
        run("Some ")
        + f"<w:ins w:id='1'>{run('new ')}</w:ins><w:del w:id='2'><w:r><w:delText>old </w:delText></w:r></w:del>"
        + f"<w:moveFrom w:id='3'>{run('moved ')}</w:moveFrom>{run('words.')}"
        + f"<w:moveTo w:id='4'>{run(' moved')}</w:moveTo>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Secret.</w:t></w:r>",
    )
    made.sections[0].header.paragraphs[0].text = "Draft 3"
    item = read(made, tmp_path)
    assert converted(item.html, _RENDERING).markdown == "Some new words. moved\n\nSecret.\n"
    assert told(item) == {
        DELETED_TEXT_LEFT_OUT: "1",
        "hidden text of a Word document is in the draft": "Secret.",
        SHEET_LEFT_OUT: "Draft 3",
    }


def test_a_table_of_contents_is_left_out(tmp_path: Path) -> None:
    """Each page makes its own table of contents."""
    made = document(f'<w:pPr><w:pStyle w:val="Verzeichnis1"/></w:pPr>{run("Part one 3")}', run("Words."))
    made.styles.element.append(
        parse_xml(
            f'<w:style {_SPACES} w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>',
        )
    )
    item = read(made, tmp_path)
    assert item.html == "<p>Words.</p>"
    assert told(item) == {CONTENTS_LEFT_OUT: ""}


def test_a_page_break_separates_words(tmp_path: Path) -> None:
    """A page break within a paragraph ends it. It is counted."""
    made = Document()
    line = made.add_paragraph("before")
    line.add_run().add_break(WD_BREAK.PAGE)
    line.add_run("after")
    text = converted(read(made, tmp_path).html, _RENDERING)
    assert text.markdown == "before\n\nafter\n"
    assert [note.what for note in text.notes] == [PAGE_BREAK_LEFT_OUT]


def test_the_head_of_the_pages_of_opendocument_is_told(content: Path, tmp_path: Path) -> None:
    """Text at the head of each page of an OpenDocument text is left out, and the report quotes it."""
    head = '<style:header xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">Draft 3</style:header>'
    file = write_odt(tmp_path / "a.odt", "<text:p>Words.</text:p>", files={"styles.xml": head.encode()})
    report = bring(content, file)
    assert SHEET_LEFT_OUT in notes(report)


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("1. one", "2. two", "3.\tthree"), "1. one\n2. two\n3. three"),
        (("4) one", "5) two"), "4. one\n5. two"),
        (("• one",), "- one"),
        (("- one", "- two"), "- one\n- two"),
        (("- one", "two"), "\\- one\n\ntwo"),
        (("1. one", "two"), "1\\. one\n\ntwo"),
        (("1. one", "3. three"), "1\\. one\n\n3\\. three"),
        (("1. one", "2. two", "1. again", "2. more"), "1. one\n2. two\n\n1\\. again\n\n2\\. more"),
        (("2020. A year.", "2021. Another."), "2020\\. A year.\n\n2021\\. Another."),
        (("<b>1. one</b>", "2. two"), "1. **one**\n2. two"),
    ],
)
def test_lists_typed_by_hand(lines: tuple[str, ...], expected: str) -> None:
    """Lines with a bullet, hyphens or ascending numbers become a list. No number changes, and no lines are joined."""
    made = converted(_lines(lines), _RENDERING)
    assert made.markdown == f"{expected}\n"
    assert made.proof.holds, made.proof


def test_lists_in_the_styles_of_word(tmp_path: Path) -> None:
    """The styles of Word for lists have their levels, and numbers stay in the cells of a table."""
    made = Document()
    for words, style in (
        ("one", "List Bullet"), ("in", "List Bullet 2"), ("deep", "List Number 3"), ("two", "List Bullet"),
        ("first", "List Number"), ("half", "List Number 2"), ("second", "List Number"),
    ):  # fmt: skip
        made.add_paragraph(words, style=style)
    cells = made.add_table(1, 2).rows[0].cells
    for words in ("tea", "talk"):
        cells[0].add_paragraph(words, style="List Number")
        cells[1].add_paragraph(words, style="List Bullet")
    text = converted(read(made, tmp_path).html, _RENDERING)
    assert text.markdown == (
        "- one\n    - in\n        1. deep\n- two\n\n1. first\n    1. half\n2. second\n\n"
        "| 1. tea<br>2. talk | • tea<br>• talk |\n| --- | --- |\n"
    )
    assert text.proof.holds, text.proof
