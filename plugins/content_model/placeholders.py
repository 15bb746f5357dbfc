"""The placeholder texts of new entries, and the check that no published entry contains one.

The templates of `inv new` consist of them.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator

from plugins.base.problem import Position, Problem
from plugins.content_model.entry import Entry
from plugins.content_model.markdown_line import COMMENT, without_code
from plugins.content_model.text_fields import text_values


class Placeholder(enum.StrEnum):
    """A placeholder text. It contains no apostrophes and quotation marks, because some editors replace these."""

    SUMMARY = "What a reader will find here, in one or two sentences"
    PICTURE = "What the picture shows, in a sentence, for people who do not see it."
    LOST_PICTURE = "A picture of the old site belongs here. Put it in, or take these words out."
    SOURCE = "What the source is called"
    PUBLISHER = "Who published the source"
    SOURCE_URL = "https://www.example.org/page"
    INTRODUCTION = "Say in two or three short sentences what a reader will find here."
    SUBJECT = "Say what this part is about"
    THOUGHT = "One thought a paragraph. Short sentences, and words that you would say aloud."
    HELP = "Say what may help"
    FIRST_THING = "Name one thing to try."
    SECOND_THING = "Name another thing to try."
    QUESTION = "A question that a reader can ask themselves."
    NARRATOR = "How the narrator is named"
    RECORD = "The number of the record, which is kept elsewhere"
    FORM = "The version that stands on the form"
    REVIEWER = "The role of the person who reviewed it"
    BEGINNING = "Begin where it began, in the words of the narrator."
    MIDDLE = (
        "What was hard, and what helped. Leave out amounts, prices and ways of using, and whatever could tell who "
        "somebody is."
    )
    END = "End with where the narrator is now."
    STATEMENT = "We say what we promise, in one sentence."
    EXPECTATION = "I know from this sentence what I can expect."
    PRACTICE = "Something that a reader could see for themselves."
    MADE_WITH = "The people with whom it was written"
    OWNER = "The role that answers for it"
    MEASURE = "How we will know that it is kept."
    REASONS = "Say why we promise this, and what we will do when we fail."
    PURPOSE = "Say first what people come here to find."
    NEXT = "Say what comes next"
    ROLE = "What this person or team does here"
    PERSON = "Say in two or three sentences who writes here, and what for."


#: Matches any of them.
_ANY = re.compile("|".join(map(re.escape, Placeholder)))


def remaining_placeholders(entry: Entry) -> Iterator[Problem]:
    """Yield a problem for each placeholder in the fields and the body of ``entry``, if it is published."""
    if entry.status != "published":
        return
    source = entry.source
    for way, value in text_values(entry, left_out=()):
        for placeholder in Placeholder if _ANY.search(value) else ():
            if placeholder in value:
                yield _problem(placeholder, source.path, source.positions.of(way), "write your own words in its place")
    body = _without_comments(source.body)
    words = " ".join(body.split())
    for placeholder in Placeholder if _ANY.search(words) else ():
        if placeholder in words:
            found = re.search(r"\s+".join(map(re.escape, placeholder.split())), body)
            place = Position(source.body_line).within(body, found.start() if found else 0)
            yield _problem(placeholder, source.path, place, "write your own words in its place, or delete it")


def _without_comments(body: str) -> str:
    """Return ``body`` with spaces in place of its comments, which are not published. Code shows theirs."""
    if "<!--" not in body:
        return body
    masked = "\n".join(without_code(line) for line in body.split("\n"))
    for comment in COMMENT.finditer(masked):
        start, end = comment.span()
        body = body[:start] + re.sub(r"\S", " ", body[start:end]) + body[end:]
    return body


def _problem(placeholder: Placeholder, path: str, position: Position, hint: str) -> Problem:
    message = f"“{placeholder}” stood here when the entry was begun, and readers would see it"
    return Problem(path, position, "placeholder-left", message, hint)
