"""Test the validation of models and the problems of invalid values."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.base.problem import Position, Problem
from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment
from plugins.content_model.entry import Entry
from plugins.content_model.loader import KINDS, parse_entry
from plugins.content_model.story import Story
from plugins.content_model.validation import closest_match
from tests.examples import examples
from tests.sites.writing import fields, text

_GOOD = text(fields(Article, "a"))


@pytest.mark.parametrize(
    ("old", "new", "name", "line", "column", "says", "mends"),
    [
        ("summary:", "sumary:", "unknown-field", 5, 1, "no field `sumary` in an article", "`summary`"),
        ("summary:", "Summary:", "unknown-field", 5, 1, "no field `Summary`", "`summary`"),
        ("summary:", "zzz:", "unknown-field", 5, 1, "no field `zzz`", "the fields are: aliases, author"),
        ("kind: guide", "kind: guid", "unknown-choice", 9, 7, "`kind` may not be `guid`", "did you mean `guide`?"),
        ("kind: guide", "kind: [guide]", "unknown-choice", 9, 7, "`kind` may not be this", "write one of"),
        (
            "kind: guide",
            "kind: guide\nimage: a.jpg",
            "wrong-type",
            10,
            8,
            "`image` needs fields of its own",
            "indented",
        ),
        (
            "kind: guide",
            "kind: guide\nimage:\n  file: a.jpg\n  alt: x\n  atl: y",
            "unknown-field",
            13,
            3,
            "`atl` in an image",
            "`alt`",
        ),
        (
            "kind: guide",
            "kind: guide\nupdated:\n  - on: 2026-07-01\n    what: x\n  - on: 7/2026",
            "ambiguous-date",
            13,
            9,
            "`updated[2].on`: `7/2026` is not",
            "year-month-day",
        ),
        (
            "kind: guide",
            "kind: guide\nupdated:\n  - on: 2026-07-01",
            "missing-field",
            11,
            5,
            "`what` is missing",
            "what: ...",
        ),
        ("kind: guide", "kind: guide\ntopics: work", "wrong-type", 10, 9, "a list is expected", "[one, two]"),
        ("kind: guide", "kind: guide\ntopics:", "empty-value", 10, 8, "the list is empty", "delete the line"),
        (
            "kind: guide",
            "kind: guide\naliases: [/a/, b]",
            "bad-alias",
            10,
            16,
            "`aliases[2]`: `b`",
            "/blog/2021/09/slug/",
        ),
        ("title: A title", "title:", "empty-value", 4, 7, "`title`: the field has no value", "after the colon"),
        ("title: A title", 'title: ""', "empty-value", 4, 8, "`title`: the field has no value", "quotation marks"),
        ("title: A title\n", "", "missing-field", 1, 1, "the field `title` is missing", "title: ..."),
        ("kind: guide", "kind: guide\nsource: x", "unknown-field", 10, 1, "no field `source`", "`sources`"),
    ],
)
def test_an_invalid_value_has_a_problem(
    old: str, new: str, name: str, line: int, column: int, says: str, mends: str
) -> None:
    """An invalid value is reported with its line, column and path in the author's terms, and what to write."""
    assert old in _GOOD
    _, problems = parse_entry(_GOOD.replace(old, new, 1), "a.md", Article)
    first = problems[0]
    assert (first.name, first.position) == (name, Position(line, column))
    assert says in first.message
    assert mends in first.hint


def test_front_matter_must_be_a_mapping() -> None:
    """Front matter that is a list or a text is one problem."""
    for wrong in ("- a\n- b", "just text"):
        _, problems = parse_entry(f"---\n{wrong}\n---\n", "a.md", Article)
        assert [problem.name for problem in problems] == ["wrong-type"]


def test_empty_front_matter_lacks_its_fields() -> None:
    """Empty front matter has a problem for each required field."""
    _, problems = parse_entry("---\n---\nText", "a.md", Article)
    assert {problem.name for problem in problems} == {"missing-field"}
    assert len(problems) == 5


def test_the_nearest_word() -> None:
    """A word with one wrong letter is recognised, another word is not, and the order of choices does not matter."""
    assert closest_match("famlies", ["students", "families"]) == "families"
    assert closest_match("zebra", ["students", "families"]) is None
    assert closest_match("ab", {"abc", "abd"}) == closest_match("ab", ["abd", "abc"])


_KEYS = st.sampled_from(
    sorted(
        {name for kind in KINDS.values() for name in kind.model_fields}
        | {"on", "what", "file", "alt", "ref", "url", "zzz"}
    )
)
_WORDS = st.sampled_from(
    [
        "a",
        "",
        "true",
        "2026-01-01",
        "9999-12-31",
        "0001-01-01",
        "1/2/2026",
        "published",
        "draft",
        "web",
        "kept",
        "/a/",
        "https://a.org",
        "We do",
        "I see",
        "guide",
        "pseudonym",
        "staff",
        "*",
        "~",
        "x" * 200,
    ]
)
_PARTS = st.recursive(
    _WORDS, lambda part: st.lists(part, max_size=3) | st.dictionaries(_KEYS, part, max_size=4), max_leaves=8
)


@given(st.sampled_from([Article, Story, Commitment]), st.dictionaries(_KEYS, _PARTS, max_size=6))
@settings(max_examples=examples(400))
def test_any_fields_give_an_entry_or_a_problem(kind: type[Entry], changes: dict[str, object]) -> None:
    """Any fields give an entry, or at least one problem inside the file, and no exception."""
    written = text({**fields(kind, "a"), **changes})
    made, problems = parse_entry(written, "a.md", kind)
    assert made is not None or problems
    _assert_inside(written, problems)


@given(
    st.text()
    | st.lists(st.sampled_from(["---", "—", "title: A", "a: [", "  b: c", "- d", "", "Text", "/// x"])).map("\n".join)
)
@settings(max_examples=examples(300))
def test_any_text_gives_an_entry_or_a_problem(raw: str) -> None:
    """Any text gives an entry, or at least one problem inside the file, and no exception."""
    written = raw.replace("\r\n", "\n").replace("\r", "\n")
    made, problems = parse_entry(written, "a.md", Article)
    assert made is not None or problems
    _assert_inside(written, problems)


def _assert_inside(written: str, problems: list[Problem]) -> None:
    lines = written.split("\n")
    for problem in problems:
        position = problem.position
        assert 1 <= position.line <= len(lines)
        assert 1 <= position.column <= len(lines[position.line - 1]) + 1
