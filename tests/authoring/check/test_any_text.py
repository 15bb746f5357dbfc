"""Test that a check of any text gives a result without a traceback and reports what it cannot read."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.authoring.check.autofix import autofix
from plugins.authoring.check.command import problems_in
from plugins.authoring.check.entry_checker import EntryChecker
from plugins.authoring.check.people_first import Terms
from plugins.content_model.loader import parse_entry
from plugins.content_model.page import Page
from plugins.markdown_blocks.block_scanner import outline
from tests.authoring.check.world import content, page
from tests.examples import examples
from tests.sites.building import AS_OF

# fmt: off
_PIECES = st.sampled_from((
    "---", "–––", "title", "color", "teh", "addict", "2026-13-40", "https://a.example", "{filename}", "///",
    "/// quote - A", "/// help - none", "[a](", "![", "](", ")", ": ", "“", "”", "'", "- ", "1. ", "• ", "# ", "## ",
    "> ", "<", ">", "`", "```", "*", "_", "{", "}", "[^1]", "&a", "*a", "!b", "%", "@", "é", "|", '"', "\n", "\n\n",
    "\t", "  ", "\\", "\u0000", "\ufeff", "\u2028", "/// quote | A",
))
# fmt: on
_TEXT = st.lists(_PIECES | st.text(max_size=8), max_size=30).map("".join)
_PATH = "pages/a/index.md"


def checked(file: str) -> set[str]:
    """Return the names of the problems of a full check of ``file``."""
    with tempfile.TemporaryDirectory() as folder:
        return {problem.name for problem in problems_in(content(Path(folder), file), as_of=AS_OF)}


@settings(max_examples=examples(40))
@given(_TEXT)
@example("#0\x1f0")
def test_any_body_is_checked(body: str) -> None:
    """A full check accepts any body, with the problems of builds and of checks."""
    checked(page(body))


@settings(max_examples=examples(40))
@given(_TEXT)
def test_any_front_matter_is_read_or_reported(front_matter: str) -> None:
    """Front matter that cannot be read is reported and never skipped silently."""
    file = page("Text.\n").replace("title: A title", front_matter)
    entry, problems = parse_entry(file, _PATH, Page)
    assert entry is not None or problems
    if entry is None:
        assert checked(file)


@settings(max_examples=examples(200))
@given(_TEXT | _TEXT.map(page))
def test_fixes_are_idempotent_and_lose_no_word(file: str) -> None:
    """A fix of any file raises nothing, a second one changes nothing, and every letter and digit stays."""
    once = autofix(file, _PATH, Page, outline)
    assert autofix(once, _PATH, Page, outline) == once
    assert [c for c in once if c.isalnum()] == [c for c in file if c.isalnum()]


@given(_TEXT)
def test_findings_are_inside_the_file(body: str) -> None:
    """Each finding has a position inside the file, a message and a hint."""
    file = page(body.replace("\r", "\n"))
    entry, _ = parse_entry(file, _PATH, Page)
    if entry is None:
        return
    lines = file.split("\n")
    for problem in EntryChecker.of(entry, outline).findings(Terms({})):
        assert problem.position.column <= len(lines[problem.position.line - 1]) + 1
        assert problem.message
        assert problem.hint
