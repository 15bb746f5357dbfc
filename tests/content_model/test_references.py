"""Test the rules between entries."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from plugins.base.problem import Problem
from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment
from plugins.content_model.entry import Entry
from plugins.content_model.library import Library
from plugins.content_model.page import Page, Person
from plugins.content_model.references import check_references
from plugins.content_model.registers import HelpContact, Registers, Topic
from plugins.content_model.story import Story, approval_hash
from plugins.content_model.tombstone import Tombstone
from tests.sites.writing import TODAY, article, entry

_TOPIC = Topic(key="families", name="Families", summary="About families.")
_CONTACT = HelpContact.model_validate(
    {
        "id": "elm-tree-hub",
        "name": "Us",
        "who_for": "All",
        "number": "999",
        "hours": "Always",
        "nations": ["england"],
        "cost": "Free",
        "source": "Ourselves",
    },
)
_TOMBSTONE = Tombstone.model_validate(
    {
        "id": "entry-id-gone",
        "kind": "story",
        "address": "/stories/gone/",
        "published": "2026-01-01",
        "withdrawn_on": "2026-02-01",
    },
)


def problems(*entries: Entry) -> list[Problem]:
    """Return the problems between ``entries``."""
    registers = Registers({"families": _TOPIC}, {"elm-tree-hub": _CONTACT}, {}, {"entry-id-gone": _TOMBSTONE})
    return list(check_references(Library(entries, registers, TODAY)))


def test_valid_references() -> None:
    """References to an existing topic, person and contact are valid."""
    editor = entry(Person, "editor")
    assert problems(editor, article("a", topics=["families"]), entry(Commitment, "c", topics=["families"])) == []


@pytest.mark.parametrize(
    ("made", "name", "says", "mends"),
    [
        ((Article, "a", {"topics": ["famlies"]}), "unknown-topic", "no topic `famlies`", "did you mean `families`?"),
        ((Article, "a", {"topics": ["zebras"]}), "unknown-topic", "no topic `zebras`", "register/topics.yaml"),
        ((Article, "a", {"author": "editors"}), "unknown-person", "no person `editors`", "did you mean `editor`?"),
        (
            (Commitment, "c", {"redress": "elm-tree-hb"}),
            "unknown-contact",
            "no help contact `elm-tree-hb`",
            "`elm-tree-hub`",
        ),
        ((Article, "gone", {}), "withdrawn-id", "was withdrawn", "an id of its own"),
    ],
)
def test_a_broken_reference_is_a_problem(
    made: tuple[type[Entry], str, dict[str, Any]], name: str, says: str, mends: str
) -> None:
    """A reference to nothing is a problem that names the nearest existing key, if one is near."""
    kind, slug, changes = made
    (problem,) = problems(entry(Person, "editor"), entry(kind, slug, **changes))
    assert problem.name == name
    assert says in problem.message
    assert mends in problem.hint


def test_a_live_article_needs_a_live_author() -> None:
    """A live article needs a live author. A draft does not."""
    hidden = entry(Person, "editor", status="draft")
    assert [problem.name for problem in problems(hidden, article("a"))] == ["author-not-published"]
    assert problems(hidden, article("a", status="draft")) == []


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        (article("a", id="the-same-id"), article("b", id="the-same-id"), "duplicate-id"),
        (entry(Page, "a", layout="home"), entry(Page, "b", layout="home"), "duplicate-layout"),
    ],
)
def test_a_duplicate_id_names_both_files(first: Entry, second: Entry, name: str) -> None:
    """Two entries with one id or one layout have a problem at the second that names the first."""
    (problem,) = problems(entry(Person, "editor"), first, second)
    assert (problem.name, problem.path) == (name, second.source.path)
    assert first.source.path in problem.message


def test_an_unreadable_file_causes_no_broken_reference() -> None:
    """A reference to an entry that could not be read has no problem, because the entry has one."""
    unread = frozenset({"people/editor/index.md", "register/topics.yaml", "register/help.yaml"})
    entries = (article("a", topics=["work"]), entry(Commitment, "c"))
    assert len(list(check_references(Library(entries, Registers(), TODAY)))) == 3
    assert list(check_references(Library(entries, Registers(), TODAY, unread))) == []


def test_lapsed_consent_is_an_error() -> None:
    """A published story is an error from the day on which its consent ends."""
    consent = {"ref": "x", "given_on": "2024-01-01", "form_version": "1", "scope": ["web"]}
    draft = entry(
        Story,
        "a",
        illustrative=None,
        status="draft",
        consent=consent,
        safeguarding={"reviewed_on": "2024-01-01", "by_role": "x"},
    )
    story = draft.model_copy(update={"status": "published", "approved_text": approval_hash(draft)})
    editor = entry(Person, "editor")
    for day, names in ((dt.date(2025, 12, 31), []), (dt.date(2026, 1, 1), ["consent-lapsed"])):
        assert [problem.name for problem in check_references(Library((editor, story), Registers(), day))] == names
