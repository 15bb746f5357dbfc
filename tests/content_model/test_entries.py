"""Test the rules of each kind of entry."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment
from plugins.content_model.entry import Entry
from plugins.content_model.loader import parse_entry
from plugins.content_model.page import Page, Person
from plugins.content_model.story import Story, add_months, approval_hash
from tests.sites.writing import article, entry, fields, text

_CONSENT = {"ref": "x", "given_on": "2026-01-01", "form_version": "1", "scope": ["web"]}
_LOG = {"said": "a", "did": "b", "by_role": "c"}


def names(kind: type[Entry], /, **changes: Any) -> list[str]:
    """Return the names of the problems of an entry of ``kind`` with ``changes``."""
    made, problems = parse_entry(text(fields(kind, "a", **changes)), "a.md", kind)
    assert made is not None or problems
    return [problem.name for problem in problems]


@pytest.mark.parametrize("kind", [Article, Story, Commitment, Page, Person])
def test_a_valid_entry_has_no_problem(kind: type[Entry]) -> None:
    """The entries that other tests change are valid."""
    assert names(kind) == []


@pytest.mark.parametrize(
    ("kind", "changes", "expected"),
    [
        (Article, {"published": None}, ["missing-date"]),
        (Article, {"published": None, "status": "draft"}, []),
        (Page, {"published": None}, []),
        (Person, {"published": None}, []),
        (Article, {"updated": [{"on": "2026-05-31", "what": "x"}]}, ["dates-out-of-order"]),
        (Article, {"updated": [{"on": "2026-06-01", "what": "x"}]}, []),
        (
            Article,
            {"updated": [{"on": "2026-07-02", "what": "x"}, {"on": "2026-07-01", "what": "y"}]},
            ["dates-out-of-order"],
        ),
        (Article, {"expires": "2026-06-01"}, ["dates-out-of-order"]),
        (Article, {"reviewed_on": "2026-06-01", "review_due": "2026-06-01"}, ["dates-out-of-order"]),
        (Article, {"image": {"file": "a.jpg"}}, ["missing-alt"]),
        (Article, {"image": {"file": "a.jpg", "decorative": "true"}}, []),
        (Article, {"image": {"file": "a.jpg", "alt": "x", "decorative": "true"}}, ["decorative-with-alt"]),
        (Article, {"topics": ["a", "b", "a"]}, ["duplicate-topic"]),
        (Article, {"medical": "true"}, ["medical-without-source"]),
        (Article, {"medical": "true", "sources": [{"title": "a", "publisher": "b", "url": "https://a.org"}]}, []),
        (Article, {"kind": None}, ["missing-field"]),
        (Article, {"author": None}, ["missing-field"]),
        (Article, {"kind": "essay"}, ["unknown-choice"]),
        (Article, {"pathway": "mutual-aid"}, ["unknown-field"]),
        (Article, {"source": "x"}, ["unknown-field"]),
        (Article, {"title": ["a"], "published": "1/2/2026"}, ["wrong-type", "ambiguous-date"]),
        (Page, {"layout": "sidebar"}, ["unknown-choice"]),
        (Person, {"role": None}, ["missing-field"]),
        (Commitment, {"statement": "I listen."}, ["statement-voice"]),
        (Commitment, {"you_can_expect": "You are heard."}, ["expectation-voice"]),
        (Commitment, {"you_can_expect": "My voice counts."}, []),
        (Commitment, {"review_due": None}, ["missing-review-date"]),
        (Commitment, {"owner_role": None}, ["missing-field"]),
        (Commitment, {"redress": None}, ["missing-field"]),
        (Commitment, {"progress": "kept"}, ["kept-without-evidence"]),
        (Commitment, {"progress": "kept", "log": [{"on": "2026-06-01", "evidence": "e", **_LOG}]}, []),
        (Commitment, {"log": [{"on": "2026-06-02", **_LOG}, {"on": "2026-06-01", **_LOG}]}, ["dates-out-of-order"]),
        (Story, {"consent": _CONSENT}, ["illustrative-with-consent"]),
        (
            Story,
            {"illustrative": None},
            ["story-without-consent", "story-without-safeguarding", "story-without-approval"],
        ),
        (Story, {"illustrative": None, "status": "draft"}, []),
        (Story, {"narrator": {"display_name": "Ash Jones", "display": "full-name"}}, ["unknown-choice"]),
    ],
)
def test_the_rules_of_the_kinds(kind: type[Entry], changes: dict[str, Any], expected: list[str]) -> None:
    """Each rule that fields break, alone or together, has its name. Valid fields have none."""
    assert names(kind, **changes) == expected


def told_fields(**changes: Any) -> dict[str, Any]:
    """Return the fields of a story that a person told and approved."""
    made = fields(
        Story,
        "a",
        illustrative=None,
        consent=dict(_CONSENT),
        safeguarding={"reviewed_on": "2026-01-01", "by_role": "Lead"},
        **changes,
    )
    draft, problems = parse_entry(text({**made, "status": "draft"}), "a.md", Story)
    assert isinstance(draft, Story)
    assert not problems
    return {**made, "approved_text": approval_hash(draft)}


def test_an_approved_story_can_be_published() -> None:
    """A story with consent, a safeguarding review and the hash of the approved text can be published."""
    made, problems = parse_entry(text(told_fields()), "a.md", Story)
    assert not problems
    assert isinstance(made, Story)
    assert made.is_live(dt.date(2026, 11, 23))
    assert made.allows("web")
    assert not made.allows("feed")


def test_a_story_without_a_summary_can_be_approved() -> None:
    """A story without a summary can be approved as it is."""
    _, problems = parse_entry(text(told_fields(summary=None)), "a.md", Story)
    assert not problems


@pytest.mark.parametrize(
    ("change", "body"),
    [
        ({"title": "Another"}, "Some text.\n"),
        ({"summary": "Another."}, "Some text.\n"),
        ({}, "Some other text.\n"),
        ({"narrator": {"display_name": "Bo", "display": "pseudonym"}}, "Some text.\n"),
    ],
)
def test_a_change_after_approval_is_a_problem(change: dict[str, Any], body: str) -> None:
    """A story cannot be published after its title, summary, narrator or body differs from the approved text."""
    _, problems = parse_entry(text({**told_fields(), **change}, body), "a.md", Story)
    assert [problem.name for problem in problems] == ["text-changed-since-approval"]


def test_blank_lines_do_not_undo_an_approval() -> None:
    """A blank line that an editor adds at the end of the file does not undo an approval."""
    _, problems = parse_entry(text(told_fields(), "\n\nSome text.\n\n\n"), "a.md", Story)
    assert not problems


@pytest.mark.parametrize(
    ("consent", "changes", "expected"),
    [
        ({"expires": "2025-12-31"}, {}, ["dates-out-of-order"]),
        ({"expires": "2031-01-02"}, {}, ["consent-too-long"]),
        ({"expires": "2031-01-01"}, {}, []),
        ({"scope": ["feed"]}, {}, ["consent-out-of-scope"]),
        ({"scope": ["feed"]}, {"status": "draft"}, []),
        ({}, {"image": {"file": "a.jpg", "alt": "x"}}, ["consent-out-of-scope"]),
        ({"scope": ["web", "everywhere"]}, {}, ["unknown-choice"]),
        ({"note": "x"}, {}, ["unknown-field"]),
    ],
)
def test_consent_fails_closed(consent: dict[str, Any], changes: dict[str, Any], expected: list[str]) -> None:
    """Consent that has ended, lasts too long or does not cover what is shown is a problem."""
    made = {**told_fields(), "consent": {**_CONSENT, **consent}, **changes}
    _, problems = parse_entry(text(made), "a.md", Story)
    assert [problem.name for problem in problems] == expected


def test_consent_ends_on_its_day() -> None:
    """Consent lasts 24 months by default. A story is live on the last day and not on the next."""
    made, _ = parse_entry(text(told_fields()), "a.md", Story)
    assert isinstance(made, Story)
    assert made.is_live(dt.date(2027, 12, 31))
    assert not made.is_live(dt.date(2028, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-06-30", 0, "2026-06-30"),
    ],
)
def test_months_later(day: str, months: int, then: str) -> None:
    """The result is the same day months later, or the last day of a shorter month."""
    assert add_months(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(then)


@pytest.mark.parametrize(
    ("changes", "day", "live"),
    [
        ({}, "2026-06-01", True),
        ({}, "2026-05-31", False),
        ({"status": "draft"}, "2026-06-01", False),
        ({"status": None}, "2026-06-01", False),
        ({"expires": "2026-07-01"}, "2026-06-30", True),
        ({"expires": "2026-07-01"}, "2026-07-01", False),
    ],
)
def test_when_an_entry_is_live(changes: dict[str, Any], day: str, live: bool) -> None:
    """A published entry is live from its day until it expires. An entry is a draft by default."""
    assert article("a", **changes).is_live(dt.date.fromisoformat(day)) is live


def test_addresses_follow_the_kind() -> None:
    """An entry is in the section of its kind, and a page at the root. The home page and the 404 page are special."""
    assert article("a").permalink == "/articles/a/"
    assert entry(Story, "a").permalink == "/stories/a/"
    assert entry(Commitment, "a").permalink == "/commitments/a/"
    assert entry(Person, "a").permalink == "/people/a/"
    assert entry(Page, "a").permalink == "/a/"
    assert entry(Page, "a", layout="home").permalink == "/"
    assert entry(Page, "a", layout="not-found").permalink == "/404.html"


def test_the_day_of_the_last_change() -> None:
    """The last change of an entry is its last update, or its publication."""
    assert article("a").updated_on == dt.date(2026, 6, 1)
    assert article("a", updated=[{"on": "2026-07-01", "what": "x"}]).updated_on == dt.date(2026, 7, 1)
