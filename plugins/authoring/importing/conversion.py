"""Convert the HTML of one text into the site's Markdown, and compare the words before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from msgspec import Struct
from turbohtml import Element

from plugins.authoring.importing.footnotes import take_out_footnotes
from plugins.authoring.importing.html_cleaning import cleaned
from plugins.authoring.importing.html_headings import take_out_title
from plugins.authoring.importing.html_structure import put_in_order
from plugins.authoring.importing.html_to_markdown import to_markdown
from plugins.authoring.importing.item import Note, Urgency
from plugins.authoring.importing.own_blocks import make_own_blocks, mark_sources
from plugins.authoring.importing.to_dos import ToDo, to_do
from plugins.authoring.importing.word_proof import WordProof, compare, words_of, words_of_html

#: Names of elements, in words for a report.
_NAMES = {
    "p": "paragraphs", "h1": "headings", "h2": "headings", "h3": "headings", "h4": "headings", "h5": "headings",
    "h6": "headings", "li": "items of lists", "table": "tables", "img": "pictures", "a": "links", "pre": "code",
    "blockquote": "quotations", "dt": "terms", "hr": "rules",
}  # fmt: skip


class Converted(Struct, frozen=True):
    """A converted text.

    Attributes:
        markdown: the text.
        notes: remarks on parts that were changed or left out.
        proof: the comparison of its words.
        elements: number of elements of each kind in the source.
    """

    markdown: str
    notes: tuple[Note, ...]
    proof: WordProof
    elements: Counter[str]


#: Rewrites the addresses of links and pictures in a tree. Returns the words that it added, or removed (negative).
Resolve = Callable[[Element, list[Note]], Counter[str]]
#: Renders Markdown as the site does.
Render = Callable[[str], str]


def convert(html: str, *, resolve: Resolve, render: Render, title: str = "") -> Converted:
    """Convert ``html``.

    Args:
        html: the source, from any program.
        resolve: rewrites the addresses of links and pictures.
        render: renders the result, so that its words can be compared.
        title: the title of the text, which a first heading may repeat.

    Raises:
        TooDeepError: when it is nested too deeply.
    """
    root, notes = cleaned(html)
    take_out_title(root, title, notes)
    elements = Counter(_NAMES[element.tag] for element in root.iter_elements() if element.tag in _NAMES)
    footnotes = take_out_footnotes(root)
    source = words_of(root)
    for footnote in footnotes:
        source += words_of(footnote.content)
        source[str(footnote.number)] -= 1  # the number of the mark in the text
    if footnotes:
        elements["notes"] = len(footnotes)
    holders = [root, *(footnote.content for footnote in footnotes)]
    for holder in holders:
        mark_sources(holder)
        source.update(put_in_order(holder, notes))
        source.update(resolve(holder, notes))
    make_own_blocks(root, notes)
    markdown = to_markdown(root, footnotes)
    proof = compare(+source, words_of_html(render(markdown)))
    if not proof.holds:
        differences = "; ".join(
            f"{what}: {', '.join(words[:40])}"
            for what, words in (("lost", proof.lost), ("added", proof.added))
            if words
        )
        notes.append(
            to_do(ToDo.WORDS_LOST, differences)
            if proof.lost
            else Note(Urgency.CHANGED, "words were added to those of the source", differences)
        )
    return Converted(markdown, tuple(notes), proof, elements)
