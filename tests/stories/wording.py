"""Check the wording of a sample story."""

from __future__ import annotations

import unicodedata
from typing import Any

from plugins.base.problem import Problem
from plugins.content_model.loader import parse_entry
from plugins.content_model.story import Story
from plugins.markdown_blocks.block_scanner import outline
from plugins.stories.wording_rules import check_wording
from tests.sites.writing import fields, text

FILE = "stories/a/index.md"


def found(body: str = "Nothing.\n", **changes: Any) -> list[Problem]:
    """Return the problems in a sample story, and assert that each has the position of the words that it quotes."""
    whole = text(fields(Story, "a", **changes), body)
    story, problems = parse_entry(whole, FILE, Story)
    assert not problems, problems
    assert isinstance(story, Story)
    told = sorted(check_wording(story, outline), key=lambda problem: problem.sort_key)
    lines = whole.split("\n")
    for problem in told:
        assert problem.path == FILE
        quoted = problem.message.partition("“")[2].partition("”")[0]
        if quoted and problem.name != "identifying-details-in-body":
            here = lines[problem.position.line - 1][problem.position.column - 1 :]
            assert unicodedata.normalize("NFKC", here[:1]).casefold() == quoted[:1].casefold(), (problem, here)
    return told


def names(*problems: Problem) -> list[str]:
    """Return the names of ``problems``."""
    return [problem.name for problem in problems]
