"""Build the views that templates and feeds receive from the entries of the library."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from plugins.base.files import to_nfc
from plugins.content_model.article import Article
from plugins.content_model.commitment import PROGRESS_MEANINGS, PROGRESS_WORDS, Commitment
from plugins.content_model.crisis_line import CRISIS_CONTACTS, needs_crisis_line
from plugins.content_model.entry import Entry
from plugins.content_model.library import Library
from plugins.content_model.page import Person
from plugins.content_model.registers import Topic
from plugins.content_model.story import PATHWAY_WORDS, ROLE_WORDS, Story
from plugins.views.body import Body
from plugins.views.excerpt import excerpt
from plugins.views.views import (
    ArticleView,
    Byline,
    Card,
    CommitmentView,
    ContactView,
    Dates,
    EntryView,
    Link,
    LogEntryView,
    PersonView,
    Picture,
    SafetyView,
    SourceView,
    StoryView,
    TopicView,
    UpdateView,
)

_V = TypeVar("_V", bound=EntryView)
_NO_BODY = Body.of("")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


class ViewBuilder:
    """Builds views of the entries of one library from their public fields. Views of entries and cards are cached.

    Args:
        library: the content.
        bodies: rendered texts by the entry's file. An entry without one has an empty body.
        pictures: by file, relative to the content folder.
        contacts: help contacts by id.
    """

    def __init__(
        self,
        library: Library,
        *,
        bodies: Mapping[str, Body],
        pictures: Mapping[str, Picture],
        contacts: Mapping[str, ContactView],
    ) -> None:
        self._library = library
        self._bodies = bodies
        self._pictures = pictures
        self._contacts = contacts
        self._cards: dict[str, Card] = {}
        self._entries: dict[str, EntryView] = {}
        self._bylines = {
            key: Byline(person.title, person.role, person.permalink) for key, person in library.people.items()
        }
        self._topics = {key: Link(topic.name, topic.permalink) for key, topic in library.topics.items()}
        self._unsafe = {key: topic for key, topic in library.topics.items() if topic.safety}

    def body(self, entry: Entry) -> Body:
        """Return the rendered text of ``entry``, empty if it has none."""
        return self._bodies.get(entry.source.path, _NO_BODY)

    def pending_label(self, entry: Entry) -> str:
        """Return ``Draft`` or ``Planned for <date>`` for an entry that is not published yet, else ""."""
        as_of = self._library.as_of
        if not entry.is_pending(as_of):
            return ""
        if entry.status == "draft" or entry.published is None:
            return "Draft"
        return f"Planned for {entry.published.isoformat()}"

    def summary(self, entry: Entry) -> str:
        """Return the entry's excerpt."""
        return excerpt(entry.summary, self.body(entry).first_paragraph)

    def picture(self, entry: Entry) -> Picture | None:
        """Return the entry's picture with the alt text and credit of its front matter, or None."""
        if entry.image is None:
            return None
        picture = self._pictures.get(picture_path(entry, entry.image.file))
        if picture is None:
            return None
        return replace(picture, alt=entry.image.alt or "", credit=entry.image.credit or "")

    def topics(self, entry: Entry) -> tuple[Link, ...]:
        """Return links to the entry's topics, in the order of its front matter."""
        return tuple(self._topics[key] for key in entry.topics if key in self._topics)

    def byline(self, entry: Entry) -> Byline | None:
        """Return the author of an article or a story, or None for other entries."""
        return self._bylines.get(entry.author) if isinstance(entry, Article | Story) else None

    def card(self, entry: Entry) -> Card:
        """Return the card of ``entry`` for lists."""
        path = entry.source.path
        if path not in self._cards:
            self._cards[path] = self._card(entry)
        return self._cards[path]

    def _card(self, entry: Entry) -> Card:
        byline = self.byline(entry)
        progress = entry.progress if isinstance(entry, Commitment) else None
        return Card(
            kind=entry.kind_name,
            title=entry.title,
            href=entry.permalink,
            summary=self.summary(entry),
            published=entry.published,
            author=byline.name if byline else "",
            topics=self.topics(entry),
            image=self.picture(entry),
            content_notes=entry.content_notes,
            illustrative=isinstance(entry, Story) and entry.illustrative,
            progress=progress or "",
            progress_words=PROGRESS_WORDS[progress] if progress else "",
            review_overdue=progress is not None and entry.is_overdue(self._library.as_of),
        )

    def entry(self, entry: Entry) -> EntryView:
        """Return the view of the fields that all entries share."""
        path = entry.source.path
        if path not in self._entries:
            self._entries[path] = self._entry(entry)
        return self._entries[path]

    def _entry(self, entry: Entry) -> EntryView:
        return view_of(
            EntryView,
            entry,
            summary=self.summary(entry),
            topics=self.topics(entry),
            author=self.byline(entry),
            image=self.picture(entry),
            sources=tuple(SourceView(s.title, s.publisher, s.url, s.accessed) for s in entry.sources),
            dates=self._dates(entry),
            body=self.body(entry),
        )

    def article(self, article: Article) -> ArticleView:
        """Return the view of an article."""
        return view_of(ArticleView, article, **_fields(self.entry(article)))

    def story(self, story: Story) -> StoryView:
        """Return the view of a story."""
        return view_of(
            StoryView,
            story,
            **_fields(self.entry(story)),
            narrator_name=story.narrator.display_name,
            narrator_role=ROLE_WORDS[story.narrator_role],
            pathway=PATHWAY_WORDS[story.pathway],
        )

    def commitment(self, commitment: Commitment) -> CommitmentView:
        """Return the view of a commitment."""
        return view_of(
            CommitmentView,
            commitment,
            **_fields(self.entry(commitment)),
            progress_words=PROGRESS_WORDS[commitment.progress],
            progress_meaning=PROGRESS_MEANINGS[commitment.progress],
            log=tuple(_log(commitment)),
            redress=self._contacts.get(commitment.redress),
        )

    def person(self, person: Person) -> PersonView:
        """Return the view of a person."""
        return PersonView(
            person.slug,
            person.title,
            person.role,
            self.summary(person),
            person.permalink,
            self.picture(person),
            self.body(person),
        )

    def topic(self, topic: Topic) -> TopicView:
        """Return the view of a topic."""
        count = len(self._library.by_topic[topic.key])
        return TopicView(topic.key, topic.name, topic.summary, topic.permalink, topic.safety or "", count)

    def safety(self, entry: Entry) -> tuple[SafetyView, ...]:
        """Return the safety texts of the entry's topics without those that it declines.

        A sentence that several texts share is in the last of them only.
        """
        declined = {item.topic for item in entry.safety_declined}
        texts = [topic.safety or "" for topic in self._unsafe_topics(entry) if topic.key not in declined]
        said: set[str] = set()
        shown: list[SafetyView] = []
        for text in reversed(texts):
            sentences = [sentence for sentence in _SENTENCE_END.split(text) if sentence not in said]
            said.update(sentences)
            if sentences:
                shown.insert(0, SafetyView(" ".join(sentences)))
        return tuple(shown)

    def crisis_line(self, subject: Entry | Topic) -> tuple[ContactView, ...]:
        """Return ``crisis_contacts`` if the page of ``subject`` needs them, else ()."""
        return self.crisis_contacts() if needs_crisis_line(subject, self._library) else ()

    def crisis_contacts(self) -> tuple[ContactView, ...]:
        """Return 999 and 111, without those that the register lacks."""
        return tuple(self._contacts[key] for key in CRISIS_CONTACTS if key in self._contacts)

    def _unsafe_topics(self, entry: Entry) -> tuple[Topic, ...]:
        return tuple(self._unsafe[key] for key in entry.topics if key in self._unsafe)

    def _dates(self, entry: Entry) -> Dates:
        return Dates(
            published=entry.published,
            updated=tuple(UpdateView(update.on, update.what) for update in entry.updated),
            reviewed_on=entry.reviewed_on,
            review_due=entry.review_due,
            review_overdue=entry.is_overdue(self._library.as_of),
        )


def picture_path(entry: Entry, file: str) -> str:
    """Return the path of a picture relative to the content folder. ``file`` is relative to the entry's folder."""
    return to_nfc(posixpath.normpath(posixpath.join(posixpath.dirname(entry.source.path), file)))


def _log(commitment: Commitment) -> Iterator[LogEntryView]:
    """Yield the log of a commitment for readers. The first recorded wording does not count as a change."""
    recorded: str | None = None
    for entry in commitment.log:
        changed = None not in {entry.wording, recorded} and entry.wording != recorded
        recorded = entry.wording or recorded
        yield LogEntryView(
            entry.on, entry.said, entry.did, entry.evidence or "", entry.by_role, changed, entry.next_review
        )


def view_of(view: type[_V], entry: Entry, **computed: Any) -> _V:  # noqa: ANN401 - the fields of any view
    """Return the view of an entry: each field that is not ``computed`` is the entry's own field of the same name.

    Raises:
        TypeError: when the view has a field that is private in the entry, also when it is computed.
    """
    names = frozenset(view.__struct_fields__)
    private = names & set(getattr(type(entry), "private", ()))
    if private:
        raise TypeError(f"{view.__name__} has the private fields {', '.join(sorted(private))}")
    return view(**{name: getattr(entry, name) for name in names - computed.keys()}, **computed)


def _fields(view: EntryView) -> dict[str, Any]:
    return {name: getattr(view, name) for name in EntryView.__struct_fields__}
