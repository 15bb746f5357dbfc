"""Test the import of web pages that Google Docs makes: lists, page breaks, comments, tables and notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.authoring.importing.google_docs import read_html
from plugins.authoring.importing.item import PAGE_BREAK_LEFT_OUT
from tests.authoring.importing.world import Rendering, converted

_RENDERING = Rendering()


def markdown(tmp_path: Path, body: str) -> str:
    """Return the Markdown of a page with ``body``, whose words are all kept."""
    (tmp_path / "Doc.html").write_text(f"<html><head><title>Doc</title></head><body>{body}</body></html>", "utf-8")
    made = converted(read_html(tmp_path / "Doc.html").html, _RENDERING)
    assert made.proof.holds, made.proof
    return made.markdown.strip()


def _list(tag: str, name: str, items: str, *, start: str = "") -> str:
    inner = "".join(f'<li class="c0 li-bullet-0"><span>{item}</span></li>' for item in items.split())
    number = f' start="{start or 1}"' if tag == "ol" else ""
    return f'<{tag} class="c3 lst-kix_{name}{"" if start else " start"}"{number}>{inner}</{tag}>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            _list("ul", "a-0", "one") + _list("ul", "a-1", "in1 in2") + _list("ul", "a-2", "deep")
            + _list("ul", "a-0", "two", start="2"),
            "- one\n    - in1\n    - in2\n        - deep\n- two",
        ),
        (
            _list("ol", "a-0", "one") + "\n" + _list("ul", "a-1", "in") + "\n" + _list("ol", "a-0", "two", start="2"),
            "1. one\n    - in\n2. two",
        ),
        (
            _list("ul", "a-0", "one") + _list("ol", "b-1", "in1") + _list("ol", "b-1", "in2", start="2"),
            "- one\n    1. in1\n    2. in2",
        ),
        (
            _list("ol", "a-0", "one two") + "<p>Between.</p>" + _list("ol", "a-0", "three", start="3"),
            "1. one\n2. two\n\nBetween.\n\n3. three",
        ),
        (
            _list("ul", "a-0", "one") + "<p>Between.</p>" + _list("ul", "b-1", "first") + _list("ul", "b-0", "second"),
            "- one\n\nBetween.\n\n- first\n- second",
        ),
        (_list("ul", "a-0", "one") + _list("ul", "a-2", "deep"), "- one\n    - deep"),
    ],
    ids=["levels", "kinds", "lists", "numbers", "begins deep", "skips a level"],
)  # fmt: skip
def test_lists_have_their_levels(tmp_path: Path, body: str, expected: str) -> None:
    """Lists that Google writes one after the other are nested again, and go on counting after a paragraph."""
    assert markdown(tmp_path, body) == expected


@pytest.mark.parametrize(
    "rule",
    [
        '<hr style="page-break-before:always;display:none;">',
        '<br style="page-break-before: always" clear="all">',
        '<hr style="page-break-after:always">',
    ],
)
def test_page_breaks_are_left_out(rule: str) -> None:
    """A rule or line break that only begins a new sheet of paper is left out and counted. A rule stays."""
    made = converted(f"<p>One.</p>{rule}<p>Two.</p><hr><p>Three.</p>", _RENDERING)
    assert made.markdown == "One.\n\nTwo.\n\n---\n\nThree.\n"
    assert [note.what for note in made.notes] == [PAGE_BREAK_LEFT_OUT]


def test_a_line_break_for_a_page_separates_words() -> None:
    """A page break within a paragraph does not join the words around it."""
    made = converted('<p>one<br style="page-break-before:always">two</p>', _RENDERING)
    assert made.markdown == "one two\n"
