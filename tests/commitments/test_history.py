"""Test that the log must cover what is published."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.commitments.history import check_log
from plugins.content_model.commitment import wording_hash
from tests.commitments.world import log_entry, parse, recorded
from tests.sites.writing import TODAY

#: One line of text as front matter returns it: without characters that YAML refuses, and without white space.
WORDS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=12)


def names(made: dict[str, Any], as_of: dt.date = TODAY) -> list[str]:
    """Return the names of the problems of a commitment."""
    return [problem.name for problem in check_log(parse(made), as_of)]


def test_a_covered_promise_is_in_order() -> None:
    """A published commitment whose last log entry has its wording and review has no problem."""
    assert names(recorded()) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("statement", "We listen, mostly."),
        ("you_can_expect", "I am heard, mostly."),
        ("in_practice", ["We ask.", "We wait."]),
        ("in_practice", ["We wait."]),
        ("measure", "We never ask."),
    ],
)
def test_no_part_of_the_wording_changes_without_a_record(field: str, value: object) -> None:
    """A change of statement, expectation, practice or measure without a log entry stops the build."""
    (problem,) = check_log(parse({**recorded(), field: value}), TODAY)
    assert problem.name == "wording-changed-without-log"
    assert "inv record a --said" in problem.hint
    assert '--role "Editor"' in problem.hint


@given(st.data(), st.sampled_from(["statement", "you_can_expect", "measure", "in_practice"]))
def test_any_change_of_wording_is_seen(data: st.DataObject, field: str) -> None:
    """Any change of any wording is detected, and reverting it removes the problem."""
    before = {name: f"We {data.draw(WORDS)}" for name in ("statement", "you_can_expect", "measure")}
    practice = data.draw(st.lists(WORDS.map("- {}".format), min_size=1, max_size=3))
    made = recorded(**before, in_practice=practice)
    assert names(made) == []
    value = [*practice, "More."] if field == "in_practice" else f"{before[field]} {data.draw(WORDS)}"
    assert names({**made, field: value}) == ["wording-changed-without-log"]


@pytest.mark.parametrize("field", ["title", "summary", "owner_role", "made_with", "progress", "topics"])
def test_other_fields_may_change(field: str) -> None:
    """Other fields need no log entry."""
    value: object = {"progress": "limited", "topics": ["work"]}.get(field, "Another")
    assert names({**recorded(), field: value}) == []


def test_moving_words_between_fields_is_a_change() -> None:
    """The hash distinguishes where one text ends and the next begins."""
    one, other = parse(recorded(in_practice=["a", "b"])), parse(recorded(in_practice=["a b"]))
    assert wording_hash(one) != wording_hash(other)
    assert wording_hash(one) == wording_hash(parse(recorded(title="Another", in_practice=["a", "b"])))


def test_a_published_promise_has_a_recorded_wording() -> None:
    """A published commitment without a recorded wording stops the build. A draft does not."""
    made = recorded(log=[log_entry()])
    made["log"] = [log_entry(next_review=made["review_due"])]
    assert names(made) == ["wording-not-recorded"]
    assert names({**made, "status": "draft"}) == []


def test_the_newest_record_counts() -> None:
    """Only the newest recorded wording counts."""
    made = recorded()
    first = made["log"][0]
    changed = {**made, "statement": "We listen twice."}
    covered = {**changed, "log": [first, log_entry(wording=wording_hash(parse(changed)))]}
    assert names(covered) == []
    assert names({**covered, "statement": made["statement"]}) == ["wording-changed-without-log"]
    assert names({**covered, "log": [*covered["log"], log_entry()]}) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2027-06-01", []), ("2027-05-31", []), ("2027-06-02", ["review-moved-without-log"])],
)
def test_a_review_is_not_put_off_without_a_record(day: str, expected: list[str]) -> None:
    """A later day for the next review needs a log entry. An earlier one does not."""
    assert names({**recorded(), "review_due": day}) == expected


def test_a_review_that_was_never_recorded_stops_the_build() -> None:
    """Deleting the recorded day of the review stops the build."""
    made = recorded()
    log = [{**made["log"][0], "next_review": None}]
    log[0].pop("next_review")
    assert names({**made, "log": log}) == ["review-moved-without-log"]


@pytest.mark.parametrize(("day", "expected"), [("2026-11-23", []), ("2026-11-24", ["log-in-future"])])
def test_a_record_is_of_a_day_that_has_come(day: str, expected: list[str]) -> None:
    """No log entry may be later than the day of the build, also in a draft."""
    made = recorded(log=[log_entry(on=day)])
    assert names(made) == expected
    assert names({**made, "status": "draft"}) == expected


def test_a_scheduled_promise_may_carry_the_record_of_its_first_day() -> None:
    """A scheduled commitment may have a log entry of its day of publication, and none of a later day."""
    made = recorded(published="2026-12-24", log=[log_entry(on="2026-12-24")])
    assert names(made) == []
    assert names(recorded(published="2026-12-24", log=[log_entry(on="2026-12-25")])) == ["log-in-future"]
