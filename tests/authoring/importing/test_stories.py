"""Test that imported stories lack consent, and that no secret of the source is imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.base.problem import Severity
from plugins.content_model.loader import load
from plugins.content_model.story import Story
from tests.authoring.importing.exports import HOME, Post, write_export
from tests.authoring.importing.world import (
    actions,
    bring,
    entry,
    notes,
    picture,
    written_text,
)
from tests.sites.writing import TODAY, write

_I = "I was tired. I had lost my job. I felt alone and I knew it. I drank at home. I stopped, and I slept. "


@pytest.mark.parametrize(
    ("post", "why"),
    [
        (Post(1, "A day", "Words.", categories=("Recovery stories",)), "the category “Recovery stories”"),
        (Post(1, "A day", _I * 3), "it is told in the first person"),
        (Post(1, "A day", "Words.", tags=("testimonial",)), "the category or tag “testimonial”"),
        (Post(1, "Sam’s recovery story", "Words."), "its title"),
        (Post(1, "A day", _I * 3, kind="page"), "it is told in the first person"),
    ],
)
def test_a_story_arrives_without_consent(content: Path, file: Path, post: Post, why: str) -> None:
    """A story is recognised, and cannot be published without consent, safeguarding review and approval."""
    report = bring(content, write_export(file, [post]))
    (outcome,) = report.outcomes
    assert outcome.kind == "story"
    assert any(note.what.startswith("a story: it needs") and note.detail == why for note in outcome.notes)
    path = content / outcome.path
    library, problems = load(content, as_of=TODAY)
    (story,) = [one for one in library.entries if isinstance(one, Story)]
    assert (story.consent, story.approved_text, story.safeguarding, story.status) == (None, None, None, "draft")
    assert not [problem for problem in problems if problem.severity is Severity.ERROR]
    assert "Editorial team" not in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("status: draft", "status: published"), encoding="utf-8")
    _, problems = load(content, as_of=TODAY)
    assert {"story-without-consent", "story-without-approval", "story-without-safeguarding", "placeholder-left"} <= {
        problem.name for problem in problems
    }


def test_files_of_a_story(content: Path, file: Path, tmp_path: Path) -> None:
    """A story gets neutral file names, because a name can identify somebody, and no documents."""
    address = f"{HOME}/wp-content/uploads"
    write(tmp_path / "uploads", {"jane-doe.png": picture(), "letter.pdf": b"%PDF-1.7\nx"})
    text = f'<img src="{address}/jane-doe.png" alt="A hand"> <a href="{address}/letter.pdf">letter</a>'
    post = Post(1, "A day", text,
                slug="a-day", categories=("Stories",))  # fmt: skip
    bring(content, write_export(file, [post]), uploads=str(tmp_path / "uploads"))
    assert sorted(path.name for path in (content / "stories/a-day").iterdir()) == ["index.md", "picture.png"]
    assert "jane-doe" not in entry(content, "stories/a-day")


def test_unpublished_posts_need_drafts(content: Path, file: Path) -> None:
    """Drafts, private, scheduled and protected posts need ``--drafts``. Comments and deleted posts never come."""
    posts = [
        Post(1, "Shown", comments=2),
        *(
            Post(number, status, status=status)
            for number, status in enumerate(("draft", "private", "future", "trash"), 2)
        ),
        Post(9, "Protected", password="open-sesame"),
    ]
    report = bring(content, write_export(file, posts))
    assert actions(report) == {"new": 1, "skipped": 4}
    assert "comments were left out" in notes(report)
    report = bring(content, file, drafts=True)
    assert actions(report) == {"unchanged": 1, "new": 4}
    assert "A comment." not in written_text(content)


def test_no_secret_is_written(content: Path, file: Path) -> None:
    """No written file contains passwords, IP addresses, or e-mail addresses of authors and visitors."""
    posts = [
        Post(1, "One", "Write to jo@example.org or JO@example.org.", comments=1, password="open-sesame"),
        Post(2, "Two for jo@example.org", "Words.", excerpt="Ask jo@example.org."),
    ]
    report = bring(content, write_export(file, posts), drafts=True)
    assert actions(report) == {"new": 2}
    written = written_text(content).lower()
    for secret in ("open-sesame", "jo@example.org", "visitor@example.net", "203.0.113.7"):
        assert secret not in written
    assert "the e-mail address of an author was taken out" in notes(report)
