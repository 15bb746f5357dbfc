"""Labels and hints of fields and choices, for the form."""

from __future__ import annotations

from collections.abc import Mapping

from plugins.content_model.commitment import PROGRESS_WORDS
from plugins.content_model.story import PATHWAY_WORDS, ROLE_WORDS

#: Labels by name of the field, at any depth.
LABELS: Mapping[str, str] = {
    "accessed": "Read on",
    "acknowledged": "Warnings about wording that may stand",
    "aliases": "Old addresses",
    "alt": "What the picture shows, in words",
    "approved_text": "Approved text",
    "author": "Author",
    "by_role": "By whom: a role",
    "checked_by": "Who else has checked it: a role",
    "content_notes": "Content notes",
    "did": "What was done",
    "decorative": "It says nothing: it is only decoration",
    "display": "What sort of name it is",
    "display_name": "Name that readers see",
    "evidence": "What shows it",
    "exit_link": "Quick way out of the page",
    "expires": "Ends on",
    "file": "Picture",
    "form_version": "Version of the consent form",
    "given_on": "The person said yes on",
    "illustrative": "Made up as a sample",
    "image": "Picture at the top",
    "in_practice": "What it means from day to day",
    "kind": "Sort of article",
    "layout": "What the page shows besides its text",
    "log": "The public record",
    "made_with": "Made with",
    "medical": "Says something about health",
    "narrator": "The person who tells it",
    "narrator_role": "Who tells it",
    "on": "Day",
    "owner_role": "Who answers for it: a role",
    "pathway": "Kind of help",
    "published": "Readers see it from",
    "redress": "Whom to call when it is not kept",
    "ref": "Code of the signed form",
    "review_due": "To be checked again by",
    "reviewed_on": "Last checked on",
    "safety_declined": "Safety texts left out",
    "said": "What was said",
    "scope": "Where the story may appear",
    "slug": "Last part of the web address",
    "status": "Who sees it",
    "updated": "Changes after publication",
    "url": "Web address",
    "what": "What changed",
    "you_can_expect": "What a reader can expect",
}

#: Labels of choices, by field and value.
CHOICES: Mapping[str, Mapping[str, str]] = {
    "status": {
        "draft": "Only us: it is a draft",
        "published": "Everyone, from the day below",
    },
    "kind": {"guide": "Guide", "opinion": "Opinion", "news": "News"},
    "display": {"pseudonym": "Another name", "first-name": "First name", "initial": "Initial"},
    "narrator_role": {key: words[:1].upper() + words[1:] for key, words in ROLE_WORDS.items()},
    "pathway": {key: words[:1].upper() + words[1:] for key, words in PATHWAY_WORDS.items()},
    "progress": {str(key): words for key, words in PROGRESS_WORDS.items()},
    "layout": {
        "page": "Only its text",
        "home": "The home page",
        "help": "The help page",
        "subscribe": "Ways to subscribe",
        "charter": "Our charter",
        "privacy-receipt": "The privacy receipt",
        "not-found": "The page for wrong addresses",
    },
    "scope": {
        "web": "On the site's own pages",
        "feed": "In feeds",
        "image": "With a picture",
        "social": "When somebody shares a link",
        "search": "In searches",
        "ai_training": "In what AI is trained on",
    },
}

#: Parts of help texts that only fit YAML, with their replacements in a form.
_HINTS = {
    "Write true when": "Tick when",
    "Write true to": "Tick to",
    "Then leave out alt.": "Then no words are needed.",
    " The keys stand in the topic register.": "",
    " Feeds show a time too, if you write one after the day.": "",
    "The picture's file name. The file stands in the entry's own folder.": "One beside this text, or a new one.",
    ": the name of a folder of people.": ".",
    ": the id of a help contact.": ".",
    ", and the name of the folder": "",
}

#: Suggested content notes.
CONTENT_NOTES = ("alcohol", "drug use", "self-harm", "suicide", "bereavement", "violence", "relapse")


def label(name: str) -> str:
    """Return the label of the field ``name``."""
    return LABELS.get(name) or name.replace("_", " ").capitalize()


def choice(field: str, value: str) -> str:
    """Return the label of the value ``value`` of the field ``field``."""
    return CHOICES.get(field, {}).get(value) or value.replace("-", " ").capitalize()


def hint(meaning: str) -> str:
    """Return the help text of a field, in words for a form instead of YAML."""
    for written, shown in _HINTS.items():
        meaning = meaning.replace(written, shown)
    return meaning
