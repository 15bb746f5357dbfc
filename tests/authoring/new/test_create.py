"""Beginning an entry: its slug, its id, its front matter, and what is refused."""

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
from tests.sites.building import CONTENT
from tests.sites.writing import TODAY


@pytest.fixture(scope="module")
def creator() -> EntryCreator:
    """Begins entries beside those of the site."""
    library, _ = load(CONTENT, as_of=TODAY)
    return EntryCreator(library, CONTENT, contact="help-me-stop")


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
def test_a_slug_says_what_the_title_says(title: str, slug: str) -> None:
    """Signs become the words that people say for them, and accents go."""
    assert slug_of(title) == slug


@given(st.text())
def test_any_title_makes_a_draft_or_a_reason(title: str) -> None:
    """Whatever the title, the draft is right, or a sentence says why there is none."""
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


def test_an_id_is_never_one_that_is_taken() -> None:
    """Ids are what the content model wants, and differ."""
    made = {new_id(()) for _ in range(200)}
    assert len(made) == 200
    assert all(len(one) == 12 and one.isalnum() and one.islower() for one in made)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            NewEntryOptions("article", "Sober summers", author="editorial-team"),
            "that of articles/sober-summers/index.md",
        ),
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
def test_what_cannot_be_used_is_named_with_a_mend(
    creator: EntryCreator, options: NewEntryOptions, message: str
) -> None:
    """A name that is taken, a key that is unknown and a text that is too long are refused in a sentence."""
    with pytest.raises(DraftError, match=message.replace("?", r"\?")):
        creator.create(options, TODAY)


@pytest.mark.parametrize("kind", FOLDERS)
def test_questions_are_asked_until_they_are_answered(creator: EntryCreator, kind: str) -> None:
    """Each question comes again until its answer can be used, and says what was wrong."""
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
    """When nobody answers any more, the questions end with a sentence."""
    with pytest.raises(UnansweredError, match="nothing was written"):
        creator.ask(NewEntryOptions("page"), Questions(io.StringIO("Tea\n"), io.StringIO()))


@pytest.mark.parametrize("answer", ["2", "work", "Work", " WORK ", "Work and money", "9\nWORK"])
def test_a_choice_is_a_number_a_key_or_its_words(answer: str) -> None:
    """What the list shows can be typed, in capitals or small letters; anything else is asked for again."""
    questions = Questions(io.StringIO(f"{answer}\n"), io.StringIO())
    known = {"families": "Families", "work": "Work and money"}
    assert questions.choices("Topic", known, several=False) == ("work",)


def test_no_answer_means_the_only_choice() -> None:
    """Where one thing can be chosen, it need not be typed."""
    assert Questions(io.StringIO("\n"), io.StringIO()).choices("Author", {"a": "A"}, several=False) == ("a",)


def test_what_was_said_is_judged_before_anything_is_asked(creator: EntryCreator) -> None:
    """A wrong option ends the command before a person has answered anything."""
    with pytest.raises(DraftError, match="--author: there is no `nobody`"):
        creator.ask(NewEntryOptions("article", author="nobody"), Questions(io.StringIO(), io.StringIO()))
