"""Convert the stored body of a WordPress post to plain HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from plugins.authoring.importing.item import PAGE_BREAK_LEFT_OUT, Note, Urgency
from plugins.authoring.importing.paragraphs import with_paragraphs
from plugins.authoring.importing.shortcodes import Gallery, replace_shortcodes

_BLOCK = re.compile(
    r"<!--\s*(?P<end>/?)wp:(?P<name>[a-z][a-z0-9_/-]*)(?P<data>\s+\{.*?\})?\s*(?P<alone>/?)\s*-->", re.DOTALL
)
_CUT = re.compile(r"<!--\s*(more.*?|noteaser|nextpage)\s*-->", re.DOTALL | re.IGNORECASE)
#: Limit on nested patterns, because a pattern can include itself.
_DEEPEST = 5

#: Returns the body of a pattern (a block that several posts share) by its number, or None.
Pattern = Callable[[str], str | None]


def plain_html(body: str, *, gallery: Gallery, pattern: Pattern) -> tuple[str, list[Note]]:
    """Return the HTML of ``body``, and notes on removed parts.

    Args:
        body: the stored text, of the classic editor, the block editor or a page builder.
        gallery: returns the pictures of a gallery.
        pattern: returns the body of a shared block.
    """
    notes: list[Note] = []
    text = _with_patterns(body.replace("\r\n", "\n").replace("\r", "\n"), pattern, notes, _DEEPEST)
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
                notes.append(Note(Urgency.LOST, what, f"{found['name']} {found['data'] or ''}".strip()[:200]))
        elif found["end"]:
            depth = max(0, depth - 1)
        else:
            depth += found["name"] != "freeform"
    parts.append(_outside(text[at:], depth))
    return "\n".join(part for part in parts if part)


def _outside(text: str, depth: int) -> str:
    return text if depth or not text.strip() else with_paragraphs(text)


def _data(found: re.Match[str]) -> dict[str, object]:
    try:
        read = json.loads(found["data"] or "{}")
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
