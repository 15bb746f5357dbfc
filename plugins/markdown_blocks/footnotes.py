"""Check footnotes: references without a note, and notes without a reference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from markdown.extensions.footnotes import NBSP_PLACEHOLDER
from markdown.treeprocessors import Treeprocessor

from plugins.base.problem import Position, Problem, Severity
from plugins.content_model.markdown_line import Line
from plugins.markdown_blocks.context import Context
from plugins.markdown_blocks.source_positions import prose

_NOTE = re.compile(r" {0,3}\[\^([^\]]+)\]:")
_MARK = re.compile(r"(?<!\\)\[\^([^\]]+)\](?!:)")


def check_footnotes(lines: Sequence[Line], context: Context) -> tuple[Problem, ...]:
    """Return a problem for each reference without a note and each note without a reference.

    Args:
        lines: the outline of the source.
        context: the source's file.
    """
    notes: dict[str, Position] = {}
    marks: dict[str, Position] = {}
    for number, text in prose(line for line in lines if "[^" in line.source):
        note = _NOTE.match(text)
        if note:
            notes.setdefault(note[1], context.position(number, note.start(1) - 1))
        for mark in _MARK.finditer(text):
            marks.setdefault(mark[1], context.position(number, mark.start() + 1))
    without_note = [
        context.problem(
            position,
            "undefined-footnote",
            f"the mark `[^{name}]` has no note, so readers would see it as it is",
            f"write the note on a line of its own: `[^{name}]: text`",
        )
        for name, position in marks.items()
        if name not in notes
    ]
    without_mark = [
        context.problem(
            position,
            "unused-footnote",
            f"no mark leads to the note `{name}`",
            f"write `[^{name}]` where the note belongs, or take the note out",
            Severity.WARNING,
        )
        for name, position in notes.items()
        if name not in marks
    ]
    return (*without_note, *without_mark)


class NoteSpaces(Treeprocessor):
    """Inserts a plain space between a note and its back link.

    Python-Markdown inserts a placeholder, which would become part of an address at the end of a note.
    """

    def run(self, root: Element) -> None:
        """Change the notes below ``root``; must run before addresses become links."""
        for paragraph in root.iter("p"):
            if paragraph.text and NBSP_PLACEHOLDER in paragraph.text:
                paragraph.text = paragraph.text.replace(NBSP_PLACEHOLDER, " ")
