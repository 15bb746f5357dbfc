"""Raw HTML: which tags an author may write.

A text is Markdown. A tag that Markdown has no sign for may stand in a line, ``<abbr>`` or ``<sup>`` for example;
any other would bypass the checks on links, pictures and headings, or be taken out in the end with what the author
meant by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from re import Match
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.htmlparser import HTMLExtractor
from markdown.inlinepatterns import HTML_RE, HtmlInlineProcessor
from markdown.preprocessors import Preprocessor

from plugins.base.problem import Problem
from plugins.markdown_blocks.context import Context
from plugins.markdown_blocks.sanitise import PHRASES, allows, sanitise, tags_in
from plugins.markdown_blocks.source_positions import SourcePositions

_INSTEAD = {
    "a": "write the link as `[words](address)`",
    "img": "write the picture as `![what it shows](file.jpg)`",
    "table": "write the table with bars: `| A | B |`",
    "blockquote": "use a `quote` block, or begin the lines with `>`",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "write the heading as `## Heading`"),
    **dict.fromkeys(("ul", "ol", "li"), "begin each item with `- ` or `1. `"),
    **dict.fromkeys(("p", "div", "section"), "leave a blank line between paragraphs instead"),
}


def check_raw_html(pieces: Iterable[str], places: SourcePositions, context: Context) -> tuple[Problem, ...]:
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
        for tag, attributes in (*reader.tags, *_kept(piece, reader)):
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


def _kept(piece: str, reader: _Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what would reach readers of ``piece`` and ``reader`` did not see: it reads HTML otherwise than browsers."""
    seen = {tag for tag, _ in reader.tags}
    yield from ((tag, ()) for tag in tags_in(sanitise(piece)) if tag not in seen)


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


class _Extractor(HTMLExtractor):
    """Takes the elements out of a text that Markdown leaves alone; anything else that begins with ``<`` is text."""

    def _as_text(self, i: int) -> int:
        self.handle_data(self.rawdata[i : i + 2])
        return i + 2

    def parse_comment(self, i: int, report: bool = True) -> int:  # noqa: ARG002, FBT001, FBT002 - as it is called
        """Pass over the mark: comments have been taken out by ``comments``."""
        return self._as_text(i)

    def parse_html_declaration(self, i: int) -> int:
        """Pass over the mark."""
        return self._as_text(i)

    def parse_pi(self, i: int) -> int:
        """Pass over the mark."""
        return self._as_text(i)


class _ElementPreprocessor(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        extractor = _Extractor(self.md)
        extractor.feed("\n".join(lines))
        extractor.close()
        return "".join(extractor.cleandoc).split("\n")


class _TagProcessor(HtmlInlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name and types
        self, m: Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        return (None, None, None) if m[1][1] in "!?" else super().handleMatch(m, data)


class OnlyTags(Extension):
    """Lets Python-Markdown know of no HTML but tags: what it takes for a comment may be none to a browser."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Replace the two processors that read HTML."""
        md.preprocessors.register(_ElementPreprocessor(md), "html_block", 20)
        md.inlinePatterns.register(_TagProcessor(HTML_RE, md), "html", 90)
