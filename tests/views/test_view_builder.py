"""The views and their builder."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args, get_type_hints

import pytest
from msgspec import Struct

from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment
from plugins.content_model.library import Library
from plugins.content_model.loader import parse_entry
from plugins.content_model.page import Person
from plugins.content_model.registers import Registers, Topic
from plugins.content_model.story import Story, approval_hash
from plugins.views import views
from plugins.views.body import Body
from plugins.views.view_builder import ViewBuilder, picture_path, view_of
from plugins.views.views import Byline, Picture
from tests.sites.writing import TODAY, article, entry, fields, library, text

_PICTURE = Picture("/images/a-1.jpg", 10, 5, "")


def viewer(*entries: Any, bodies: dict[str, Body] | None = None) -> ViewBuilder:
    """A viewer of a library of ``entries``."""
    pictures = {"articles/a/a.jpg": _PICTURE}
    return ViewBuilder(library(*entries, topics=("work",)), bodies=bodies or {}, pictures=pictures, contacts={})


VIEWS = [
    kind
    for kind in vars(views).values()
    if isinstance(kind, type) and issubclass(kind, Struct) and kind not in (Struct, Body)
]


@pytest.mark.parametrize("view", VIEWS)
def test_views_have_no_private_fields(view: type[Struct]) -> None:
    """No view has a field for a private value of a story, and none contains an entry."""
    names = {*view.__struct_fields__}
    assert not names & {*Story.private, "ref", "given_on", "form_version", "scope", "by_role_of_review"}
    for hint in get_type_hints(view).values():
        for part in (hint, *get_args(hint)):
            assert "plugins.content_model.entry" not in str(part)
            assert "plugins.content_model.story" not in str(part)


def test_a_new_field_needs_no_line_in_the_builder() -> None:
    """A field of an entry is in its view when the view has a field of that name."""

    class Timed(Article):
        effort: str

    class TimedView(views.ArticleView, frozen=True):
        effort: str

    made = article("a")
    timed = Timed.model_construct(**made.__dict__, effort="An hour")
    shared = viewer(made).article(made)
    computed = {name: getattr(shared, name) for name in views.EntryView.__struct_fields__}
    assert view_of(TimedView, timed, **computed).effort == "An hour"


def test_a_view_with_a_private_field_is_refused() -> None:
    """Naming a private field in a view shows it nowhere: no view is made."""

    class TellingView(views.EntryView, frozen=True):
        consent: object

    told = Story.model_construct(consent="PRIVATE")
    for computed in ({}, {"consent": "PRIVATE"}):
        with pytest.raises(TypeError, match="TellingView has the private fields consent"):
            view_of(TellingView, told, **computed)


@pytest.mark.parametrize("view", VIEWS)
def test_views_do_not_change(view: type[Struct]) -> None:
    """Views are frozen."""
    assert view.__struct_config__.frozen


def test_private_values_are_in_no_view_of_a_story() -> None:
    """The words of a told story's consent, approval and review are in neither its page nor its card."""
    made = fields(
        Story,
        "a",
        illustrative=None,
        status="draft",
        consent={"ref": "PRIVATE-1", "given_on": "2026-01-02", "form_version": "PRIVATE-2", "scope": ["web"]},
        safeguarding={"reviewed_on": "2026-01-03", "by_role": "PRIVATE-3"},
    )
    draft, _ = parse_entry(text(made), "stories/a.md", Story)
    assert isinstance(draft, Story)
    digest = approval_hash(draft)
    story, problems = parse_entry(text({**made, "status": "published", "approved_text": digest}), "stories/a.md", Story)
    assert isinstance(story, Story)
    assert not problems
    shown = repr((viewer(story).story(story), viewer(story).card(story), viewer(story).entry(story)))
    for private in ("PRIVATE", digest, "datetime.date(2026, 1, 2)", "datetime.date(2026, 1, 3)"):
        assert private not in shown


def test_a_card_shows_the_excerpt() -> None:
    """Without a summary a card shows the beginning of the text."""
    plain = article("a", summary=None)
    bodies = {plain.source.path: Body.of("", first_paragraph="First.")}
    assert viewer(plain, bodies=bodies).card(plain).summary == "First."


def test_a_card_shows_author_topics_and_picture() -> None:
    """A card names the author, links the topics in the entry's order, and has the alt text of the front matter."""
    made = article("a", topics=["work"], image={"file": "a.jpg", "alt": "An alt", "credit": "Us"})
    card = viewer(made, entry(Person, "editor", title="Editors")).card(made)
    assert card.author == "Editors"
    assert [(link.label, link.href) for link in card.topics] == [("Work", "/topics/work/")]
    assert card.image == Picture("/images/a-1.jpg", 10, 5, "An alt", "Us")


def test_a_decorative_picture_has_an_empty_text() -> None:
    """A picture called decorative is shown with an empty alt text."""
    made = article("a", image={"file": "a.jpg", "decorative": "true"})
    card = viewer(made).card(made)
    assert card.image is not None
    assert card.image.alt == ""


def test_the_byline_is_a_role() -> None:
    """An article is signed with name, role and page of its author; a commitment is not signed."""
    made = article("a")
    assert viewer(made, entry(Person, "editor")).byline(made) == Byline("A title", "Editor", "/people/editor/")
    assert viewer().byline(entry(Commitment, "a")) is None


@pytest.mark.parametrize(("due", "overdue"), [("2026-11-22", True), ("2026-11-23", False), (None, False)])
def test_an_overdue_review_shows(due: str | None, overdue: bool) -> None:
    """A review is overdue from the day after it was due."""
    made = article("a", review_due=due)
    assert viewer(made).article(made).dates.review_overdue is overdue


def test_the_words_of_a_story_and_a_commitment() -> None:
    """Roles, pathways and progress come as words for a reader."""
    story, promise = entry(Story, "a", narrator_role="family"), entry(Commitment, "a")
    assert viewer(story).story(story).narrator_role == "a family member"
    assert viewer(story).story(story).pathway == "mutual aid"
    assert viewer(promise).commitment(promise).progress_words == "Some progress"
    assert viewer(promise).commitment(promise).log[0].on == dt.date(2026, 6, 1)


@pytest.mark.parametrize(
    ("file", "path"),
    [("a.jpg", "articles/a/a.jpg"), ("../b/b.jpg", "articles/b/b.jpg"), ("./a.jpg", "articles/a/a.jpg")],
)
def test_picture_path_is_relative_to_the_entry(file: str, path: str) -> None:
    """The file of a picture is relative to the folder of its entry."""
    assert picture_path(article("a"), file) == path


def test_a_sentence_of_several_safety_texts_is_said_once() -> None:
    """Of two topics that end with the same advice, the last says it. No other sentence is lost."""
    texts = {"alcohol": "Do not stop suddenly. Ask a doctor first.", "drugs": "Some are worse. Ask a doctor first."}
    topics = {key: Topic(key=key, name=key, summary=key, safety=safety) for key, safety in texts.items()}
    made = article("a", topics=list(topics))
    found = Library((made,), Registers(topics=topics), TODAY)
    safety = ViewBuilder(found, bodies={}, pictures={}, contacts={}).safety(made)
    assert [view.safety for view in safety] == ["Do not stop suddenly.", "Some are worse. Ask a doctor first."]
