"""Labels, addresses and headings of the filters of stories: topic, kind of help, and narrator's role."""

from __future__ import annotations

import itertools

from plugins.content_model import permalink
from plugins.content_model.library import Library, Way
from plugins.content_model.story import PATHWAY_WORDS, ROLE_WORDS
from plugins.pages.template_context import Choice, ChoiceGroup
from plugins.views.section_words import all_samples

_GROUPS: dict[Way, str] = {"topic": "Topic", "pathway": "Kind of help", "role": "Who tells it"}
_WORDS: dict[str, str] = dict(itertools.chain[tuple[str, str]](PATHWAY_WORDS.items(), ROLE_WORDS.items()))


def choice_groups(library: Library) -> tuple[ChoiceGroup, ...]:
    """Return the filters that have stories, grouped by kind."""
    groups = []
    for way, stories in library.choices.items():
        choices = tuple(
            Choice(_capital(words(library, way, key)), permalink.choice(way, key), len(found))
            for key, found in stories.items()
        )
        if choices:
            groups.append(ChoiceGroup(_GROUPS[way], choices))
    return tuple(groups)


def heading(library: Library, way: Way, key: str) -> tuple[str, str]:
    """Return the title and the description of the list of a filter."""
    said = words(library, way, key)
    about = {
        "topic": f"about {said}",
        "pathway": f"of help through {'a day programme' if key == 'day-programme' else said}",
        "role": f"told by {said}",
    }[way]
    if all_samples(library.choices[way].get(key, ())):
        # A heading must not claim that somebody told a made-up story.
        about = about.replace("told by", "as if told by")
        return f"Sample stories {about}", f"Made up as samples, {about}, newest first."
    told = {"topic": f"What people tell {about}", "pathway": f"What recovery is like with {about.removeprefix('of ')}"}
    return f"Stories {about}", f"{told.get(way, f'What recovery is like, {about}')}, newest first."


def words(library: Library, way: Way, key: str) -> str:
    """Return the name of a filter within a sentence."""
    if way == "topic":
        return _small(library.topics[key].name)
    return _WORDS[key]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(name: str) -> str:
    """Return a name in lower case, except one that begins with two capitals, such as NHS."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
