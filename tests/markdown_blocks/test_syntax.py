"""Test that each mistake in a block is reported once, at its position, with a correction."""

from __future__ import annotations

import pytest
from msgspec import Struct

from plugins.base.problem import Position, Severity
from plugins.markdown_blocks.block_kinds import BLOCK_KINDS
from plugins.markdown_blocks.blocks import BLOCKS
from tests.markdown_blocks.world import errors, html, problems, world


class Mistake(Struct, frozen=True):
    """A source with a mistake, and the expected problem."""

    source: str
    name: str
    line: int
    column: int
    message: str
    hint: str = ""


SLIPS = {
    "a name with a typing mistake": Mistake(
        "/// qoute | A\nText.\n///", "unknown-block", 1, 1, "no block called `qoute`", "write `/// quote | Who said it`"
    ),
    "a name with spaces": Mistake(
        "/// call to action | T\nText.\n///", "unknown-block", 1, 1, "`call to action`", "/// call-to-action | A short"
    ),
    "a name with underscores": Mistake(
        "/// content_note\nText.\n///", "unknown-block", 1, 1, "`content_note`", "/// content-note"
    ),
    "a name from another site": Mistake(
        "/// admonition | T\nText.\n///", "unknown-block", 1, 1, "`admonition`", "use one of quote, reflection"
    ),
    "no name": Mistake("/// | T\nText.\n///", "unknown-block", 1, 1, "a block has no name"),
    "a name followed by a no-break space": Mistake(
        "/// reflection\xa0\n- Why?\n///", "unknown-block", 1, 1, "no block"
    ),
    "no bar": Mistake(
        "/// quote The charter\nText.\n///", "missing-bar", 1, 1, "without a bar", "write `/// quote | The charter`"
    ),
    "no source of a quotation": Mistake(
        "/// quote\nText.\n///", "missing-argument", 1, 1, "the source of the quotation"
    ),
    "a bar and no source": Mistake("/// quote |\nText.\n///", "missing-argument", 1, 1, "the source of the quotation"),
    "no heading of a call": Mistake("/// call-to-action\nText.\n///", "missing-argument", 1, 1, "needs a heading"),
    "no id": Mistake("/// help | ,\n///", "missing-argument", 1, 1, "the ids of help contacts"),
    "text after a block that takes none": Mistake(
        "/// content-note | Drugs\nText.\n///", "argument-not-taken", 1, 17, "takes nothing after its name", "next line"
    ),
    "text after such a block, without a bar": Mistake(
        "/// content-note Drugs\nText.\n///", "argument-not-taken", 1, 17, "takes nothing after its name"
    ),
    "no closing line": Mistake(
        "Text.\n\n/// quote | A\nText.\n", "unclosed-block", 3, 1, "`quote` is opened here and never closed", "`///`"
    ),
    "no closing line before another block": Mistake(
        "/// quote | A\nText.\n\n/// reflection\n- Why?\n///", "unclosed-block", 1, 1, "`quote` is opened here"
    ),
    "no closing line of an inner block": Mistake(
        "//// call-to-action | T\nText.\n\n/// help | samaritans\n////", "unclosed-block", 4, 1, "`help` is opened"
    ),
    "a closing line with nothing to close": Mistake("Text.\n\n///\n", "stray-closer", 3, 1, "none is open"),
    "a second closing line": Mistake("/// quote | A\nText.\n///\n///", "stray-closer", 4, 1, "none is open"),
    "a closing line that is too long": Mistake(
        "/// quote | A\nText.\n////", "closer-length", 3, 1, "4 slashes, but `quote` on line 1", "write `///`"
    ),
    "a closing line that is too short": Mistake(
        "//// quote | A\nText.\n///", "closer-length", 3, 1, "3 slashes, but `quote` on line 1", "write `////`"
    ),
    "a closing line of two slashes": Mistake(
        "/// quote | A\nText.\n//\n\n///", "too-few-slashes", 3, 1, "only two slashes", "write three"
    ),
    "an opening line of two slashes": Mistake("// quote | A\n", "too-few-slashes", 1, 1, "only two slashes"),
    "an inner block with as many slashes": Mistake(
        "/// call-to-action | T\nText.\n\n/// help | samaritans\n///\n///",
        "wrong-nesting",
        4,
        1,
        "fewer slashes than the one around it, `call-to-action` on line 1",
        "open and close `call-to-action` with `////`",
    ),
    "an inner block with more slashes": Mistake(
        "/// call-to-action | T\nText.\n\n//// help | samaritans\n////\n///",
        "wrong-nesting",
        4,
        1,
        "needs fewer slashes",
    ),
    "a block where it does not belong": Mistake(
        "//// quote | A\nText.\n\n/// reflection\n- Why?\n///\n////",
        "wrong-nesting",
        4,
        1,
        "`reflection` cannot stand inside a block `quote`",
        "close `quote` before this line",
    ),
    "no text": Mistake("/// quote | A\n///", "empty-block", 1, 1, "`quote` has no text"),
    "only blank lines": Mistake("/// reflection\n\n\n///", "empty-block", 1, 1, "`reflection` has no text"),
    "text where none is taken": Mistake(
        "/// help | samaritans\nCall them.\n///", "body-not-taken", 2, 1, "`help` takes no text", "after it"
    ),
    "questions without a list": Mistake(
        "/// reflection\nWhy?\n///", "reflection-without-list", 1, 1, "holds a list of questions", "begin each"
    ),
    "text straight before": Mistake(
        "Text.\n/// quote | A\nText.\n///", "block-needs-blank-line", 2, 1, "straight after other text", "blank line"
    ),
    "options": Mistake(
        "/// quote | A\n    attrs: {class: x}\nText.\n///", "block-options", 2, 5, "options", "take the line out"
    ),
    "an unknown commitment": Mistake(
        "/// commitments | we-listen-first, we-tell-the-thruth\n///",
        "unknown-commitment",
        1,
        36,
        "no commitment with the id `we-tell-the-thruth`",
        "write `we-tell-the-truth`",
    ),
    "an unknown help contact": Mistake(
        "Text.\n\n/// help | samaritan\n///", "unknown-contact", 3, 12, "no contact `samaritan`", "write `samaritans`"
    ),
    "a help contact like no other": Mistake(
        "/// help | zzz\n///", "unknown-contact", 1, 12, "no contact `zzz`", "content/register/help.yaml"
    ),
    "a block in a list": Mistake(
        "- An item\n\n    /// quote | A\n    Text.\n\n///",
        "block-inside-list",
        3,
        5,
        "inside a list",
        "begin every line",
    ),
    "a block as an item": Mistake("- /// quote | A\n\n///", "block-inside-list", 1, 3, "inside a list"),
    "a block in a note": Mistake("Text[^1].\n\n[^1]: /// quote | A\n\n///", "block-inside-list", 3, 7, "or a note"),
    "a block in a quotation": Mistake("> /// quote | A\n\n///", "block-inside-quote", 1, 3, "begin with `>`"),
    "a code fence that stays open": Mistake(
        "```\n/// quote | A\nText.\n///", "unclosed-fence", 1, 1, "never closed", "`"
    ),
}


@pytest.mark.parametrize("slip", [pytest.param(slip, id=case) for case, slip in SLIPS.items()])
def test_a_mistake_is_reported(slip: Mistake) -> None:
    """Each mistake is reported with its name, position, message and hint."""
    (problem, *others) = [problem for problem in problems(slip.source) if problem.name == slip.name]
    assert not others
    assert problem.position == Position(slip.line, slip.column)
    assert slip.message in problem.message
    assert slip.hint in problem.hint
    assert problem.severity is Severity.ERROR


@pytest.mark.parametrize("slip", [pytest.param(slip, id=case) for case, slip in SLIPS.items()])
def test_a_mistake_is_one_problem(slip: Mistake) -> None:
    """A mistake causes one problem, so that an author does not change valid text."""
    expected = {slip.name, "block-needs-blank-line"} if slip.name == "unclosed-fence" else {slip.name}
    assert {problem.name for problem in errors(slip.source)} <= expected


@pytest.mark.parametrize("slip", [pytest.param(slip, id=case) for case, slip in SLIPS.items()])
def test_wording_of_problems(slip: Mistake) -> None:
    """A message and a hint are one sentence without a full stop, and the name is in kebab-case."""
    for problem in problems(slip.source):
        assert not problem.message.endswith(".")
        assert not problem.hint.endswith(".")
        assert problem.name == problem.name.lower()
        assert " " not in problem.name


def test_all_mistakes_are_reported() -> None:
    """One run reports all mistakes in the order of the text, with the line numbers of the file."""
    source = "/// qoute | A\nText.\n///\n\n/// help | nobdy\n///\n\n/// reflection\nWhy?\n///\n"
    told = [(problem.name, problem.position.line) for problem in errors(source, world(first_line=20))]
    assert told == [("unknown-block", 20), ("unknown-contact", 24), ("reflection-without-list", 27)]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("```\n/// qoute\n```", id="a fence"),
        pytest.param("~~~~ md\n```\n/// qoute\n~~~~", id="a fence with a fence in it"),
        pytest.param("<!--\n/// qoute\n-->", id="a comment"),
        pytest.param("\\/// is how a block begins.", id="a backslash"),
        pytest.param("Neither and/or nor ///.", id="the middle of a line"),
        pytest.param("`///` begins a block.", id="code in a line"),
        pytest.param("See <https://example.org///x>.", id="an address"),
    ],
)
def test_other_slashes_are_no_blocks(source: str) -> None:
    """Slashes that do not begin a line of text are not a block."""
    assert problems(source) == ()


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("/// Quote | A\nText.\n///", id="a capital letter"),
        pytest.param("///quote|A\nText.\n///", id="no spaces"),
        pytest.param("  /// quote | A\nText.\n  ///  ", id="a little indented"),
        pytest.param("///// quote | A\nText.\n/////", id="more slashes"),
        pytest.param("/// quote | A | B\nText.\n///", id="a bar in the argument"),
        pytest.param("/// quote | A\n\nText.\n\n- a\n\n///", id="blank lines"),
        pytest.param("/// quote | A\nText.\n///\n/// quote | B\nText.\n///", id="one after another"),
        pytest.param("//// call-to-action | T\n/// help | samaritans\n///\n////", id="one in another"),
        pytest.param("/// quote | A\n```\n///\n```\n///", id="slashes in code"),
        pytest.param("## Help\n\n/// help | samaritans,shout\n\n///", id="ids without a space"),
        pytest.param("/// quote | A\nText.\n///\r\n", id="line ends of Windows"),
        pytest.param("/// quote | A\nText.\n///\nMore text.", id="text straight after"),
    ],
)
def test_valid_variants_are_accepted(source: str) -> None:
    """Small variations in the syntax of a block are valid."""
    assert "///" not in html(source).replace("<code>///", "")


def test_linter_and_renderer_know_the_same_blocks() -> None:
    """The check and the renderer know the same kinds of block."""
    assert {block.NAME for block in BLOCKS} == set(BLOCK_KINDS)
