"""The first contacts of the help page."""

from __future__ import annotations

from typing import Any

import pytest

from plugins.help_register.contacts import views
from plugins.views.help_targets import help_targets
from tests.help_register.registers import registers

ALL = ["england", "scotland", "wales", "northern-ireland"]
ALWAYS: dict[str, Any] = {"hours": "24 hours a day, every day", "nations": ALL, "crisis": True}
LINE: dict[str, Any] = {**ALWAYS, "name": "Line", "number": "116 123"}
TEXT: dict[str, Any] = {**ALWAYS, "name": "Text", "text": {"number": "85258", "word": "SHOUT"}}


def chosen(**changes: dict[str, Any] | None) -> list[tuple[str, str]]:
    """The way and the id of each target of a register."""
    found, problems = views(registers(**changes).contacts, {})
    assert not problems
    return [(target.way, target.contact.id) for target in help_targets(found)]


def test_999_then_a_line_then_a_text_service() -> None:
    """The first of each sort in the register counts, whatever stands between them."""
    assert chosen(elm_tree_hub=None, samaritans=None, a=TEXT, b=LINE, c=TEXT, d=LINE) == [
        ("emergency", "emergency"),
        ("talk", "b"),
        ("text", "a"),
    ]


@pytest.mark.parametrize(
    "change",
    [{"hours": "See their website"}, {"hours": "24 hours at weekends"}, {"nations": ["wales"]}, {"crisis": False}],
    ids=["unknown hours", "some hours", "one nation", "no crisis line"],
)
def test_no_line_that_may_not_answer(change: dict[str, Any]) -> None:
    """A line that may be closed, serves some nations only or is not for a crisis is not among the first."""
    assert chosen(samaritans=None, line={**LINE, **change}) == [("emergency", "emergency")]


def test_111_is_not_for_talking() -> None:
    """NHS 111 is never the line to talk to, and an empty register has no target."""
    assert chosen(samaritans=None, nhs_111={**LINE, "number": "111"}) == [("emergency", "emergency")]
    assert help_targets({}) == ()
