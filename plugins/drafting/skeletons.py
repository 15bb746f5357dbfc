"""Skeletons: what a new entry of each kind says before anybody has written it.

Each is a whole file. Values are put in as quoted YAML, so that no title can break it; notes say what a field is for,
and go when they are no longer needed.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a new entry.

    Attributes:
        kind: article, story, commitment, page or person.
        id: permanent.
        title: as readers see it.
        slug: the last part of its address.
        summary: for cards and searches; "" for none yet.
        author: key of a person; "" for kinds without one.
        topics: keys.
        on: today.
        redress: id of the help contact that a commitment names.
    """

    kind: str
    id: str
    title: str
    slug: str
    summary: str = ""
    author: str = ""
    topics: tuple[str, ...] = ()
    on: dt.date = dt.date.min
    redress: str = ""


#: The folder of each kind below the content folder.
FOLDERS = {
    "article": "articles",
    "story": "stories",
    "commitment": "commitments",
    "page": "pages",
    "person": "people",
}

#: Kinds that stand by themselves: they have no day in the life of the site, and topics do not list them.
STANDING = frozenset({"page", "person"})

_PICTURE = """\
# image:                     # a picture: put the file into this folder, and take the # from these three lines
#   file: cover.jpg          # its name, letter for letter
#   alt: "What it shows, in a sentence, for people who do not see it."
"""
_PICTURE_IN_TEXT = """\
<!-- A picture within the text: put the file into this folder, and write this on a line of its own, without the marks:
![What it shows, in a sentence.](name-of-the-file.jpg)
-->
"""


def write(draft: Draft) -> str:
    """Return the file of ``draft``."""
    front_matter, body = _KINDS[draft.kind](draft)
    return f"---\n{_common(draft)}{front_matter}{_PICTURE}---\n\n{body}\n{_PICTURE_IN_TEXT}"


def _common(draft: Draft) -> str:
    lines = [
        f"id: {draft.id}             # permanent: never change it",
        f"title: {quoted(draft.title)}",
        f"slug: {draft.slug}         # the last part of its address; change it before it is published, not after",
        f"summary: {quoted(draft.summary)}   # one or two sentences, 160 characters at most"
        if draft.summary
        else '# summary: "..."           # one or two sentences for cards and searches, 160 characters at most',
        "status: draft              # nobody sees it; write  published  when it is ready",
    ]
    if draft.kind not in STANDING:
        lines.append(f"published: {draft.on}      # the day on which it appears, year-month-day")
    if draft.topics:
        lines.append(f"topics: [{', '.join(draft.topics)}]   # keys of content/register/topics.yaml")
    elif draft.kind not in STANDING:
        lines.append("# topics: [wellbeing]      # keys of content/register/topics.yaml")
    if draft.author:
        lines.append(f"author: {draft.author}     # a folder of content/people/")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _article(draft: Draft) -> tuple[str, str]:
    front_matter = f"""\
kind: guide                # guide, opinion or news
medical: false             # true where it says anything about health; then it needs sources
# sources:                   # what the text rests on
#   - title: "..."
#     publisher: "..."
#     url: https://www.example.org/page
#     accessed: {draft.on}
# review_due: {_next_year(draft.on)}   # the day on which somebody reads it again
"""
    return (
        front_matter,
        """\
Say in two or three short sentences what a reader will find here.

## What it is about

One thought a paragraph. Short sentences, and words that you would say aloud.

## What may help

- One thing to try.
- Another one.

/// reflection
- A question that a reader can ask themselves.
///
""",
    )


def _story(_draft: Draft) -> tuple[str, str]:
    front_matter = """\
narrator:
  display_name: A friend     # how the narrator is named: never a full name
  display: pseudonym         # pseudonym, first-name or initial
narrator_role: person      # person, family, friend or staff
pathway: mutual-aid        # day-programme, residential, mutual-aid, community-support or family-support
# illustrative: true         # only for a sample that nobody told; the page says so
# Before a told story is published, it needs the narrator's consent, a safeguarding review, and  inv approve .
# consent:
#   ref: "number of the record, which is kept elsewhere"
#   given_on: 2026-01-31
#   form_version: "1"
#   scope: [web]             # web, feed, image, social, search: only what the narrator agreed to
# safeguarding:
#   reviewed_on: 2026-01-31
#   by_role: Safeguarding lead
"""
    return (
        front_matter,
        """\
Begin where it began, in the narrator's own words.

What was hard, and what helped. Leave out amounts, prices and ways of using, and whatever could tell who somebody is.

Where the narrator is now.
""",
    )


def _commitment(draft: Draft) -> tuple[str, str]:
    front_matter = f"""\
statement: We say what we promise, in one sentence.
you_can_expect: I know what I can expect.
in_practice:
  - Something that a reader could see for themselves.
made_with: The people with whom it was written
owner_role: Community lead # a role, never a name
measure: How we will know that it is kept.
progress: not-started      # not-started, limited, substantial, kept, not-kept, changed or retired
log: []                    # written by  inv record
review_due: {_next_year(draft.on)}
redress: {draft.redress}     # a help contact of content/register/help.yaml, for those whom we let down
"""
    return front_matter, "Say why we promise this, and what we will do when we fail.\n"


def _page(_draft: Draft) -> tuple[str, str]:
    return (
        "layout: page               # what the page shows besides its text\n",
        """\
Say first what people come here to find.

## What comes next

One thought a paragraph.
""",
    )


def _person(_draft: Draft) -> tuple[str, str]:
    return (
        "role: What this person or team does here\n",
        "Say in two or three sentences who writes here, and what for.\n",
    )


_KINDS: dict[str, Callable[[Draft], tuple[str, str]]] = {
    "article": _article,
    "story": _story,
    "commitment": _commitment,
    "page": _page,
    "person": _person,
}


def quoted(text: str) -> str:
    """Return ``text`` as a YAML value in double quotation marks; JSON's are YAML's."""
    return json.dumps(text, ensure_ascii=False)


def _next_year(day: dt.date) -> dt.date:
    return dt.date(day.year + 1, day.month, min(day.day, 28))
