"""Find markup that is not rendered, such as that of other programs, in the text that readers see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from plugins.base.late_pattern import late_pattern
from plugins.base.problem import Problem, Severity
from plugins.markdown_blocks.context import Context
from plugins.markdown_blocks.source_positions import SourcePositions

_BROKEN_LINK = re.compile(r"\](?:\(|\[|\s{1,3}\((?:https?:|help:|\{|#|/))\S{0,12}|\)\[(?:https?:|help:|\{|#|/)\S{0,12}")
_COMMENT = re.compile(r"<!(?:--|\N{EN DASH})")
#: Characters that smart punctuation inserts, which are not in the source.
_CHANGED = re.compile(r"[“”‘’–—…]")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


class Markup(Struct, frozen=True):
    """Markup that is not rendered.

    Attributes:
        pattern: matches it in the text that readers see.
        marks: every match contains at least one of these.
        hint: what to write instead.
    """

    pattern: re.Pattern[str]
    marks: tuple[str, ...]
    hint: str


_OTHER_PROGRAM = "take it out: it is a sign of another program, which comes to nothing here"
PATTERNS = (
    Markup(
        late_pattern(r"\*\*|(?<!\w)__(?=\w)|~~|\{[:#.][^{}]*\}|(?<!`)`{1,2}(?!`)"),
        ("**", "__", "~~", "{", "`"),
        "put the mark on both sides of the words, without a space inside; to show it, write it between backticks",
    ),
    Markup(late_pattern(r"==(?=[^\s=])[^=\n]*[^\s=]=="), ("==",), "write `**words**` for words that stand out"),
    Markup(late_pattern(r"^[^\S\n]*\[[ \u00a0xX]?\](?=\s)", re.MULTILINE), ("]",), "take the box out; a list has none"),
    Markup(late_pattern(r"!?\[\[[^\[\]\n]+\]\]"), ("[[",), "write `[words](address)`, or `![what it shows](file.jpg)`"),
    Markup(
        late_pattern(r"\[![A-Za-z]+\][+-]?|^(?:!!!|\?\?\?\+?) ?\w+|^:{3,}.*$|^\.\. \w+::", re.MULTILINE),
        ("[!", "!!!", "???", ":::", ".. "),
        "use a block, such as `/// content-note`, or plain words",
    ),
    Markup(late_pattern(r"\[\[?_?TOC_?\]?\]", re.IGNORECASE), ("TOC", "toc"), "take it out: each page lists its own"),
    Markup(
        late_pattern(r"\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}|%%[^%\n]+%%|\^\[(?:(?!\^\[)[^\]\n])+\]"),
        ("{{", "{%", "%%", "^["),
        _OTHER_PROGRAM,
    ),
    Markup(late_pattern(r"\[/?[a-z][\w-]*(?:\s+\w+=[^\[\]\n]+)\]|\[/[a-z][\w-]*\]"), ("=", "[/"), _OTHER_PROGRAM),
    Markup(late_pattern(r"<[!?][\w\[]"), ("<!", "<?"), _OTHER_PROGRAM),
    Markup(late_pattern(r":(?<![\w:]:)[a-z][a-z0-9_+-]+:(?![\w:])"), (":",), "write the sign itself, or its words"),
    Markup(
        late_pattern(r"&(?:[a-zA-Z][a-zA-Z0-9]+|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});"),
        ("&",),
        "write the character itself; its name is not known, or stands within another",
    ),
    Markup(
        late_pattern(r"^[ \t]*\|.*\|[ \t]*$", re.MULTILINE),
        ("|",),
        "leave a blank line before the table, and write below its head a row such as `|---|---|`, with as many cells",
    ),
    Markup(
        late_pattern(r"^[“”‘’\"']{3,}", re.MULTILINE), ("“", "”", "‘", "’", '"', "'"),
        "write three straight backticks for a fence of code; a quotation has one mark on each side",
    ),
    Markup(late_pattern(r"^(?:h[1-6]|bq)\. ", re.MULTILINE), ("\nh", "\nbq"), "write `## Heading` or `> words`"),
)  # fmt: skip


def check_unrendered_markup(text: str, positions: SourcePositions, context: Context) -> Iterator[Problem]:
    """Yield a problem for each sign of Markdown in what readers see.

    Args:
        text: the text of the body as readers see it, without code.
        positions: where things stand in the source.
        context: the source's file.
    """
    # So that each line follows a line break.
    text = f"\n{text}"
    for match in _found(_BROKEN_LINK, text, "]", ")["):
        yield context.problem(
            positions.text(match[0], match[0][:2], "]"),
            "broken-link",
            f"`{match[0]}` looks like part of a link, but the link was not understood",
            "write `[words](address)` without a space between the brackets, and close both",
        )
    if "<!" in text and _COMMENT.search(text):
        yield context.problem(
            positions.text("<!--"),
            "unclosed-comment",
            "a comment is opened here and never closed, so readers would see it",
            "write `-->` after it",
        )
    for leftover in PATTERNS:
        for match in _found(leftover.pattern, text, *leftover.marks):
            seen = match[0].strip()
            yield context.problem(
                positions.text(seen, seen.translate(_STRAIGHT), _CHANGED.split(seen)[0], seen[:2], seen[:1]),
                "stray-mark",
                f"readers would see `{seen}` as it is",
                leftover.hint,
                Severity.WARNING,
            )


def _found(pattern: re.Pattern[str], text: str, *marks: str) -> Iterator[re.Match[str]]:
    """Yield the matches of ``pattern``, each of which contains one of ``marks``."""
    # One character is found many times as fast as two, and most of them are missing.
    if any(mark[0] in text and mark in text for mark in marks):
        yield from pattern.finditer(text)
