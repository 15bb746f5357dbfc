"""Refuse pictures in the body of a story without consent to pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins.base.problem import Position, Problem
from plugins.content_model.story import Story


def check_pictures(story: Story, html: str) -> Iterator[Problem]:
    """Yield a problem if the rendered body of ``story`` has a picture without the narrator's consent.

    Args:
        story: the story. A sample may have pictures. (The model checks the picture of the front matter.)
        html: its rendered body.
    """
    if story.consent is None or story.allows("image") or "<img" not in html:
        return
    lines = enumerate(story.source.body.split("\n"), start=story.source.body_line)
    found = [(number, match.start()) for number, line in lines if (match := re.search(r"!\[|<img", line))]
    number, start = found[0] if found else (story.source.body_line, 0)
    yield Problem(
        story.source.path,
        Position(number, start + 1),
        "consent-out-of-scope",
        "the narrator did not agree to a picture with the story",
        "take the picture out, or ask the narrator",
    )
