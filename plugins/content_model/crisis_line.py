"""Decide which pages name the emergency contacts, 999 and 111."""

from __future__ import annotations

from plugins.content_model.entry import Entry
from plugins.content_model.library import Library
from plugins.content_model.registers import EMERGENCY, URGENT, Topic
from plugins.content_model.story import Story

#: Ids of the contacts that the line names, in its order.
CRISIS_CONTACTS = (EMERGENCY, URGENT)


def needs_crisis_line(subject: Entry | Topic, library: Library) -> bool:
    """Return True if a person in a crisis may read the page of ``subject``.

    These are stories, topics with a safety text, and entries of such a topic, even if they decline the text.
    """
    if isinstance(subject, Topic):
        return subject.safety is not None
    return isinstance(subject, Story) or any(
        needs_crisis_line(library.topics[key], library) for key in subject.topics if key in library.topics
    )
