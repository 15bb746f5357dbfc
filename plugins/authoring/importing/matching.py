"""Match names of an old site to people, topics and kinds of this one, and recognise stories."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from plugins.authoring.importing.destination import slug_of
from plugins.authoring.importing.item import Item
from plugins.authoring.importing.mapping import NOBODY_NAMED, NameMap

_STORY = re.compile(
    r"\b(?:stor(?:y|ies)|testimon(?:y|ial|ials)|my journey|journeys|lived experience|case stud(?:y|ies)|"
    r"in (?:their|my|our) own words)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\b(?:\w++[’']s|my|our|her|his|their) (?:recovery )?(?:story|stories|journey)\b", re.IGNORECASE)
_NEWS = re.compile(r"\b(?:news|press|updates?|announcements?|events?)\b", re.IGNORECASE)
_OPINION = re.compile(r"\b(?:opinions?|views?|comments?|column|editorial)\b", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]*>")
_QUOTED = re.compile(
    r"“[^“”]*+”|\"[^\"\n]*+\"|<blockquote\b(?:(?!</?blockquote\b).)*</blockquote>", re.DOTALL | re.IGNORECASE
)
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|mine|myself)\b|\bI[’'](?:m|ve|d|ll)\b")
_PAST = re.compile(
    r"\bI (?:was|had|did|felt|knew|went|thought|tried|started|stopped|lost|used|drank|could|would|never)\b"
)
#: A story has at least this share and number of first-person words, and this number of them in the past tense.
_SHARE, _FEWEST, _FEWEST_PAST = 0.03, 8, 3


class Decision(Struct, frozen=True):
    """The kind that a text is imported as.

    Attributes:
        kind: article, story, page or skip.
        article_kind: guide, opinion or news; "" for what is no article.
        why: the reason, for the report.
    """

    kind: str
    article_kind: str
    why: str


def decide_kind(item: Item, mapping: NameMap) -> Decision:
    """Return the kind of ``item``. In doubt it is a story, which cannot be published without its narrator's consent."""
    if chosen := mapping.entries.get(item.key):
        return _decision(chosen, "import.yaml names it")
    named = [mapping.kinds.get(category, "") for category in item.categories]
    if "story" in named:
        return _decision("story", f"the category “{item.categories[named.index('story')]}”")
    if item.kind == "page" and not any(named):
        return _story_decision(item) or Decision("page", "", "it was a page")
    if "skip" in named:
        return _decision("skip", f"the category “{item.categories[named.index('skip')]}”")
    if chosen := next((kind for kind in named if kind), ""):
        return _decision(chosen, f"the category “{item.categories[named.index(chosen)]}”")
    for name in (*item.categories, *item.tags):
        if _STORY.search(name):
            return _decision("story", f"the category or tag “{name}”")
    return _story_decision(item) or _decision("guide", "nothing says otherwise")


def _story_decision(item: Item) -> Decision | None:
    """Return a decision for a story if the title or the words of ``item`` show that it is one, else None."""
    if _TITLE.search(item.title):
        return _decision("story", "its title")
    return _decision("story", "it is told in the first person") if is_in_first_person(item.html) else None


def _decision(chosen: str, why: str) -> Decision:
    if chosen in {"story", "page", "skip"}:
        return Decision(chosen, "", why)
    return Decision("article", chosen, why)


def is_in_first_person(html: str) -> bool:
    """Tell whether ``html`` is an account in the first person. Quotations do not count."""
    text = _TAGS.sub(" ", _QUOTED.sub(" ", html))
    first = len(_FIRST_PERSON.findall(text))
    words = len(text.split())
    return first >= _FEWEST and first >= words * _SHARE and len(_PAST.findall(text)) >= _FEWEST_PAST


def proposed_kind(category: str) -> str:
    """Return the kind that the name of ``category`` suggests, or ""."""
    for pattern, kind in ((_STORY, "story"), (_NEWS, "news"), (_OPINION, "opinion")):
        if pattern.search(category):
            return kind
    return ""


def match_author(name: str, people: Mapping[str, str]) -> str:
    """Return the key of the person called ``name``, or ""."""
    folded = " ".join(name.split()).casefold()
    found = [key for key, title in people.items() if title.casefold() == folded or key == slug_of(name)]
    return found[0] if len(found) == 1 else ""


def match_topic(name: str, topics: Mapping[str, str]) -> tuple[str, ...]:
    """Return the key of the topic called ``name``, in the singular or the plural. Empty if there is none."""
    slug = slug_of(name)
    for key, title in topics.items():
        forms = {key, slug_of(title)}
        if slug and ({slug, f"{slug}s", slug.removesuffix("s")} & (forms | {form.removesuffix("s") for form in forms})):
            return (key,)
    return ()


def propose_for(item: Item, people: Mapping[str, str], topics: Mapping[str, str], into: NameMap) -> None:
    """Add a proposal to ``into`` for each name of ``item`` that it lacks."""
    author = item.author or ("" if item.kind == "page" else NOBODY_NAMED)
    if author and author not in into.authors:
        into.authors[author] = match_author(author, people)
    for name in (*item.categories, *item.tags):
        if name not in into.topics:
            into.topics[name] = match_topic(name, topics)
    for category in item.categories:
        if category not in into.kinds:
            into.kinds[category] = proposed_kind(category)
