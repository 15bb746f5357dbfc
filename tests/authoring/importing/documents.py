"""Write Word and OpenDocument files for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in {
        "office": f"{_ODF}office:1.0", "text": f"{_ODF}text:1.0", "table": f"{_ODF}table:1.0",
        "style": f"{_ODF}style:1.0", "draw": f"{_ODF}drawing:1.0", "svg": f"{_ODF}svg-compatible:1.0",
        "fo": f"{_ODF}xsl-fo-compatible:1.0", "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)  # fmt: skip


def word_document(picture: bytes) -> DocumentType:
    """Return a Word document with one of each element that authors use."""
    made = Document()
    made.core_properties.author = "Editorial team"
    made.add_heading("A walk before work", 0)
    made.add_heading("Before you go", 1)
    line = made.add_paragraph("Some days begin ")
    line.add_run("better").bold = True
    line.add_run(" outside, ")
    line.add_run("slowly").italic = True
    line.add_run(".")
    for words in ("water", "a coat"):
        made.add_paragraph(words, style="List Bullet")
    for words in ("Lock the door.", "Breathe."):
        made.add_paragraph(words, style="List Number")
    made.add_paragraph("One step is enough.", style="Quote")
    table = made.add_table(2, 2)
    for (row, column), words in {(0, 0): "Day", (0, 1): "What", (1, 0): "Monday", (1, 1): "A walk"}.items():
        table.cell(row, column).text = words
    made.add_picture(io.BytesIO(picture))
    made.add_heading("Afterwards", 3)
    made.add_paragraph("Tea\u00a0and talk.")
    return made


def write_odt(file: Path, body: str, *, styles: str = "", files: Mapping[str, bytes] | None = None) -> Path:
    """Write an OpenDocument text whose content is ``body`` and return its file."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        for name, data in (files or {}).items():
            archive.writestr(name, data)
    return file
