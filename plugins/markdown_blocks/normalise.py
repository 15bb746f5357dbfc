"""Rewrite a Markdown source so that Python-Markdown parses it as its author meant.

Python-Markdown flattens lists nested by two or three spaces, misses a list without a blank line before it, and parses
"1986. A year" as a list. The outline detects these, and this module writes its lines. Lists nested by four spaces and
text without lists do not change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from plugins.content_model.markdown_line import Line, LineKind
from plugins.markdown_blocks.block_scanner import outline

_MARKER_END = re.compile(r"^( *\d+)\)")
_LOOKS_LIKE_ITEM = re.compile(r"^( *\d*)([-*+.])")


def normalise(text: str) -> str:
    """Return ``text`` with line ends, tabs and lists as Python-Markdown understands them.

    Args:
        text: a Markdown source; any text is accepted.

    Returns:
        The same words on the same lines, with blank lines before lists and rules that lacked one, and without comments.
    """
    return "\n".join(written(outline(text)))


def written(lines: Iterable[Line], code: Callable[[str, str], str] | None = None) -> Iterator[str]:
    """Yield the normalised lines of an outline.

    Args:
        lines: the outline.
        code: returns the line that replaces a fence of code, given its language and content; without it, fences are
            kept.
    """
    language, content = "", list[str]()
    for line in lines:
        if line.kind is LineKind.COMMENT and not line.opens:
            continue  # the text before it continues
        if line.gap is not None:
            yield line.gap
        if line.kind is not LineKind.FENCE or code is None:
            yield _written(line)
        elif line.opens:
            language, content = line.text.lstrip("`~ "), []
        elif line.closes:
            blank = line.prefix.rstrip()
            yield from (blank, f"{line.prefix}{' ' * (line.indent or 0)}{code(language, chr(10).join(content))}", blank)
        else:
            content.append(line.text)


def _written(line: Line) -> str:
    text = line.text
    if line.kind is LineKind.FENCE:
        text = " " * (line.indent or 0) + text
    elif line.indent is not None:
        text = " " * line.indent + text.lstrip(" ")
    if line.kind is LineKind.ITEM:
        text = _MARKER_END.sub(r"\1.", text, count=1) if text.lstrip(" ")[0].isdigit() else text
    elif line.escape:
        text = _LOOKS_LIKE_ITEM.sub(r"\1\\\2", text, count=1)
    return f"{line.prefix}{text}" if text.strip() else line.prefix.rstrip()
