"""Show the text that a narrator approves, and record its hash in the story's front matter."""

from __future__ import annotations

import datetime as dt
import re

from plugins.base.line_ends import unix_line_ends
from plugins.content_model.front_matter import Split, split
from plugins.content_model.loader import parse_entry
from plugins.content_model.story import Story, approval_hash
from plugins.stories.lookup import StoryError

_FIELD = "approved_text"
_BLANK = r"[^\S\r\n]"


def approved_words(story: Story) -> str:
    """Return exactly the text that the hash covers."""
    parts = (
        ("Title", story.title),
        ("Summary", story.summary or "(none)"),
        ("Name shown", story.narrator.display_name),
        ("Text", f"\n{story.source.body.strip()}"),
    )
    return "\n\n".join(f"{label}: {text}" for label, text in parts)


def lacking(story: Story, as_of: dt.date) -> list[str]:
    """Return the fields, besides the approval, that ``story`` lacks to be published on the day ``as_of``."""
    found = []
    if story.consent is None:
        found.append("no consent is recorded below  consent:")
    if story.safeguarding is None:
        found.append("no safeguarding review is recorded below  safeguarding:")
    # The rules apply to published stories only, and a draft is approved to be published.
    published = story.model_copy(update={"status": "published"})
    return [*found, *(fault.message for fault in published.violations_on(as_of))]


def approve(text: str, story: Story) -> str:
    """Return the file ``text`` with the hash of the story's text in its front matter, and nothing else changed.

    Args:
        text: the whole file of ``story`` with its original line endings.
        story: the story that was parsed from it.

    Raises:
        StoryError: if the story is a sample, or the layout of the front matter cannot be edited safely.
    """
    if story.illustrative:
        raise StoryError(
            "the story is marked as made up, so there is nobody who could approve it; if somebody told it, delete  "
            "illustrative  from its front matter"
        )
    digest = approval_hash(story)
    changed = _with_field(text, story, digest)
    made, _ = parse_entry(unix_line_ends(changed), story.source.path, Story)
    before = story.model_dump(exclude={_FIELD})
    if not isinstance(made, Story) or made.approved_text != digest or made.source.body != story.source.body:
        raise _by_hand(digest)
    if made.model_dump(exclude={_FIELD}) != before:
        raise _by_hand(digest)
    return changed


def _with_field(text: str, story: Story, digest: str) -> str:
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    place = story.source.positions.keys.get((_FIELD,))
    if place is not None:
        number = place.line - 1
        # Keeps a comment after the value and the line ending.
        lines[number] = re.sub(
            rf"^(\s*[\"']?{_FIELD}[\"']?\s*:)(?:{_BLANK}+(?:\"[^\"\r\n]*\"|'[^'\r\n]*'|[^\s#][^\r\n]*?))?"
            rf"(?={_BLANK}*(?:{_BLANK}#[^\r\n]*)?[\r\n]*$)",
            rf"\1 {digest}",
            lines[number],
            count=1,
        )
        return "".join(lines)
    parts = split(unix_line_ends(text), story.source.path)
    if not isinstance(parts, Split):
        raise _by_hand(digest)
    fence = parts.body_line - 2
    ending = lines[0][len(lines[0].rstrip("\r\n")) :]
    lines.insert(fence, f"{_FIELD}: {digest}{ending or chr(10)}")
    return "".join(lines)


def _by_hand(digest: str) -> StoryError:
    return StoryError(
        "the front matter is laid out in a way that this command cannot change safely; "
        f"write this line in it:  {_FIELD}: {digest}",
    )
