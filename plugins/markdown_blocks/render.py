"""Render the Markdown of a body as HTML, and collect its problems.

The steps are the outline, the syntax checks, Python-Markdown on the normalised lines, the tree processors, and nh3.
"""

from __future__ import annotations

import html as html_text
import re
from collections.abc import Iterator
from functools import cached_property, partial
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, TocTreeprocessor
from markdown.preprocessors import Preprocessor
from pymdownx.escapeall import EscapeAllExtension
from pymdownx.magiclink import MagiclinkExtension

from plugins.base.fingerprint import Lazy
from plugins.base.problem import Problem
from plugins.content_model.contact_details import (
    check_contact_details,
    contact_detail_problem,
    contact_details,
    normalise_contact_detail,
)
from plugins.markdown_blocks.ambiguous_lines import check_lists, check_readings
from plugins.markdown_blocks.anchor_check import check_anchors
from plugins.markdown_blocks.block_parser import FastMarkdown
from plugins.markdown_blocks.block_scanner import outline
from plugins.markdown_blocks.blocks import BlockExtension
from plugins.markdown_blocks.character_references import check_character_references
from plugins.markdown_blocks.comments import check_comments
from plugins.markdown_blocks.complexity import TimeLimitError, abandoned_problem, check_complexity
from plugins.markdown_blocks.context import Context, Rendered
from plugins.markdown_blocks.emphasis import EmphasisExtension
from plugins.markdown_blocks.footnotes import NoteSpaces, check_footnotes
from plugins.markdown_blocks.glossary import Glossary
from plugins.markdown_blocks.heading_anchor import anchor
from plugins.markdown_blocks.html_stats import BLOCK_BREAK, Measures, measure
from plugins.markdown_blocks.inline import use_fast_inline_processors
from plugins.markdown_blocks.normalise import written
from plugins.markdown_blocks.raw_html import OnlyTags, check_raw_html
from plugins.markdown_blocks.render_state import RenderState
from plugins.markdown_blocks.sanitise import sanitise
from plugins.markdown_blocks.syntax import Syntax, check
from plugins.markdown_blocks.tables import CheckedTable
from plugins.markdown_blocks.tree_processors import AddressTreeprocessor, HeadingTreeprocessor
from plugins.markdown_blocks.unrendered_markup import check_unrendered_markup
from plugins.views.body import Body

_LANGUAGE = re.compile(r"[\w+-]+")


class Renderer:
    """Renders many texts. Creating a renderer takes as long as rendering a short text."""

    def __init__(self) -> None:
        self._state = RenderState()
        self._glossary = Glossary()
        self._markdown = _markdown(self._state, self._glossary)

    def render(self, text: str, context: Context) -> Rendered:
        """Return the rendered body of ``text``.

        Args:
            text: Markdown; any text is accepted.
            context: what the text may refer to.

        Returns:
            The body, its links to parts of other entries, and all problems in the order of the text.
        """
        lines = outline(text)
        if limit_problems := tuple(check_complexity(lines, context)):
            return Rendered(Body.of(""), problems=limit_problems, given_up=True)
        syntax = check(lines, context)
        state = self._state
        state.start(syntax, context)
        try:
            html = self._convert(text, context)
        except (TimeLimitError, RecursionError) as error:
            self.__init__()  # type: ignore[misc]  # the state of Python-Markdown is undefined
            deep = isinstance(error, RecursionError)
            return Rendered(Body.of(""), problems=(abandoned_problem(context, lines, deep=deep),), given_up=True)
        measures = measure(html)
        state.problems += self._check(text, syntax, measures)
        state.problems += check_character_references(text, html, context)
        body = Body.of(html, tuple(state.headings), measures.first_paragraph, measures.words)
        links = tuple(use for use in state.links if use.anchor and use.target_path != context.path)
        problems = tuple(sorted(set(state.problems), key=lambda problem: problem.sort_key))
        return Rendered(body, links, problems, Lazy.of(measures.anchors))

    def _convert(self, text: str, context: Context) -> str:
        self._glossary.use(context.glossary)
        self._markdown.reset()
        self._markdown.start_timer()
        return sanitise(self._markdown.convert(text))

    def _check(self, text: str, syntax: Syntax, measures: Measures) -> Iterator[Problem]:
        """Yield the problems of the rendered body that the processors did not report."""
        state = self._state
        yield from syntax.problems
        yield from _missing_blocks(state)
        yield from check_comments(state.lines, state.context)
        yield from check_lists(state.lines, state.context)
        yield from check_readings(state.lines, state.context)
        yield from check_footnotes(state.lines, state.context)
        yield from check_unrendered_markup(measures.prose, state.positions, state.context)
        yield from check_contact_details(
            text, state.context.path, state.context.first_line, partial(_contact_links, state.context)
        )
        yield from _check_shown_contacts(text, measures.prose, state)
        raw = (piece for at, piece in enumerate(self._markdown.htmlStash.rawHtmlBlocks) if at not in state.trusted)
        yield from check_raw_html((piece for piece in raw if isinstance(piece, str)), state.positions, state.context)
        here = (use for use in state.links if use.target_path == state.context.path)
        yield from check_anchors(here, {state.context.path: measures.anchors})
        for repeated in sorted(measures.repeated):
            yield state.context.problem(
                state.positions.text(repeated),
                "repeated-anchor",
                f"two parts of this page have the id `{repeated}`, so a link to it is unclear",
                "give one of them another: `## Heading {#other-id}`",
            )


class LazyRenderer:
    """A ``Renderer`` that is created on first use, because most preview builds render no text."""

    @cached_property
    def _renderer(self) -> Renderer:
        return Renderer()

    def render(self, text: str, context: Context) -> Rendered:
        """Return the rendered body of ``text``; see ``Renderer.render``."""
        return self._renderer.render(text, context)


def _contact_links(context: Context) -> dict[str, str]:
    """Return the Markdown links of contacts by phone number (digits only) and by e-mail address."""
    return {
        normalise_contact_detail(way): f"[{contact.name}](help:{identifier})"
        for identifier in context.contacts
        for contact in (context.contacts[identifier],)
        for way in (contact.number, contact.sms_href.removeprefix("sms:").partition("?")[0], contact.email)
        if way
    }


def _check_shown_contacts(text: str, prose: str, state: RenderState) -> Iterator[Problem]:
    """Yield a problem for each contact detail that readers see, and that ``text`` writes with marks or codes within.

    Each block is read alone, because the cells of a table are no parts of one number. Lines of a block are one text.

    Args:
        text: the source.
        prose: the text as readers see it, without code.
        state: what is known of the source.
    """
    if "@" not in prose and not contact_details(prose):
        return
    written = {normalise_contact_detail(detail.text) for detail in contact_details(text)}
    # Blocks show the numbers of the register.
    written |= _contact_links(state.context).keys()
    for block in prose.split(BLOCK_BREAK):
        for detail in contact_details(_in_one_line(block)):
            if detail.text not in text and normalise_contact_detail(detail.text) not in written:
                position = state.positions.text(detail.text, *re.findall(r"\w+", detail.text))
                yield contact_detail_problem(detail, state.context.path, position)


def _in_one_line(block: str) -> str:
    """Return the lines of ``block`` as one, with no space within an e-mail address that a line break divides."""
    joined = ""
    for words in filter(None, map(str.split, block.split("\n"))):
        last = joined.rpartition(" ")[2]
        divided = "@" in last[1:] and not contact_details(last)
        joined += " ".join(words) if divided or not joined else f" {' '.join(words)}"
    return joined


def _missing_blocks(state: RenderState) -> Iterator[Problem]:
    """Yield a problem if the rendered blocks differ from those in the source.

    An unclosed tag can hide a valid block from Python-Markdown, which reports no error.
    """
    for at, block in enumerate(state.found):
        if state.blocks[at : at + 1] != [block.name]:
            yield state.context.problem(
                block.position,
                "block-not-understood",
                f"the block `{block.name}` was not understood",
                "leave a blank line before and after it, and begin its lines at the start of the line",
            )
            return


def render(text: str, context: Context) -> Rendered:
    """Return the rendered body of one ``text``; use ``Renderer`` for many texts.

    Args:
        text: Markdown; any text is accepted.
        context: what the text may refer to.
    """
    return Renderer().render(text, context)


class _OutlinePreprocessor(Preprocessor):
    """Gives Python-Markdown the normalised lines of the outline."""

    def __init__(self, md: Markdown, state: RenderState) -> None:
        super().__init__(md)
        self._state = state

    def run(self, _lines: list[str]) -> list[str]:
        return [*written(self._state.lines, self._code), "", ""]

    def _code(self, language: str, content: str) -> str:
        self._state.trusted.add(self.md.htmlStash.html_counter)
        return self.md.htmlStash.store(_code_html(language, content))


def _code_html(language: str, content: str) -> str:
    name = _LANGUAGE.match(language)
    attribute = f' class="language-{name[0]}"' if name else ""
    return f"<pre><code{attribute}>{html_text.escape(content, quote=False)}\n</code></pre>"


class _NamingTreeprocessor(TocTreeprocessor):
    """Sets the ids of headings without a list of contents, which pages create themselves."""

    def build_toc_div(self, _tokens: list[Any]) -> Element:
        return Element("div")


class _Headings(TocExtension):
    """Python-Markdown's table-of-contents extension without the list."""

    TreeProcessorClass = _NamingTreeprocessor


class _ProcessorExtension(Extension):
    """Registers the project's processors with Python-Markdown."""

    def __init__(self, state: RenderState) -> None:
        super().__init__()
        self._state = state

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.preprocessors.register(_OutlinePreprocessor(md, self._state), "outline", 25)
        md.parser.blockprocessors.register(CheckedTable(md.parser, self._state), "table", 75)
        # The outline normalises white space.
        md.preprocessors.deregister("normalize_whitespace")
        md.treeprocessors.register(NoteSpaces(md), "note-spaces", 49)
        md.treeprocessors.register(AddressTreeprocessor(md, self._state), "addresses", 7.5)
        md.treeprocessors.register(HeadingTreeprocessor(md, self._state), "headings", 4)
        # E-mail addresses in texts are reported as problems.
        md.inlinePatterns.deregister("magic-mail")
        md.inlinePatterns.deregister("automail")


def _markdown(state: RenderState, glossary: Glossary) -> FastMarkdown:
    made = FastMarkdown(
        output_format="html",
        # Named extensions would be searched in the metadata of every installed library.
        extensions=[
            AttrListExtension(),
            DefListExtension(),
            FootnoteExtension(BACKLINK_TITLE="Back to the text, note %d", USE_DEFINITION_ORDER=False),
            SaneListExtension(),
            SmartyExtension(),
            TableExtension(),
            EmphasisExtension(),
            EscapeAllExtension(hardbreak=True),
            MagiclinkExtension(),
            _Headings(marker="", slugify=anchor),
            glossary,
            OnlyTags(),
            BlockExtension(state),
            _ProcessorExtension(state),
        ],
    )
    use_fast_inline_processors(made)
    return made
