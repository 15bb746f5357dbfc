"""Convert the stored body of a WordPress post to plain HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import escape

from plugins.authoring.importing.item import PAGE_BREAK_LEFT_OUT, Note, Urgency, shortened
from plugins.authoring.importing.page_builders import BACKGROUND_LEFT_OUT, Gallery
from plugins.authoring.importing.paragraphs import with_paragraphs
from plugins.authoring.importing.shortcodes import replace_shortcodes
from plugins.base.line_ends import unix_line_ends

_BLOCK = re.compile(
    r"<!--\s*(?P<end>/?)wp:(?P<name>[a-z][a-z0-9_/-]*)(?P<data>\s+\{.*?\})?\s*(?P<alone>/?)\s*-->", re.DOTALL
)
_CUT = re.compile(r"<!--\s*(more.*?|noteaser|nextpage)\s*-->", re.DOTALL | re.IGNORECASE)
_FOOTNOTES = re.compile(r"<!--\s*wp:footnotes\b[^>]*-->")
#: Limit on nested patterns, because a pattern can include itself.
_DEEPEST = 5

#: Returns the body of a pattern (a block that several posts share) by its number, or None.
Pattern = Callable[[str], str | None]


def plain_html(body: str, *, gallery: Gallery, pattern: Pattern, footnotes: str = "") -> tuple[str, list[Note]]:
    """Return the HTML of ``body``, and notes on removed parts.

    Args:
        body: the stored text, of the classic editor, the block editor or a page builder.
        gallery: returns the pictures of a gallery.
        pattern: returns the body of a shared block.
        footnotes: the footnotes of the block editor, as JSON. They are not in the body.
    """
    notes: list[Note] = []
    text = _with_patterns(unix_line_ends(body), pattern, notes, _DEEPEST)
    text = _with_footnotes(text, footnotes)
    text = _without_cuts(text, notes)
    text, more = replace_shortcodes(text, gallery)
    notes += more
    if "<!-- wp:" not in text and not _BLOCK.search(text):
        return with_paragraphs(text), notes
    return _without_marks(text, notes), notes


def _with_patterns(text: str, pattern: Pattern, notes: list[Note], depth: int) -> str:
    def put_in(found: re.Match[str]) -> str:
        number = str(_data(found).get("ref", ""))
        inner = pattern(number) if depth else None
        if inner is None:
            notes.append(Note(Urgency.LOST, "a block that several posts shared is not in the export", number))
            return ""
        return _with_patterns(inner, pattern, notes, depth - 1)

    if "wp:block" not in text:
        return text
    return _BLOCK.sub(lambda found: put_in(found) if found["name"] == "block" and found["alone"] else found[0], text)


def _with_footnotes(text: str, footnotes: str) -> str:
    """Put ``footnotes`` at the end of ``text``. Each has a link back, as the old site showed it."""
    try:
        found = json.loads(footnotes or "[]")
    except ValueError:
        return text
    items = "".join(
        f'<li id="{escape(str(one["id"]))}">{one["content"]} <a href="#{escape(str(one["id"]))}-link">↩</a></li>'
        for one in (found if isinstance(found, list) else ())
        if isinstance(one, dict) and one.keys() >= {"id", "content"} and isinstance(one["content"], str)
    )
    if not items:
        return text
    return f"{_FOOTNOTES.sub('', text)}<!-- wp:list --><ol>{items}</ol><!-- /wp:list -->"


def _without_cuts(text: str, notes: list[Note]) -> str:
    def cut(found: re.Match[str]) -> str:
        name = found[1].split()[0].lower()
        what = PAGE_BREAK_LEFT_OUT if name == "nextpage" else "the mark where lists cut the text was left out"
        notes.append(Note(Urgency.LEFT_OUT, what))
        return "\n\n"

    return _CUT.sub(cut, text) if "<!--" in text else text


def _without_marks(text: str, notes: list[Note]) -> str:
    """Return ``text`` without block comments. Text outside every block is of the classic editor."""
    parts: list[str] = []
    depth = at = 0
    for found in _BLOCK.finditer(text):
        parts.append(_outside(text[at : found.start()], depth))
        at = found.end()
        if found["alone"]:
            if found["name"] not in {"spacer", "separator", "more", "nextpage", "post-title"}:
                what = "a block stood for something that only the old site could make"
                notes.append(Note(Urgency.LOST, what, shortened(f"{found['name']} {found['data'] or ''}")))
        elif address := _background(found, text):
            notes.append(Note(Urgency.LOST, BACKGROUND_LEFT_OUT, address))
            depth += 1
        elif found["end"]:
            depth = max(0, depth - 1)
        else:
            depth += found["name"] != "freeform"
    parts.append(_outside(text[at:], depth))
    return "\n".join(part for part in parts if part)


def _background(found: re.Match[str], text: str) -> str:
    """Return the address of the picture behind the block that ``found`` opens, unless an element shows it."""
    if found["end"] or found["name"] != "cover":
        return ""
    inner = text[found.end() :].partition("<!-- /wp:cover")[0]
    address = str(_data(found).get("url", ""))
    return "" if f'src="{address}"' in inner else address


def _outside(text: str, depth: int) -> str:
    return text if depth or not text.strip() else with_paragraphs(text)


def _data(found: re.Match[str]) -> dict[str, object]:
    try:
        read = json.loads(found["data"] or "{}")
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
