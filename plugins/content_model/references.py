"""Check the references between entries and registers, and the uniqueness of ids, keys and layouts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec.structs import replace

from plugins.base.problem import Problem, Severity
from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment
from plugins.content_model.entry import Entry
from plugins.content_model.library import Library
from plugins.content_model.page import Page, Person
from plugins.content_model.story import Story
from plugins.content_model.validation import unknown_key_hint


def check_references(library: Library, *, release: bool = False) -> Iterator[Problem]:
    """Yield a problem for each unknown reference, each duplicate name, and each consent that is not in force.

    Args:
        library: the content.
        release: True makes an ended consent a warning, because the release leaves the story out.
    """
    people = {entry.slug: entry for entry in library.entries if isinstance(entry, Person)}
    for entry in library.entries:
        for number, key in enumerate(entry.topics):
            if key not in library.topics and not library.may_hold_more("register/topics.yaml"):
                yield _problem(
                    entry,
                    ("topics", number),
                    "unknown-topic",
                    f"there is no topic `{key}` in the register",
                    unknown_key_hint(key, library.topics, "topic", "register/topics.yaml"),
                )
        for number, declined in enumerate(entry.safety_declined):
            topic = library.topics.get(declined.topic)
            if topic is not None and not topic.safety:
                yield _problem(
                    entry,
                    ("safety_declined", number, "topic"),
                    "declined-without-safety",
                    f"the topic `{declined.topic}` has no safety text, so there is nothing to decline",
                    "delete the item, and  safety_declined:  too when it holds no other",
                )
        if isinstance(entry, Article | Story):
            yield from _author(entry, people, library)
        if (
            isinstance(entry, Commitment)
            and entry.redress not in library.contacts
            and not library.may_hold_more("register/help.yaml")
        ):
            yield _problem(
                entry,
                ("redress",),
                "unknown-contact",
                f"there is no help contact `{entry.redress}` in the register",
                unknown_key_hint(entry.redress, library.contacts, "contact", "register/help.yaml"),
            )
        if isinstance(entry, Story):
            yield from _on_the_day(entry, library.as_of, release=release)
    yield from _claimed_twice(library)


def _on_the_day(story: Story, as_of: dt.date, *, release: bool) -> Iterator[Problem]:
    for fault in story.violations_on(as_of):
        problem = _problem(story, fault.field, fault.name, fault.message, fault.hint)
        if release and fault.name == "consent-lapsed":
            left_out = f"{fault.message}, so the story is left out of the site"
            yield replace(problem, message=left_out, severity=Severity.WARNING)
        else:
            yield problem


def _author(entry: Article | Story, people: dict[str, Person], library: Library) -> Iterator[Problem]:
    person = people.get(entry.author)
    if person is None:
        if library.may_hold_more("people/"):
            return
        yield _problem(
            entry,
            ("author",),
            "unknown-person",
            f"there is no person `{entry.author}`",
            unknown_key_hint(entry.author, people, "person", "people/"),
        )
    elif entry.is_live(library.as_of) and not library.shows(person):
        yield _problem(
            entry,
            ("author",),
            "author-not-published",
            f"the entry is published, but its author's page `{person.source.path}` is not",
            f"publish {person.source.path}, or choose another author",
        )


def _claimed_twice(library: Library) -> Iterator[Problem]:
    ids: dict[str, Entry] = {}
    layouts: dict[str, Entry] = {}
    keys: dict[str, Entry] = {}
    feed_ids: dict[str, str] = {
        stone.feed_id: f"the withdrawn entry `{stone.id}`"
        for stone in library.registers.withdrawn.values()
        if stone.feed_id
    }
    for entry in library.entries:
        first = ids.setdefault(entry.id, entry)
        if first is not entry:
            yield _problem(
                entry,
                ("id",),
                "duplicate-id",
                f"the id `{entry.id}` is also that of {first.source.path}",
                "give the newer entry an id of its own; an id that was published never changes",
            )
        if entry.id in library.registers.withdrawn:
            yield _problem(
                entry,
                ("id",),
                "withdrawn-id",
                "an entry with this id was withdrawn and may not come back",
                "delete the entry; if it is a new one, give it an id of its own",
            )
        if isinstance(entry, Article | Story) and entry.feed_id:
            other = feed_ids.setdefault(entry.feed_id, entry.source.path)
            if other != entry.source.path:
                yield _problem(
                    entry,
                    ("feed_id",),
                    "duplicate-feed-id",
                    f"the id `{entry.feed_id}` in feeds is also that of {other}",
                    "delete the line in the entry that is not the one of the earlier site",
                )
        if isinstance(entry, Person):
            first = keys.setdefault(entry.slug, entry)
            if first is not entry:
                yield _problem(
                    entry,
                    ("slug",),
                    "duplicate-person",
                    f"the key `{entry.slug}` is also that of {first.source.path}",
                    "give one of the two another key",
                )
        if isinstance(entry, Page) and entry.layout != "page":
            first = layouts.setdefault(entry.layout, entry)
            if first is not entry:
                yield _problem(
                    entry,
                    ("layout",),
                    "duplicate-layout",
                    f"the layout `{entry.layout}` is also that of {first.source.path}",
                    "leave the layout to one of the two",
                )


def _problem(entry: Entry, field: tuple[str | int, ...], name: str, message: str, hint: str) -> Problem:
    return Problem(entry.source.path, entry.source.positions.of(field), name, message, hint)
