"""Describe the sections of the site by what they hold, so that no list or feed claims more than is true."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.content_model.article import Article
from plugins.content_model.story import NarratorRole, Story

_KINDS = {"guide": "guides", "opinion": "opinion", "news": "news"}
_TELLERS: dict[str, tuple[NarratorRole, ...]] = {
    "those who live it": ("person",),
    "those close to them": ("family", "friend"),
    "those who work here": ("staff",),
}


def all_samples(stories: Sequence[Story]) -> bool:
    """Return True if there are stories and each was made up as a sample."""
    return bool(stories) and all(story.illustrative for story in stories)


def articles_words(articles: Sequence[Article]) -> str:
    """Return the kinds of ``articles`` in words, for example ``Guides and news``; ``Articles`` if there are none."""
    kinds = {article.kind for article in articles}
    words = joined([word for kind, word in _KINDS.items() if kind in kinds]) or "articles"
    return words[0].upper() + words[1:]


def stories_words(stories: Sequence[Story]) -> str:
    """Return whose words ``stories`` hold, as one or two sentences."""
    if not stories:
        return "What recovery is like. Nobody has told a story here yet."
    if all_samples(stories):
        return "Samples, made up to show what a story here looks like. Nobody has told their own here yet."
    roles = {story.narrator_role for story in stories if not story.illustrative}
    tellers = joined([words for words, told in _TELLERS.items() if not roles.isdisjoint(told)])
    samples = " Some are samples, and each of these says so." if any(story.illustrative for story in stories) else ""
    return f"What recovery is like, in the words of {tellers}.{samples}"


def joined(words: Sequence[str]) -> str:
    """Return ``words`` as a list in a sentence, for example ``guides, opinion and news``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""
