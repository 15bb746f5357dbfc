"""Look up a story by path, folder, slug, address or id."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from plugins.base.files import Files, is_markdown
from plugins.base.problem import Problem
from plugins.content_model.loader import KINDS, read_entry
from plugins.content_model.story import Story
from plugins.content_model.validation import closest_match


class StoryError(ValueError):
    """The story cannot be processed. The message gives the reason and says what to do."""


def forms(name: str, content: Path) -> frozenset[str]:
    """Return the slugs, ids, addresses and paths below ``content`` that ``name`` may stand for."""
    bare = name.strip().rstrip("/")
    path = Path(bare)
    inside = [bare.lstrip("/")]
    for start in (path, content / path, content.parent / path):
        try:
            inside.append(start.resolve().relative_to(content.resolve()).as_posix())
        except ValueError:
            continue
    return frozenset({bare, *inside, *(f"{form}/index.md" for form in inside if not is_markdown(form))})


def read_stories(content: Path) -> tuple[list[Story], list[Problem]]:
    """Return the stories below ``content``, drafts too, and the problems in them."""
    stories: list[Story] = []
    problems: list[Problem] = []
    for path in Files(content).paths:
        if not is_markdown(path) or not path.startswith(f"{Story.section}/"):
            continue
        entry, found = read_entry(content / path, path, KINDS[Story.section])
        problems += found
        if isinstance(entry, Story):
            stories.append(entry)
    return stories, problems


def find_story(name: str, content: Path) -> Story:
    """Return the story that ``name`` stands for.

    Args:
        name: its file, folder, slug, address or id.
        content: the content folder.

    Raises:
        StoryError: if there is no such story, there are two, or its front matter cannot be read.
    """
    stories, problems = read_stories(content)
    wanted = forms(name, content)
    found = [story for story in stories if matches(wanted, story.source.path, story.slug, story.id)]
    if len(found) == 1:
        return found[0]
    if found:
        paths = ", ".join(story.source.path for story in found)
        raise StoryError(f"`{name}` may be any of {paths}; name the file")
    broken = [problem for problem in problems if problem.path in wanted]
    if broken:
        raise StoryError(
            f"{broken[0].path}:{broken[0].position.line}:{broken[0].position.column}: {broken[0].message}; "
            f"mend it first: {broken[0].hint}",
        )
    raise StoryError(f"there is no story `{name}`{_hint(name, stories)}")


def matches(wanted: Iterable[str], path: str, slug: str, identifier: str) -> bool:
    """Return whether one of ``wanted`` is the path, slug or id of the story."""
    return not {path, slug, identifier, f"{Story.section}/{slug}"}.isdisjoint(wanted)


def _hint(name: str, stories: list[Story]) -> str:
    close = closest_match(name.strip("/").rpartition("/")[2], (story.slug for story in stories))
    return f"; did you mean `{close}`?" if close else "; name its folder, its slug or its id"
