"""Test problems and their reports."""

from __future__ import annotations

import unicodedata
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.base.problem import WIDTH, Position, Problem, ProblemLog, Severity, format_problem, format_problems


def problem(
    path: str = "a.md",
    line: int = 1,
    column: int = 1,
    name: str = "x",
    severity: Severity = Severity.ERROR,
    *,
    brief: str = "",
) -> Problem:
    """Return a problem with a position."""
    return Problem(path, Position(line, column), name, "what is wrong", "what to do", severity, brief)


def test_problems_are_sorted() -> None:
    """Problems are sorted by file, line and column, whatever the order in which they were found."""
    log = ProblemLog()
    log.extend([problem("b.md"), problem("a.md", 10), problem("a.md", 9, 2), problem("a.md", 9, 1)])
    assert [(p.path, p.position.line, p.position.column) for p in log] == [
        ("a.md", 9, 1),
        ("a.md", 9, 2),
        ("a.md", 10, 1),
        ("b.md", 1, 1),
    ]


def test_the_same_problem_is_kept_once() -> None:
    """A problem that two rules find is reported once."""
    log = ProblemLog()
    log.extend([problem(), problem()])
    assert len(log) == 1


def test_only_errors_stop_a_build() -> None:
    """Warnings and advice are reported and are not among the errors."""
    log = ProblemLog()
    log.extend([problem(severity=Severity.WARNING), problem(line=2), problem(line=3, severity=Severity.ADVICE)])
    assert [p.position.line for p in log.errors] == [2]


def test_a_report_shows_the_position_and_the_hint() -> None:
    """A report has the file, line and column, the source line with a caret below the position, and a hint."""
    text = format_problem(problem(line=12, column=5), root="content", source_line=lambda _path, _line: "the bad line\n")
    assert text == (
        "error[x]: what is wrong\n  --> content/a.md:12:5\n   |\n12 | the bad line\n   |     ^\n   = mend: what to do"
    )


def test_a_report_without_a_source_line() -> None:
    """A problem of a file that cannot be read is reported without its line."""
    assert format_problem(problem(), root="", source_line=lambda _path, _line: None) == (
        "error[x]: what is wrong\n --> a.md:1:1\n  = mend: what to do"
    )


def test_the_caret_is_aligned() -> None:
    """Before the caret, tabs stay tabs and wide characters take two cells."""
    text = format_problem(problem(column=4), root="", source_line=lambda _path, _line: "\t日x!")
    assert text.splitlines()[4] == "  | \t   ^"


def test_control_characters_do_not_reach_the_terminal() -> None:
    """A control character in the source is replaced in the report."""
    text = format_problem(problem(), root="", source_line=lambda _path, _line: "a\x1b[31mb")
    assert "\x1b" not in text
    assert "a\N{REPLACEMENT CHARACTER}[31mb" in text


def test_brief_problems_are_grouped() -> None:
    """Brief problems come first: one line with the number of warnings, then each error, with one hint for a kind."""
    warning = problem("a.md", 3, name="stale", brief="stale things", severity=Severity.WARNING)
    other = problem("b.md", 4, name="stale", brief="stale things", severity=Severity.WARNING)
    error = problem("a.md", 1, name="stale", brief="stale things")
    second = problem("b.md", 1, name="stale", brief="stale things")
    full = problem("a.md", 2)
    show = partial(format_problems, root="content", source_line=lambda _path, _line: None)
    assert list(show([error, full, warning, other, second])) == [
        "warning: 2 stale things",
        "\n".join([*(f"error[stale]: what is wrong (content/{name}.md:1)" for name in "ab"), " = mend: what to do"]),
        format_problem(full, root="content", source_line=lambda _path, _line: None),
    ]
    assert list(show([warning])) == ["warning[stale]: what is wrong (content/a.md:3)\n = mend: what to do"]


def test_brief_warnings_may_be_listed() -> None:
    """Each has a line with its place, and a kind has one hint. Files outside the content have their plain path."""
    found = [
        Problem(path, Position(2), "to-do", "what", "do it", Severity.WARNING, "things", listed=True)
        for path in ("../settings.py", "a.md")
    ]
    assert list(format_problems(found, root="content", source_line=lambda _path, _line: None)) == [
        "warning[to-do]: what (settings.py:2)\nwarning[to-do]: what (content/a.md:2)\n = mend: do it"
    ]


@given(st.text(st.sampled_from("abc de\u00e9\u4e2d"), min_size=1, max_size=400), st.data())
def test_an_excerpt_is_cut_around_its_position(line: str, data: st.DataObject) -> None:
    """The excerpt of a line of any length fits a terminal, and the caret is below the position."""
    column = data.draw(st.integers(1, len(line) + 1))
    _, _, _, shown, caret, _ = format_problem(
        problem(line=12, column=column), root="", source_line=lambda _path, _line: line
    ).split("\n")
    assert _width(shown) <= WIDTH
    assert caret.endswith("^")
    assert len(caret) <= WIDTH + 1
    before = 0
    for at, character in enumerate(f"{shown}\n"):
        if before == len(caret) - 1:
            assert character == line[column - 1 : column] or (column > len(line) and character == "\n")
            assert (
                shown[5:at].lstrip("…") == line[: column - 1][len(line[: column - 1]) - len(shown[5:at].lstrip("…")) :]
            )
            return
        before += _width(character)
    raise AssertionError("the caret stands below nothing")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def test_a_long_line_is_shown_in_part() -> None:
    """A paragraph on one line does not fill the terminal, and text before the position is shown."""
    line = "Some days begin better outside. " * 40 + "Then a color came. " + "And we went on. " * 20
    text = format_problem(
        problem(line=9, column=line.index("color") + 1), root="", source_line=lambda _path, _line: line
    )
    shown, caret = text.split("\n")[3:5]
    assert shown[len(caret) - 1 :].startswith("color")
    assert shown.startswith("9 | …")
    assert shown.endswith("…")


def test_a_long_quotation_is_cut() -> None:
    """A message shortens a quotation that is too long to read."""
    told = Problem("a.md", Position(), "x", f"the address `{'a' * 5000}.png` is wrong", "mend it")
    assert len(told.message) < 130
    assert told.message.endswith("aaa.png` is wrong")


@pytest.mark.parametrize("message", ["the address `" + "a" * 90 + "` is wrong", "a " * 100])
def test_a_message_of_ordinary_length_is_not_cut(message: str) -> None:
    """A message of ordinary length is reported in full."""
    assert Problem("a.md", Position(), "x", message, "mend it").message == message
