"""Test the creation of an entry: slug, id, front matter, and refusals."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.authoring.new.create import DraftError, EntryCreator, NewEntryOptions
from plugins.authoring.new.naming import new_id, slug_of
from plugins.authoring.new.templates import FOLDERS
from plugins.base.prompts import Questions, UnansweredError
from plugins.content_model.loader import KINDS, load, parse_entry
from tests.sites.building import SITES
from tests.sites.writing import TODAY


@pytest.fixture(scope="module")
def creator() -> EntryCreator:
    """Return the creator of entries beside those of a small site."""
    base = SITES / "cases" / "base"
    library, _ = load(base, as_of=TODAY)
    return EntryCreator(library, base, contact="elm-tree-hub")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("A walk before work", "a-walk-before-work"),
        ("£5 & 20% of it", "5-pounds-and-20-per-cent-of-it"),
        ("Where’s Élise?", "wheres-elise"),
        ("$10 or €3", "10-dollars-or-3-euros"),
        ("???", ""),
    ],
)
def test_a_slug_transliterates_the_title(title: str, slug: str) -> None:
    """Symbols become words and accents are removed."""
    assert slug_of(title) == slug


@given(st.text())
def test_any_title_gives_a_draft_or_a_reason(title: str) -> None:
    """Any title gives a valid draft, or a sentence with the reason."""
    library, _ = load(Path("nowhere"), as_of=TODAY)
    try:
        file, text, _ = EntryCreator(library, Path("nowhere")).create(NewEntryOptions("page", title), TODAY)
    except DraftError as error:
        assert str(error)  # noqa: PT017 - whether there is one depends on the title
        return
    entry, problems = parse_entry(text, "pages/a/index.md", KINDS["pages"])
    assert entry is not None
    assert entry.title == " ".join(title.split())
    assert (problems, entry.slug, entry.status) == ([], file.parent.name, "draft")


def test_new_ids_are_unique() -> None:
    """New ids are valid and different."""
    made = {new_id(()) for _ in range(200)}
    assert len(made) == 200
    assert all(len(one) == 12 and one.isalnum() and one.islower() for one in made)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (NewEntryOptions("person", "Editorial team"), "that of people/editorial-team/index.md"),
        (NewEntryOptions("article", "Tea", author="nobody"), "--author: there is no `nobody`"),
        (NewEntryOptions("article", "Tea", author="editorial-tean"), "did you mean `editorial-team`?"),
        (NewEntryOptions("article", "Tea", author="editorial-team", topics="wrok"), "did you mean `work`?"),
        (NewEntryOptions("article", "Tea", slug="Tea!", author="editorial-team"), "write --slug tea"),
        (NewEntryOptions("page", "???"), "give it a --slug"),
        (NewEntryOptions("page", " "), "a title is needed"),
        (NewEntryOptions("page", "Tea", summary="x" * 161), "take out 1"),
        (NewEntryOptions("commitment", "Tea", redress="none"), "--redress: there is no `none`"),
    ],
)
def test_invalid_values_are_refused(creator: EntryCreator, options: NewEntryOptions, message: str) -> None:
    """A duplicate name, an unknown key and a long text are refused in a sentence with a correction."""
    with pytest.raises(DraftError, match=message.replace("?", r"\?")):
        creator.create(options, TODAY)


@pytest.mark.parametrize("kind", FOLDERS)
def test_questions_repeat_until_answered(creator: EntryCreator, kind: str) -> None:
    """Each question repeats with the reason until its answer is valid."""
    authored, with_topics = kind in {"article", "story"}, kind not in {"page", "person"}
    answers = ["", "Tea at noon", "Tea!", "", "x" * 200, "Tea."]
    answers += ["99", "1"] if authored else []
    answers += ["1, nothing", "1,2"] if with_topics else []
    shown = io.StringIO()
    options = creator.ask(NewEntryOptions(kind), Questions(io.StringIO("\n".join(answers) + "\n"), shown))
    assert (options.title, options.slug, options.summary) == ("Tea at noon", "tea-at-noon", "Tea.")
    assert bool(options.author) == authored
    assert len(options.topics.split(",")) == 2 if with_topics else not options.topics
    assert "a title is needed" in shown.getvalue()
    assert "take out 40" in shown.getvalue()
    creator.create(options, TODAY)


def test_a_closed_terminal_ends_the_questions(creator: EntryCreator) -> None:
    """At the end of input, the questions end with a sentence."""
    with pytest.raises(UnansweredError, match="nothing was written"):
        creator.ask(NewEntryOptions("page"), Questions(io.StringIO("Tea\n"), io.StringIO()))


@pytest.mark.parametrize("answer", ["2", "work", "Work", " WORK ", "Work and money", "9\nWORK"])
def test_a_choice_is_a_number_a_key_or_its_words(answer: str) -> None:
    """A choice may be a number, a key or a label of the list, in any case."""
    questions = Questions(io.StringIO(f"{answer}\n"), io.StringIO())
    known = {"families": "Families", "work": "Work and money"}
    assert questions.choices("Topic", known, several=False) == ("work",)


def test_the_only_choice_is_the_default() -> None:
    """With one choice, an empty answer selects it."""
    assert Questions(io.StringIO("\n"), io.StringIO()).choices("Author", {"a": "A"}, several=False) == ("a",)


def test_options_are_checked_before_questions(creator: EntryCreator) -> None:
    """An invalid option ends the command before the first question."""
    with pytest.raises(DraftError, match="--author: there is no `nobody`"):
        creator.ask(NewEntryOptions("article", author="nobody"), Questions(io.StringIO(), io.StringIO()))
