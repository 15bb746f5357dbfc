"""Read a Word document (.docx) as an item, through mammoth."""

from __future__ import annotations

import io
import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any

import mammoth
from lxml import etree
from turbohtml import parse_fragment

from plugins.authoring.importing.archive import open_archive, read_member
from plugins.authoring.importing.docx_words import word_notes
from plugins.authoring.importing.item import CONTENTS_LEFT_OUT, Item, Note, Urgency, comments_left_out
from plugins.authoring.importing.source import SourceError
from plugins.authoring.importing.word_proof import words_of

#: Mapping of Word's styles and breaks to HTML. mammoth leaves out comments and deleted text.
_STYLES = """\
p[style-name='Title'] => h1.document-title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Caption'] => p:fresh
p[style-name='heading 7'] => h6:fresh
p[style-name='heading 8'] => h6:fresh
p[style-name='heading 9'] => h6:fresh
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh
p[style-name^='toc '] => p.contents:fresh
br[type='page'] => hr.page-break
br[type='column'] => hr.page-break
u => u
strike => s
"""
_WHAT = "a Word document (.docx)"
_CORE = "docProps/core.xml"
_CONTENTS = re.compile(r'<p class="contents">.*?</p>', re.DOTALL)
_STYLE = re.compile(
    r"unrecognised (?:paragraph|run) style|style with ID .* was referenced but not defined", re.IGNORECASE
)


def read_docx(path: Path) -> Item:
    """Return the item of the document ``path``.

    Raises:
        SourceError: when it is no Word document, or exceeds a limit of ``archive.py``.
    """
    with open_archive(path, _WHAT) as archive:
        core = read_member(archive, _CORE)
        comments = read_member(archive, "word/comments.xml")
        if read_member(archive, "word/document.xml") is None and read_member(archive, "_rels/.rels") is None:
            raise SourceError(f"{path} is no Word document (.docx); open it in Word and save it again as .docx")
    files: dict[str, bytes] = {}

    def keep(image: Any) -> dict[str, str]:  # noqa: ANN401 - mammoth has no types
        with image.open() as stream:
            data = stream.read()
        name = f"embedded/{len(files) + 1}"
        files[name] = data
        return {"src": name}

    try:
        with path.open("rb") as stream:
            made = mammoth.convert_to_html(
                io.BytesIO(stream.read()), style_map=_STYLES, convert_image=mammoth.images.img_element(keep)
            )
    except Exception as error:
        raise SourceError(
            f"{path} cannot be read as a Word document ({type(error).__name__}); open it in Word or LibreOffice and "
            "save it again as .docx"
        ) from error
    notes = [_note(message, times) for message, times in Counter(one.message for one in made.messages).items()]
    notes += comments_left_out((comments or b"").count(b"<w:comment "))
    with open_archive(path, _WHAT) as archive:
        notes += word_notes(archive, words_of(parse_fragment(made.value)))
    html, contents = _CONTENTS.subn("", made.value)
    if contents:
        notes.append(Note(Urgency.LEFT_OUT, CONTENTS_LEFT_OUT))
    html, title = split_title(html)
    return Item(
        key=f"document {path.name}",
        place=path.name,
        html=html,
        title=title or _property(core, "title") or path.stem.replace("_", " ").replace("-", " "),
        author=_property(core, "creator"),
        files=files,
        notes=tuple(notes),
    )


def split_title(html: str) -> tuple[str, str]:
    """Split the title from ``html``: an ``h1`` that stands first and is the only one. Return both."""
    headings = re.findall(r"<h1\b[^>]*>", html)
    titles = re.search(r'<h1 class="document-title">(.*?)</h1>', html, re.DOTALL)
    first = re.match(r"\s*<h1\b[^>]*>(.*?)</h1>", html, re.DOTALL)
    found = titles or (first if len(headings) == 1 else None)
    if found is None:
        return html, ""
    words = " ".join(re.sub(r"<[^>]+>", "", found[1]).split())
    if not words or "<img" in found[1]:
        return html, ""
    return html[: found.start()] + html[found.end() :], unescape(words)


def _note(message: str, times: int) -> Note:
    if _STYLE.search(message):
        return Note(Urgency.CHANGED, "a style of Word became plain text", f"{message} ({times})")
    return Note(Urgency.LOST, "a part of a Word document was not understood", f"{message} ({times})")


def _property(core: bytes | None, name: str) -> str:
    if core is None:
        return ""
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(core, parser)
    except etree.XMLSyntaxError:
        return ""
    return next((" ".join((one.text or "").split()) for one in root if etree.QName(one).localname == name), "")
