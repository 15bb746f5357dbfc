"""Test the plan of output files."""

from __future__ import annotations

import pytest

from plugins.base.problem import Position
from plugins.engine.outputs import Outputs, Owner


def make() -> bytes:
    """Return the bytes of a file."""
    return b"x"


def test_files_come_in_the_order_of_their_paths() -> None:
    """The plan is sorted by path, whatever the order of the claims."""
    outputs = Outputs()
    for path in ("b", "a/index.html", "a"):
        outputs.add(path, Owner(path), make)
    assert [output.path for output in outputs] == ["a", "a/index.html", "b"]
    assert len(outputs) == 3


def test_two_owners_of_one_address_are_a_problem_that_names_both() -> None:
    """The second claim is a problem at its own position that names the file and line of the first."""
    outputs = Outputs()
    outputs.add("articles/a/index.html", Owner("articles/a.md", lambda: Position(4, 7)), make)
    outputs.add("articles/a/index.html", Owner("articles/b.md", lambda: Position(9, 3)), make)
    (problem,) = outputs.problems
    assert (problem.path, problem.position, problem.name) == ("articles/b.md", Position(9, 3), "address-claimed-twice")
    assert "`/articles/a/`" in problem.message
    assert "articles/a.md (line 4)" in problem.message


def test_case_does_not_tell_addresses_apart() -> None:
    """Addresses that differ only in case clash, because some hosts ignore case."""
    outputs = Outputs()
    outputs.add("blog/A.html", Owner("a.md"), make)
    outputs.add("blog/a.html", Owner("b.md"), make)
    assert [problem.path for problem in outputs.problems] == ["b.md"]


def test_a_file_where_another_needs_a_folder_is_a_problem() -> None:
    """An address below a file cannot be written, and the problem names both."""
    outputs = Outputs()
    outputs.add("old.html", Owner("a.md", lambda: Position(2, 1)), make)
    outputs.add("old.html/more/index.html", Owner("b.md", lambda: Position(3, 1)), make)
    (problem,) = outputs.problems
    assert (problem.path, problem.name) == ("b.md", "address-claimed-twice")
    assert "a.md (line 2)" in problem.message


@pytest.mark.parametrize("path", ["/index.html", "../index.html", "a/../../index.html"])
def test_no_file_is_planned_outside_the_output(path: str) -> None:
    """A path out of the output folder is refused."""
    with pytest.raises(ValueError, match="is not below the output folder"):
        Outputs().add(path, Owner("a.md"), make)
