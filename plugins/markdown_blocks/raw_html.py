"""Raw HTML: which tags an author may write.

A text is Markdown. A tag that Markdown has no sign for may stand in a line, ``<abbr>`` or ``<sup>`` for example;
any other would bypass the checks on links, pictures and headings, or be taken out in the end with what the author
meant by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser

from plugins.content_model.problem import Problem
from plugins.markdown_blocks.context import Context
from plugins.markdown_blocks.places import Places
from plugins.markdown_blocks.sanitise import PHRASES, allows

_INSTEAD = {
    "a": "write the link as `[words](address)`",
    "img": "write the picture as `![what it shows](file.jpg)`",
    "table": "write the table with bars: `| A | B |`",
    "blockquote": "use a `quote` block, or begin the lines with `>`",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "write the heading as `## Heading`"),
    **dict.fromkeys(("ul", "ol", "li"), "begin each item with `- ` or `1. `"),
    **dict.fromkeys(("p", "div", "section"), "leave a blank line between paragraphs instead"),
}


def check_raw_html(pieces: Iterable[str], places: Places, context: Context) -> tuple[Problem, ...]:
    """Return a problem for each tag, and each attribute, that an author may not write.

    Args:
        pieces: the raw HTML that Markdown found in a text, piece by piece.
        places: where things stand in the text.
        context: the text's file.
    """
    problems = []
    for piece in pieces:
        reader = _Reader()
        reader.feed(piece)
        reader.close()
        for tag, attributes in reader.tags:
            if tag not in PHRASES:
                problems.append(
                    context.problem(
                        places.text(f"<{tag}", f"</{tag}"),
                        "raw-html",
                        f"the tag `<{tag}>` cannot stand in a text",
                        _INSTEAD.get(tag, "write it in Markdown, or take it out; for a `<` in a sentence, write `\\<`"),
                    )
                )
                continue
            problems += [
                context.problem(
                    places.text(name),
                    "unknown-attribute",
                    f"the attribute `{name}` is not allowed on `<{tag}>` and would be lost",
                    "take it out",
                )
                for name in attributes
                if not allows(tag, name)
            ]
    return tuple(problems)


class _Reader(HTMLParser):
    """Collects the tags that begin elements, and those that end one that was not begun."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in (begun for begun, _ in self.tags):
            self.tags.append((tag, ()))
