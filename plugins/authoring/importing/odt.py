"""Read an OpenDocument text (.odt) as an item.

The XML is parsed directly, because LibreOffice is seldom installed and takes seconds to start.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from lxml import etree
from msgspec import Struct, field

from plugins.authoring.importing.archive import open_archive, read_member
from plugins.authoring.importing.docx import split_title
from plugins.authoring.importing.item import (
    COMMENTS_LEFT_OUT,
    CONTENTS_LEFT_OUT,
    DELETED_TEXT_LEFT_OUT,
    SHEET_LEFT_OUT,
    Item,
    Note,
    Urgency,
    shortened,
)
from plugins.authoring.importing.source import SourceError

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {
    "text": f"{_ODF}text:1.0", "table": f"{_ODF}table:1.0", "style": f"{_ODF}style:1.0", "draw": f"{_ODF}drawing:1.0",
    "office": f"{_ODF}office:1.0", "fo": f"{_ODF}xsl-fo-compatible:1.0", "svg": f"{_ODF}svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink", "dc": "http://purl.org/dc/elements/1.1/",
}  # fmt: skip
_BY_ADDRESS = {address: prefix for prefix, address in _SPACES.items()}
_MOST_REPEATED = 100
_LEFT_OUT = {
    "office:annotation": COMMENTS_LEFT_OUT,
    "text:tracked-changes": DELETED_TEXT_LEFT_OUT,
    "text:table-of-content": CONTENTS_LEFT_OUT,
    "text:alphabetical-index": "an index was left out",
    "draw:object": "a chart or a formula was left out",
}
#: Elements that are not shown.
_SILENT = frozenset(
    {
        "text:sequence-decls", "text:variable-decls", "text:user-field-decls", "office:forms", "office:annotation-end",
        "svg:title", "svg:desc", "text:note-citation", "text:soft-page-break", "table:table-column",
        "table:covered-table-cell", "draw:object-ole",
    }
)  # fmt: skip


def read_odt(path: Path) -> Item:
    """Return the item of the document ``path``.

    Raises:
        SourceError: when it is no such document, or exceeds a limit of ``archive.py``.
    """
    with open_archive(path, "an OpenDocument text (.odt)") as archive:
        content, styles, meta = (read_member(archive, name) for name in ("content.xml", "styles.xml", "meta.xml"))
        root = _parsed(content)
        body = root.find(".//office:body/office:text", _SPACES) if root is not None else None
        if root is None or body is None:
            raise SourceError(
                f"{path} is no OpenDocument text (.odt); open it in LibreOffice and save it again as .odt"
            )
        styles_root = _parsed(styles)
        reader = _Reader(_styles(root, styles_root))
        html = reader.html(body)
        if styles_root is not None:
            reader.notes += _sheet_notes(styles_root)
        files = {name: data for name in reader.pictures if (data := read_member(archive, name)) is not None}
    described = _parsed(meta)
    title = described.findtext(".//dc:title", "", _SPACES) if described is not None else ""
    author = described.findtext(".//dc:creator", "", _SPACES) if described is not None else ""
    html, found = split_title(html)
    return Item(
        key=f"document {path.name}",
        place=path.name,
        html=html,
        title=found or " ".join(title.split()) or path.stem.replace("_", " ").replace("-", " "),
        author=" ".join(author.split()),
        files=files,
        notes=tuple(reader.notes),
    )


def _sheet_notes(styles: etree._Element) -> Iterator[Note]:
    """Yield a note for each head and foot of the pages, which stand on paper only."""
    for place in styles.iter(_tag("style:header"), _tag("style:footer")):
        if words := shortened(" ".join(map(str, place.itertext()))):
            yield Note(Urgency.LEFT_OUT, SHEET_LEFT_OUT, words)


def _parsed(data: bytes | None) -> etree._Element | None:
    if data is None:
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


class _Styles(Struct, frozen=True):
    """The meaning of the document's styles, for inline text, paragraphs and lists."""

    marks: Mapping[str, tuple[str, ...]]
    parents: Mapping[str, str]
    numbered: Mapping[str, frozenset[int]]

    def line(self, name: str) -> Iterator[str]:
        """Yield the style ``name`` and its parent styles, in lower case."""
        for _ in range(20):
            if not name:
                return
            yield name.replace("_20_", " ").casefold()
            name = self.parents.get(name, "")


def _styles(*roots: etree._Element | None) -> _Styles:
    marks: dict[str, tuple[str, ...]] = {}
    parents: dict[str, str] = {}
    numbered: dict[str, frozenset[int]] = {}
    for root in roots:
        if root is None:
            continue
        for style in root.iter(_tag("style:style")):
            name = style.get(_tag("style:name"), "")
            parents[name] = style.get(_tag("style:parent-style-name"), "")
            text_properties = style.find("style:text-properties", _SPACES)
            if text_properties is not None and style.get(_tag("style:family")) == "text":
                marks[name] = tuple(_marks(text_properties))
        for style in root.iter(_tag("text:list-style")):
            levels = style.iter(_tag("text:list-level-style-number"))
            numbered[style.get(_tag("style:name"), "")] = frozenset(
                int(level.get(_tag("text:level"), "1")) for level in levels if level.get(_tag("style:num-format"), "")
            )
    return _Styles(marks, parents, numbered)


def _marks(text_properties: etree._Element) -> Iterator[str]:
    if text_properties.get(_tag("fo:font-weight")) in {"bold", "600", "700", "800", "900"}:
        yield "strong"
    if text_properties.get(_tag("fo:font-style")) in {"italic", "oblique"}:
        yield "em"
    if text_properties.get(_tag("style:text-line-through-style"), "none") != "none":
        yield "s"
    position = text_properties.get(_tag("style:text-position"), "")
    if position.startswith(("super", "sub")):
        yield "sup" if position.startswith("super") else "sub"


class _Reader(Struct):
    """Converts the body of a document to HTML."""

    styles: _Styles
    notes: list[Note] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)

    def html(self, body: etree._Element) -> str:
        made = self._inner(body)
        notes = "".join(
            f'<li id="odt-note-{number}">{note}</li>' for number, note in enumerate(self.footnotes, start=1)
        )
        return f"{made}<ol>{notes}</ol>" if notes else made

    def _inner(self, element: etree._Element, level: int = 0, style: str = "") -> str:
        parts = [escape(element.text or "", quote=False)]
        for child in element:
            if isinstance(child.tag, str):
                parts.append(self._made(child, level, style))
            parts.append(escape(child.tail or "", quote=False))
        return "".join(parts)

    def _made(self, element: etree._Element, level: int, style: str) -> str:  # noqa: C901, PLR0911, PLR0912 - one for each element
        name = _name(element)
        if name in _LEFT_OUT:
            self.notes.append(Note(Urgency.LEFT_OUT, _LEFT_OUT[name]))
            return ""
        if name in _SILENT:
            return ""
        match name:
            case "text:h":
                depth = min(6, int(element.get(_tag("text:outline-level"), "1")))
                return f"<h{depth}>{self._inner(element)}</h{depth}>"
            case "text:p":
                return self._paragraph(element)
            case "text:span":
                inner = self._inner(element)
                for mark in self.styles.marks.get(element.get(_tag("text:style-name"), ""), ()):
                    inner = f"<{mark}>{inner}</{mark}>"
                return inner
            case "text:a":
                return f'<a href="{escape(element.get(_tag("xlink:href"), ""))}">{self._inner(element)}</a>'
            case "text:s":
                return " " * min(_MOST_REPEATED, int(element.get(_tag("text:c"), "1")))
            case "text:tab":
                return " "
            case "text:line-break":
                return "<br>"
            case "text:bookmark" | "text:bookmark-start":
                return f'<a id="{escape(element.get(_tag("text:name"), ""))}"></a>'
            case "text:list":
                style = element.get(_tag("text:style-name"), style)
                tag = "ol" if level + 1 in self.styles.numbered.get(style, frozenset()) else "ul"
                return f"<{tag}>{self._inner(element, level + 1, style)}</{tag}>"
            case "text:list-item" | "text:list-header":
                return f"<li>{self._inner(element, level, style)}</li>"
            case "table:table":
                return f"<table>{self._inner(element)}</table>"
            case "table:table-row":
                return f"<tr>{self._inner(element)}</tr>"
            case "table:table-cell":
                spans = "".join(
                    f' {short}="{element.get(_tag(f"table:number-{long}-spanned"))}"'
                    for short, long in (("colspan", "columns"), ("rowspan", "rows"))
                    if element.get(_tag(f"table:number-{long}-spanned"), "1") != "1"
                )
                times = min(_MOST_REPEATED, int(element.get(_tag("table:number-columns-repeated"), "1")))
                return f"<td{spans}>{self._inner(element)}</td>" * times
            case "text:note":
                return self._note(element)
            case "draw:frame":
                return self._frame(element)
            case _:
                return self._inner(element, level, style)

    def _paragraph(self, element: etree._Element) -> str:
        inner = self._inner(element)
        styles = list(self.styles.line(element.get(_tag("text:style-name"), "")))
        if "title" in styles:
            return f'<h1 class="document-title">{inner}</h1>'
        if "quotations" in styles or "quote" in styles:
            return f"<blockquote><p>{inner}</p></blockquote>"
        if "preformatted text" in styles:
            return f"<pre>{inner}</pre>"
        return f"<p>{inner}</p>"

    def _note(self, element: etree._Element) -> str:
        body = element.find("text:note-body", _SPACES)
        self.footnotes.append("")
        number = len(self.footnotes)
        inner = self._inner(body) if body is not None else ""
        self.footnotes[number - 1] = f'{inner}<a href="#odt-mark-{number}">↑</a>'
        return f'<sup><a id="odt-mark-{number}" href="#odt-note-{number}">{number}</a></sup>'

    def _frame(self, element: etree._Element) -> str:
        image = element.find("draw:image", _SPACES)
        if image is None:
            return self._inner(element)
        name = image.get(_tag("xlink:href"), "").removeprefix("./")
        alt = element.findtext("svg:desc", "", _SPACES) or element.findtext("svg:title", "", _SPACES)
        if not name.startswith(("http:", "https:")):
            self.pictures.append(name)
        return f'<img src="{escape(name)}" alt="{escape(alt)}">'


def _tag(name: str) -> str:
    prefix, local = name.split(":")
    return f"{{{_SPACES[prefix]}}}{local}"


def _name(element: etree._Element) -> str:
    found = etree.QName(element)
    return f"{_BY_ADDRESS.get(found.namespace or '', '?')}:{found.localname}"
