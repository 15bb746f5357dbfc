"""Templates of new entries, one for each kind.

Each template is a whole file. Values are quoted YAML, so that no title can break it. Comments say what a field is for.
An optional field is commented out with a `#` and no space after it, so that the lines align once the `#` is removed.
What an author must write is a placeholder, which cannot be published. A day is `year-month-day`, which is no valid
day.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

from msgspec import Struct

from plugins.content_model.placeholders import Placeholder as Text


class Draft(Struct, frozen=True):
    """The values of a new entry.

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

#: Kinds without a publication day, which topics do not list.
STANDING = frozenset({"page", "person"})

_PICTURE = f"""\
#image:                      # a picture: put the file into this folder, and take the first # from these three lines
#  file: cover.jpg           # its name, letter for letter
#  alt: "{Text.PICTURE}"
"""
_PICTURE_IN_TEXT = f"""\
<!-- A picture within the text: put the file into this folder, and write this on a line of its own, without the marks:
![{Text.PICTURE}](name-of-the-file.jpg)
-->
"""


def write(draft: Draft, *, picture_advice: bool = True) -> str:
    """Return the file of ``draft``; with ``picture_advice``, a comment says how to put a picture into the text."""
    front_matter, body = _KINDS[draft.kind](draft)
    advice = f"\n{_PICTURE_IN_TEXT}" if picture_advice else ""
    return f"---\n{_common(draft)}{front_matter}{_PICTURE}---\n\n{body}{advice}"


def _common(draft: Draft) -> str:
    lines = [
        f"id: {draft.id}             # permanent: never change it",
        f"title: {quoted(draft.title)}",
        f"slug: {draft.slug}         # the last part of its address; change it before it is published, not after",
        f"summary: {quoted(draft.summary)}   # one or two sentences, 160 characters at most"
        if draft.summary
        else f'#summary: "{Text.SUMMARY}"   # for cards and searches, 160 characters at most',
        "status: draft              # nobody sees it; write  published  when it is ready",
    ]
    if draft.kind not in STANDING:
        lines.append(f"published: {draft.on}      # the day on which it appears, year-month-day")
    if draft.topics:
        lines.append(f"topics: [{', '.join(draft.topics)}]   # keys of content/register/topics.yaml")
    elif draft.kind not in STANDING:
        lines.append("#topics: [wellbeing]       # keys of content/register/topics.yaml")
    if draft.author:
        lines.append(f"author: {draft.author}     # a folder of content/people/")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _article(draft: Draft) -> tuple[str, str]:
    front_matter = f"""\
kind: guide                # guide, opinion or news
medical: false             # true where it says anything about health; then it needs sources
#sources:                    # what the text rests on
#  - title: "{Text.SOURCE}"
#    publisher: "{Text.PUBLISHER}"
#    url: {Text.SOURCE_URL}
#    accessed: year-month-day  # the day you read it
#review_due: {_next_year(draft.on)}    # the day on which somebody reads it again
"""
    body = f"""\
{Text.INTRODUCTION}

## {Text.SUBJECT}

{Text.THOUGHT}

## {Text.HELP}

- {Text.FIRST_THING}
- {Text.SECOND_THING}

/// reflection
- {Text.QUESTION}
///
"""
    return front_matter, body


def _story(_draft: Draft) -> tuple[str, str]:
    front_matter = f"""\
narrator:
  display_name: {Text.NARRATOR}   # never a full name
  display: pseudonym         # pseudonym, first-name or initial
narrator_role: person      # person, family, friend or staff
pathway: mutual-aid        # day-programme, residential, mutual-aid, community-support or family-support
#illustrative: true          # only for a sample that nobody told; the page says so
# Before a told story is published, it needs the narrator's consent, a safeguarding review, and  inv approve .
#consent:
#  ref: "{Text.RECORD}"
#  given_on: year-month-day  # the day on which the narrator said yes
#  form_version: "{Text.FORM}"
#  scope: [web]              # web, feed, image, social, search: only what the narrator agreed to
#safeguarding:
#  reviewed_on: year-month-day
#  by_role: {Text.REVIEWER}
"""
    return front_matter, f"{Text.BEGINNING}\n\n{Text.MIDDLE}\n\n{Text.END}\n"


def _commitment(draft: Draft) -> tuple[str, str]:
    front_matter = f"""\
statement: {Text.STATEMENT}
you_can_expect: {Text.EXPECTATION}
in_practice:
  - {Text.PRACTICE}
made_with: {Text.MADE_WITH}
owner_role: {Text.OWNER}   # never a name
measure: {Text.MEASURE}
progress: not-started      # not-started, limited, substantial, kept, not-kept, changed or retired
log: []                    # written by  inv record
review_due: {_next_year(draft.on)}
redress: {draft.redress}     # a help contact of content/register/help.yaml, for those whom we let down
"""
    return front_matter, f"{Text.REASONS}\n"


def _page(_draft: Draft) -> tuple[str, str]:
    return (
        "layout: page               # what the page shows besides its text\n",
        f"{Text.PURPOSE}\n\n## {Text.NEXT}\n\n{Text.THOUGHT}\n",
    )


def _person(_draft: Draft) -> tuple[str, str]:
    return f"role: {Text.ROLE}\n", f"{Text.PERSON}\n"


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
