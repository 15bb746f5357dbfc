"""Read the words of a Word document from its XML, to find those that the conversion to HTML leaves out."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from plugins.authoring.importing.archive import read_member
from plugins.authoring.importing.item import DELETED_TEXT_LEFT_OUT, SHEET_LEFT_OUT, Note, Urgency, shortened
from plugins.authoring.importing.to_dos import ToDo, to_do
from plugins.authoring.importing.word_proof import compare, words_of_text

#: Parts that belong to the text, those that stand on each sheet of paper, and those of charts and diagrams.
_TEXT = re.compile(r"word/(?:document|footnotes|endnotes)\d*\.xml")
_SHEET = re.compile(r"word/(?:header|footer)\d*\.xml")
_DRAWN = re.compile(r"word/(?:charts/chart|diagrams/data)\d*\.xml")
#: Elements whose words are not those of the text: earlier versions of it, and copies for older programs.
_DELETED = frozenset({"del", "moveFrom"})
_SPACES = frozenset({"p", "tab", "br", "cr", "tc", "rt"})


def word_notes(archive: zipfile.ZipFile, shown: Counter[str]) -> Iterator[Note]:
    """Yield a note for each kind of words that ``shown`` lacks.

    Args:
        archive: the document.
        shown: the words of the HTML that was made of it.
    """
    texts = {name: _parsed(read_member(archive, name)) for name in archive.namelist() if name.endswith(".xml")}
    whole = [root for name, root in texts.items() if root is not None and _TEXT.fullmatch(name)]
    words: Counter[str] = Counter()
    for root in whole:
        words += words_of_text("".join(_texts(root)))
    if lost := compare(words, shown).lost:
        yield to_do(ToDo.WORDS_LOST, f"lost: {', '.join(lost[:40])}")
    deleted = sum(1 for root in whole for change in _named(root, "del") if _named(change, "delText"))
    if deleted:
        yield Note(Urgency.LEFT_OUT, DELETED_TEXT_LEFT_OUT, str(deleted))
    hidden = "".join("".join(_texts(run)) for root in whole for run in _named(root, "r") if _is_hidden(run))
    if hidden.strip():
        yield Note(Urgency.CHANGED, "hidden text of a Word document is in the draft", shortened(hidden))
    for kind, urgency, what in (
        (_SHEET, Urgency.LEFT_OUT, SHEET_LEFT_OUT),
        (_DRAWN, Urgency.LOST, "a chart or a diagram was left out"),
    ):
        for name, part in texts.items():
            if part is not None and kind.fullmatch(name) and (found := shortened("".join(_texts(part)))):
                yield Note(urgency, what, found)


def _parsed(data: bytes | None) -> etree._Element | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser) if data else None
    except etree.XMLSyntaxError:
        return None


def _texts(element: etree._Element) -> Iterator[str]:
    """Yield the text of ``element`` in order, without deleted text. A box is in it twice, and is yielded once."""
    name = _local(element)
    if name in _DELETED:
        return
    if name == "t":
        yield element.text or ""
    children = list(element)
    if name == "AlternateContent":
        children = [child for child in children if _local(child) == "Fallback"] or children[:1]
    for child in children:
        yield from _texts(child)
    if name in _SPACES:
        yield " "


def _named(element: etree._Element, name: str) -> list[etree._Element]:
    return [one for one in element.iter() if _local(one) == name]


def _is_hidden(run: etree._Element) -> bool:
    return run.find("./{*}rPr/{*}vanish") is not None


def _local(element: etree._Element) -> str:
    # The names of elements are the same in the transitional and the strict form, their namespaces are not.
    return etree.QName(element).localname
