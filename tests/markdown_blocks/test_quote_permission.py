"""Quotations from literature of fellowships need a permission, which readers do not see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from plugins.base.problem import Problem, Severity
from plugins.markdown_blocks.context import Context, LinkTarget
from plugins.markdown_blocks.quote_permission import read_source
from plugins.markdown_blocks.render import render

LITERATURE = [
    "Alcoholics Anonymous, 4th edition, page 417",
    "The Big Book, page 58",
    "Twelve Steps and Twelve Traditions",
    "12 Steps & 12 Traditions, step one",
    "just for today, 4 May",
    "Basic Text, Narcotics Anonymous",
    "An AA pamphlet",
    "Al-Anon Family Groups",
    "Living Sober",
]
OTHERS = ["NHS", "Health and Safety Executive, guidance", "FRANK", "A nurse", "The basics, a text", "An anonymous note"]
CONTEXT = Context("pages/a/index.md")


def quote(source: str, **context: object) -> tuple[str, tuple[Problem, ...]]:
    """Return the HTML and the problems of a quotation from ``source``."""
    rendered = render(f"/// quote | {source}\nWords.\n///\n", replace(CONTEXT, **context))
    return rendered.body.html, rendered.problems


@pytest.mark.parametrize("source", LITERATURE)
def test_literature_without_permission(source: str) -> None:
    """Missing permission is an error in a release and a warning otherwise and in drafts."""
    for release, severity in ((False, Severity.WARNING), (True, Severity.ERROR)):
        _, (problem,) = quote(source, release=release)
        assert (problem.name, problem.severity, problem.position.line) == ("quote-without-permission", severity, 1)
    draft = {CONTEXT.path: LinkTarget("/a/", live=False, title="A")}
    _, (problem,) = quote(source, release=True, entries=draft)
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize("source", LITERATURE)
def test_permission_is_accepted_and_not_shown(source: str) -> None:
    """With a reference or a role there is no problem, and readers see only the source."""
    html, problems = quote(f"{source} | permission: letter XYZZY-7 of 2026, Editor", release=True)
    assert problems == ()
    assert "XYZZY" not in html
    assert "permission" not in html
    assert html.count("<figcaption>") == 1


@pytest.mark.parametrize("source", OTHERS)
def test_other_sources_need_no_permission(source: str) -> None:
    """Other sources need no permission."""
    html, problems = quote(source, release=True)
    assert problems == ()
    assert "<figcaption>" in html


@pytest.mark.parametrize(
    "slip",
    ["permission:", "permission: ", "permision: letter 7", "Permission letter 7", "permissions: 7", "permitted: 7"],
)
def test_misspelled_permission_is_an_error(slip: str) -> None:
    """A misspelled permission is an error and not part of the source."""
    html, problems = quote(f"The Big Book | {slip}")
    assert [problem.name for problem in problems] == ["bad-permission"]
    assert problems[0].severity is Severity.ERROR
    assert "letter" not in html


def test_permission_without_a_source_is_an_error() -> None:
    """A quotation must have a source."""
    _, problems = quote(" | permission: letter 7")
    assert [problem.name for problem in problems] == ["missing-argument"]


@given(st.text("ab |:permission", max_size=40))
def test_any_source_is_parsed(argument: str) -> None:
    """The source never contains the permission and loses no other text."""
    source = read_source(argument)
    if source.permission:
        assert argument.strip(" ").endswith(source.permission)
        assert source.words + source.permission != argument
    elif not source.slip:
        assert source.words == argument.strip(" ")
