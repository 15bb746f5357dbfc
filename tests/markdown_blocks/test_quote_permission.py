"""Quotations from the literature of fellowships need a permission, which readers do not see."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    """Return the HTML of a quotation from ``source``, and what is wrong with it."""
    rendered = render(f"/// quote | {source}\nWords.\n///\n", dataclasses.replace(CONTEXT, **context))  # type: ignore[arg-type]
    return rendered.body.html, rendered.problems


@pytest.mark.parametrize("source", LITERATURE)
def test_literature_without_permission_is_told(source: str) -> None:
    """It is a warning on an author's machine and an error in a release; in a draft it is a warning always."""
    for release, severity in ((False, Severity.WARNING), (True, Severity.ERROR)):
        _, (problem,) = quote(source, release=release)
        assert (problem.name, problem.severity, problem.position.line) == ("quote-without-permission", severity, 1)
    draft = {CONTEXT.path: LinkTarget("/a/", live=False, title="A")}
    _, (problem,) = quote(source, release=True, entries=draft)
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize("source", LITERATURE)
def test_a_permission_settles_it_and_is_not_shown(source: str) -> None:
    """With the reference of a permission, or the role that decided, nothing is told; readers see the source alone."""
    html, problems = quote(f"{source} | permission: letter XYZZY-7 of 2026, Editor", release=True)
    assert problems == ()
    assert "XYZZY" not in html
    assert "permission" not in html
    assert html.count("<figcaption>") == 1


@pytest.mark.parametrize("source", OTHERS)
def test_other_sources_need_none(source: str) -> None:
    """A source that is no fellowship's may be quoted with its name."""
    html, problems = quote(source, release=True)
    assert problems == ()
    assert "<figcaption>" in html


@pytest.mark.parametrize(
    "slip",
    ["permission:", "permission: ", "permision: letter 7", "Permission letter 7", "permissions: 7", "permitted: 7"],
)
def test_a_slip_is_told_and_not_printed(slip: str) -> None:
    """What means to be a permission and is none is an error, and does not stand in the page as part of the source."""
    html, problems = quote(f"The Big Book | {slip}")
    assert [problem.name for problem in problems] == ["bad-permission"]
    assert problems[0].severity is Severity.ERROR
    assert "letter" not in html


def test_a_permission_without_a_source_is_told() -> None:
    """A quotation always has a source."""
    _, problems = quote(" | permission: letter 7")
    assert [problem.name for problem in problems] == ["missing-argument"]


@given(st.text("ab |:permission", max_size=40))
def test_any_source_is_read(argument: str) -> None:
    """A permission is never part of what readers see, and nothing else of the source is lost."""
    source = read_source(argument)
    if source.permission:
        assert argument.strip(" ").endswith(source.permission)
        assert source.words + source.permission != argument
    elif not source.slip:
        assert source.words == argument.strip(" ")
