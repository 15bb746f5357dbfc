"""Check which HTML tags an author may write.

Tags without a Markdown equivalent, such as ``<abbr>`` or ``<sup>``, are allowed within a line. Other tags would bypass
the checks of links, pictures and headings, or be removed with what the author meant by them.
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
#: A table is reported once, and not each of its parts.
_PARTS_OF_TABLES = frozenset({"caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"})


def check_raw_html(fragments: Iterable[str], positions: SourcePositions, context: Context) -> tuple[Problem, ...]:
    """Return a problem for each tag, and each attribute, that an author may not write.

    Args:
        fragments: the raw HTML that Markdown found in a text.
        positions: looks up positions in the text.
        context: the text's file.
    """
    problems = []
    for fragment in fragments:
        reader = _Reader()
        reader.feed(fragment)
        reader.close()
        tags = [*reader.tags, *_missed_tags(fragment, reader)]
        in_table = any(tag == "table" for tag, _ in tags)
        for tag, attributes in tags:
            if in_table and tag in _PARTS_OF_TABLES:
                continue
            if tag not in PHRASES:
                problems.append(
                    context.problem(
                        positions.text(f"<{tag}", f"</{tag}"),
                        "raw-html",
                        f"the tag `<{tag}>` cannot stand in a text",
                        _INSTEAD.get(tag, "write it in Markdown, or take it out; for a `<` in a sentence, write `\\<`"),
                    )
                )
                continue
            problems += [
                context.problem(
                    positions.text(name),
                    "unknown-attribute",
                    f"the attribute `{name}` is not allowed on `<{tag}>` and would be lost",
                    "take it out",
                )
                for name in attributes
                if not allows(tag, name)
            ]
    return tuple(problems)


def _missed_tags(fragment: str, reader: _Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the tags of the sanitised ``fragment`` that ``reader``, which differs from browsers, did not find."""
    seen = {tag for tag, _ in reader.tags}
    yield from ((tag, ()) for tag in tags_in(sanitise(fragment)) if tag not in seen)


class _Reader(HTMLParser):
    """Collects start tags, and end tags without a start tag."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in (begun for begun, _ in self.tags):
            self.tags.append((tag, ()))


class _Extractor(HTMLExtractor):
    """Extracts raw HTML elements only; declarations and other constructs that begin with ``<`` are text."""

    def _as_text(self, i: int) -> int:
        self.handle_data(self.rawdata[i : i + 2])
        return i + 2

    def parse_comment(self, i: int, report: bool = True) -> int:  # noqa: ARG002, FBT001, FBT002 - as it is called
        """Treat the mark as text, because ``comments`` has removed all comments."""
        return self._as_text(i)

    def parse_html_declaration(self, i: int) -> int:
        """Treat the mark as text."""
        return self._as_text(i)

    def parse_pi(self, i: int) -> int:
        """Treat the mark as text."""
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
    """Limits Python-Markdown's raw HTML to tags, because it recognises comments differently than browsers."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Replace the two processors that read HTML."""
        md.preprocessors.register(_ElementPreprocessor(md), "html_block", 20)
        md.inlinePatterns.register(_TagProcessor(HTML_RE, md), "html", 90)
