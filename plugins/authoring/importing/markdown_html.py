"""Render the Markdown of other programs as HTML."""

from __future__ import annotations

import re
from html import escape

from markdown_it import MarkdownIt

from plugins.base.line_ends import unix_line_ends

_NOTE = re.compile(
    r"^ {0,3}\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?:(?: {2,}|\t).*|[ \t]*(?=\n(?: {2,}|\t))))*)", re.MULTILINE
)
_MARK = re.compile(r"\[\^([^\[\]\s]+)\](?!:)")
_FENCE = re.compile(r" {0,3}(`{3,}+|~{3,}+)")
_CODE = re.compile(r"`[^`\n]+`")
_LIST = r"\{(?:[#.]|[\w-]++=)[^{}\n]*\}"
#: Attribute lists after a block or inline element, as in kramdown, Goldmark and Pandoc.
_ATTRIBUTES = re.compile(
    rf"^\{{:[^}}\n]*\}}[ \t]*$|(?<=\S)\{{:[^}}\n]*\}}|(?<=\S)[ \t]*{_LIST}[ \t]*$|(?<=[)\]*_`]){_LIST}", re.MULTILINE
)
_ATTRIBUTE = re.compile(r"[#.][\w:-]+|[\w-]+=\S+")
#: The first line of a box of GitHub, which Hugo also shows.
_BOX = re.compile(r"^( {0,3}> ?)\[!([A-Za-z]+)\][+-]?[ \t]*$", re.MULTILINE)
_DEFINITION = re.compile(r"^ {0,3}:[ \t]+(\S.*)$")
#: A line that begins another block, so that it is no term.
_BLOCK = re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s|#{1,6}\s|[>|<])")
_INDENT = re.compile(r" {1,4}|\t")


def to_html(markdown: str) -> str:
    """Return the HTML of ``markdown``: CommonMark with tables, strikethrough, footnotes and definition lists."""
    text, codes = _without_code(unix_line_ends(markdown))

    def show(text: str) -> str:
        return re.sub("\ue040(\\d+)\ue041", lambda match: codes[int(match[1])], text)

    text = _ATTRIBUTES.sub(_without_attributes, text)
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
    text = _with_definitions(_BOX.sub(lambda match: f"{match[1]}**{match[2].capitalize()}**\n{match[1]}", text))
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    html = str(parser.render(show(text)))
    items = "".join(
        f'<li id="md-note-{escape(name)}">{parser.render(show(notes[name]))}'
        f'<a href="#md-mark-{escape(name)}">↑</a></li>'
        for name in numbers
    )
    left = "".join(str(parser.render(show(note))) for name, note in notes.items() if name not in numbers)
    return html + (f"<ol>{items}</ol>" if items else "") + left


def _without_attributes(match: re.Match[str]) -> str:
    """Return "" for a list of attributes, and any other text in braces as it is."""
    written = match[0].strip()
    names = re.sub(r'"[^"]*"', "x", written[1:-1]).split()
    return "" if written.startswith("{:") or all(map(_ATTRIBUTE.fullmatch, names)) else match[0]


def _with_definitions(text: str) -> str:
    """Return ``text`` with its definition lists as HTML elements around Markdown."""
    lines = text.split("\n")
    made: list[str] = []
    at = 0
    while at < len(lines):
        terms = _terms(made) if _DEFINITION.match(lines[at]) else []
        if not terms:
            made.append(lines[at])
            at += 1
            continue
        while made and (not made[-1].strip() or made[-1] in terms):
            made.pop()
        made += ["", "<dl>"]
        for term in terms:
            made += ["<dt>", "", term, "", "</dt>"]
        while at < len(lines) and _DEFINITION.match(lines[at]):
            words, at = _definition(lines, at)
            made += ["<dd>", "", *words, "", "</dd>"]
        made += ["</dl>", ""]
    return "\n".join(made)


def _terms(lines: list[str]) -> list[str]:
    """Return the lines at the end of ``lines`` that a definition may follow. One blank line may separate them."""
    end = len(lines) - 1 if lines and not lines[-1].strip() else len(lines)
    start = end
    while start and lines[start - 1].strip():
        start -= 1
    terms = lines[start:end]
    return [] if any(map(_BLOCK.match, terms)) else terms


def _definition(lines: list[str], at: int) -> tuple[list[str], int]:
    """Return the lines of the definition that begins at ``at``, without their indent, and the line after it."""
    found = _DEFINITION.match(lines[at])
    words = [found[1] if found else ""]
    at += 1
    while at < len(lines) and not _DEFINITION.match(lines[at]):
        after = next((place for place in range(at, len(lines)) if lines[place].strip()), len(lines))
        following = lines[after] if after < len(lines) else ""
        if after > at:
            if following.startswith(("  ", "\t")):
                words.append("")
                at = after
                continue
            return words, after if _DEFINITION.match(following) else at
        if at + 1 < len(lines) and _DEFINITION.match(lines[at + 1]) and not _INDENT.match(lines[at]):
            return words, at  # the next term
        words.append(_INDENT.sub("", lines[at], count=1))
        at += 1
    return words, at


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
