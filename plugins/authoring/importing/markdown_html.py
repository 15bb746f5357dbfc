"""Render the Markdown of other programs as HTML."""

from __future__ import annotations

import re
from html import escape

from markdown_it import MarkdownIt

_NOTE = re.compile(
    r"^ {0,3}\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?:(?: {2,}|\t).*|[ \t]*(?=\n(?: {2,}|\t))))*)", re.MULTILINE
)
_MARK = re.compile(r"\[\^([^\[\]\s]+)\](?!:)")
_FENCE = re.compile(r" {0,3}(`{3,}+|~{3,}+)")
_CODE = re.compile(r"`[^`\n]+`")
#: Attribute lists after a block or inline element, as in kramdown.
_ATTRIBUTES = re.compile(r"^\{:[^}\n]*\}[ \t]*$|(?<=\S)\{:[^}\n]*\}|(?<=\S)[ \t]*\{[#.][\w -]+\}[ \t]*$", re.MULTILINE)


def to_html(markdown: str) -> str:
    """Return the HTML of ``markdown``: CommonMark with tables, strikethrough and footnotes."""
    text, codes = _without_code(markdown.replace("\r\n", "\n"))

    def show(text: str) -> str:
        return re.sub("\ue040(\\d+)\ue041", lambda match: codes[int(match[1])], text)

    text = _ATTRIBUTES.sub("", text)
    notes: dict[str, str] = {}

    def take(match: re.Match[str]) -> str:
        notes.setdefault(match[1], re.sub(r"^(?: {2,4}|\t)", "", match[2], flags=re.MULTILINE))
        return ""

    text = _NOTE.sub(take, text)
    numbers: dict[str, int] = {}

    def mark(match: re.Match[str]) -> str:
        name = match[1]
        if name not in notes:
            return match[0]
        number = numbers.setdefault(name, len(numbers) + 1)
        key = escape(name)
        return f'<sup><a id="md-mark-{key}" href="#md-note-{key}">{number}</a></sup>'

    text = _MARK.sub(mark, text)
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    html = str(parser.render(show(text)))
    items = "".join(
        f'<li id="md-note-{escape(name)}">{parser.render(show(notes[name]))}'
        f'<a href="#md-mark-{escape(name)}">↑</a></li>'
        for name in numbers
    )
    left = "".join(str(parser.render(show(note))) for name, note in notes.items() if name not in numbers)
    return html + (f"<ol>{items}</ol>" if items else "") + left


def _without_code(text: str) -> tuple[str, list[str]]:
    """Replace each code span and block in ``text`` by a placeholder. Return the text and the code."""
    codes: list[str] = []
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        opening = _FENCE.match(line)
        if fence:
            codes[-1] += f"\n{line}"
            if opening and opening[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif opening:
            fence = opening[1]
            lines.append(f"\ue040{len(codes)}\ue041")
            codes.append(line)
        else:
            lines.append(_CODE.sub(lambda match: _hidden(match, codes), line))
    return "\n".join(lines), codes


def _hidden(match: re.Match[str], codes: list[str]) -> str:
    codes.append(match[0])
    return f"\ue040{len(codes) - 1}\ue041"
