"""Render: a body's Markdown to its HTML, with all that is wrong in it.

The way of a text: its outline, the linter over the outline, Python-Markdown on the lines as the outline understood
them, our changes to the tree, nh3 over the result, last.
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
from markdown.extensions.toc import TocExtension, TocTreeprocessor
from markdown.preprocessors import Preprocessor

from plugins.base.fingerprint import Lazy
from plugins.base.problem import Problem
from plugins.content_model.contact_details import check_contact_details, normalise_contact_detail
from plugins.markdown_blocks.anchor import anchor
from plugins.markdown_blocks.anchors import check_anchors
from plugins.markdown_blocks.block_parser import FastMarkdown
from plugins.markdown_blocks.block_scanner import outline
from plugins.markdown_blocks.blocks import OurBlocks
from plugins.markdown_blocks.bounds import TooMuchError, check_bounds, took_too_long
from plugins.markdown_blocks.comments import check_comments
from plugins.markdown_blocks.context import Context, Rendered
from plugins.markdown_blocks.footnotes import NoteSpaces, check_footnotes
from plugins.markdown_blocks.glossary import Glossary
from plugins.markdown_blocks.html_stats import Measures, measure
from plugins.markdown_blocks.inline import quicken
from plugins.markdown_blocks.leftovers import check_leftovers
from plugins.markdown_blocks.normalise import written
from plugins.markdown_blocks.raw_html import OnlyTags, check_raw_html
from plugins.markdown_blocks.render_state import RenderState
from plugins.markdown_blocks.sanitise import sanitise
from plugins.markdown_blocks.stray_markup import check_lists, check_readings
from plugins.markdown_blocks.syntax import Syntax, check
from plugins.markdown_blocks.tables import CheckedTable
from plugins.markdown_blocks.tree_processors import AddressTreeprocessor, HeadingTreeprocessor
from plugins.views.body import Body

_LANGUAGE = re.compile(r"[\w+-]+")


class Renderer:
    """Renders one text after another; building one costs as much as rendering a short text, so keep it."""

    def __init__(self) -> None:
        self._job = RenderState()
        self._glossary = Glossary()
        self._markdown = _markdown(self._job, self._glossary)

    def render(self, text: str, context: Context) -> Rendered:
        """Return the body that ``text`` makes.

        Args:
            text: Markdown; any text at all is rendered, and what is wrong in it is told.
            context: what it may refer to.

        Returns:
            The body, its links to parts of other entries, and all problems in the order of the text.
        """
        lines = outline(text)
        if too_much := tuple(check_bounds(lines, context)):
            return Rendered(Body(""), problems=too_much, given_up=True)
        syntax = check(lines, context)
        job = self._job
        job.start(syntax, context)
        try:
            html = self._convert(text, context)
        except (TooMuchError, RecursionError) as error:
            self.__init__()  # type: ignore[misc]  # Python-Markdown is in the midst of a text
            deep = isinstance(error, RecursionError)
            return Rendered(Body(""), problems=(took_too_long(context, lines, deep=deep),), given_up=True)
        measures = measure(html)
        job.problems += self._judge(text, syntax, measures)
        body = Body(html, tuple(job.headings), measures.first_paragraph, measures.words)
        links = tuple(use for use in job.links if use.anchor and use.target_path != context.path)
        problems = tuple(sorted(set(job.problems), key=lambda problem: problem.sort_key))
        return Rendered(body, links, problems, Lazy.of(measures.anchors))

    def _convert(self, text: str, context: Context) -> str:
        self._glossary.use(context.glossary)
        self._markdown.reset()
        self._markdown.begin()
        return sanitise(self._markdown.convert(text))

    def _judge(self, text: str, syntax: Syntax, measures: Measures) -> Iterator[Problem]:
        """Yield what is wrong with the body just rendered, besides what its processors reported."""
        job = self._job
        yield from syntax.problems
        yield from _not_made(job)
        yield from check_comments(job.lines, job.context)
        yield from check_lists(job.lines, job.context)
        yield from check_readings(job.lines, job.context)
        yield from check_footnotes(job.lines, job.context)
        yield from check_leftovers(measures.prose, job.places, job.context)
        yield from check_contact_details(text, job.context.path, job.context.first_line, partial(_known, job.context))
        raw = (piece for at, piece in enumerate(self._markdown.htmlStash.rawHtmlBlocks) if at not in job.trusted)
        yield from check_raw_html((piece for piece in raw if isinstance(piece, str)), job.places, job.context)
        here = (use for use in job.links if use.target_path == job.context.path)
        yield from check_anchors(here, {job.context.path: measures.anchors})
        for repeated in sorted(measures.repeated):
            yield job.context.problem(
                job.places.text(repeated),
                "repeated-anchor",
                f"two parts of this page have the id `{repeated}`, so a link to it is unclear",
                "give one of them another: `## Heading {#other-id}`",
            )


class LateRenderer:
    """A ``Renderer`` that is built when the first text needs it: most builds of a preview render one or none."""

    @cached_property
    def _renderer(self) -> Renderer:
        return Renderer()

    def render(self, text: str, context: Context) -> Rendered:
        """Return the body that ``text`` makes; see ``Renderer.render``."""
        return self._renderer.render(text, context)


def _known(context: Context) -> dict[str, str]:
    """Return the ids of contacts that a link can lead to, by the digits of their numbers and by address."""
    return {
        normalise_contact_detail(way): identifier
        for identifier in context.contacts
        for way in (context.contacts[identifier].number, context.contacts[identifier].email)
        if way
    }


def _not_made(job: RenderState) -> Iterator[Problem]:
    """Yield a problem if the blocks that were made are not those that stand in the source.

    A tag that is never closed can swallow a block that the linter found right, and Python-Markdown would not say so.
    """
    for at, block in enumerate(job.found):
        if job.blocks[at : at + 1] != [block.name]:
            yield job.context.problem(
                block.position,
                "block-not-understood",
                f"the block `{block.name}` was not understood",
                "leave a blank line before and after it, and begin its lines at the start of the line",
            )
            return


def render(text: str, context: Context) -> Rendered:
    """Return the body that ``text`` makes; for many texts keep a ``Renderer``.

    Args:
        text: Markdown; any text at all is rendered, and what is wrong in it is told.
        context: what it may refer to.
    """
    return Renderer().render(text, context)


class _OutlinePreprocessor(Preprocessor):
    """Gives Python-Markdown the lines as the outline understood them."""

    def __init__(self, md: Markdown, job: RenderState) -> None:
        super().__init__(md)
        self._job = job

    def run(self, _lines: list[str]) -> list[str]:
        return [*written(self._job.lines, self._code), "", ""]

    def _code(self, language: str, content: str) -> str:
        self._job.trusted.add(self.md.htmlStash.html_counter)
        return self.md.htmlStash.store(_code_html(language, content))


def _code_html(language: str, content: str) -> str:
    name = _LANGUAGE.match(language)
    attribute = f' class="language-{name[0]}"' if name else ""
    return f"<pre><code{attribute}>{html_text.escape(content, quote=False)}\n</code></pre>"


class _NamingTreeprocessor(TocTreeprocessor):
    """Gives headings their ids, and makes no list of contents, which a page makes for itself."""

    def build_toc_div(self, _tokens: list[Any]) -> Element:
        return Element("div")


class _Headings(TocExtension):
    """Python-Markdown's headings, without their list."""

    TreeProcessorClass = _NamingTreeprocessor


class _OurProcessors(Extension):
    """Puts our processors in their places among Python-Markdown's."""

    def __init__(self, job: RenderState) -> None:
        super().__init__()
        self._job = job

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.preprocessors.register(_OutlinePreprocessor(md, self._job), "outline", 25)
        md.parser.blockprocessors.register(CheckedTable(md.parser, self._job), "table", 75)
        # It would tidy lines that the outline has tidied.
        md.preprocessors.deregister("normalize_whitespace")
        md.treeprocessors.register(NoteSpaces(md), "note-spaces", 49)
        md.treeprocessors.register(AddressTreeprocessor(md, self._job), "addresses", 7.5)
        md.treeprocessors.register(HeadingTreeprocessor(md, self._job), "headings", 4)
        # An e-mail address in a text is a mistake to be told, not a link to be made.
        md.inlinePatterns.deregister("magic-mail")
        md.inlinePatterns.deregister("automail")


def _markdown(job: RenderState, glossary: Glossary) -> FastMarkdown:
    made = FastMarkdown(
        output_format="html",
        extensions=[
            "attr_list",
            "def_list",
            "footnotes",
            "sane_lists",
            "smarty",
            "tables",
            "pymdownx.betterem",
            "pymdownx.escapeall",
            "pymdownx.magiclink",
            "pymdownx.tilde",
            _Headings(marker="", slugify=anchor),
            glossary,
            OnlyTags(),
            OurBlocks(job),
            _OurProcessors(job),
        ],
        extension_configs={
            "footnotes": {"BACKLINK_TITLE": "Back to the text, note %d", "USE_DEFINITION_ORDER": False},
            "pymdownx.escapeall": {"hardbreak": True},
            "pymdownx.tilde": {"subscript": False},
        },
    )
    quicken(made)
    return made
