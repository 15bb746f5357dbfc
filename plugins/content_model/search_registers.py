"""Models of synonyms.yaml and crisis.yaml, the registers of the search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from plugins.content_model.entry import RuleViolation, StrictModel
from plugins.content_model.fields import AsList, Flag, Slug, Text

_LETTER = re.compile(r"[^\W_]")


class Synonym(StrictModel):
    """Words that readers type, and those that the texts of this site have for the same thing."""

    id: Slug
    """A name for the group."""
    words: Annotated[tuple[Text, ...], AsList]
    """What readers type. Several words are a phrase, and are looked for before single words."""
    means: Annotated[tuple[Text, ...], AsList]
    """What the texts say instead, each as good as what was typed."""
    also: Annotated[tuple[Text, ...], AsList] = ()
    """Wider words, which count for less."""
    everyday: Flag = False
    """Write true when the words mean other things as well, as "snow" does."""

    def violations(self) -> Iterator[RuleViolation]:
        """Yield the broken rules about several fields."""
        for name in ("words", "means", "also"):
            yield from _unsearchable(self.id, name, getattr(self, name), needed=name != "also")


class CrisisCard(StrictModel):
    """A card of help that the search shows above its results, and what people type who need it."""

    id: Slug
    """A name for the card."""
    says: Text
    """What the card says first, in one or two calm sentences."""
    contacts: Annotated[tuple[Slug, ...], AsList]
    """Whom it offers: ids of help contacts, in order."""
    phrases: Annotated[tuple[Text, ...], AsList]
    """What people type. `|` between two words means either; up to two other words may stand between the words."""
    unless: Annotated[tuple[Text, ...], AsList] = ()
    """What looks the same and is no crisis, in the same form. Its words are passed over."""
    general: Flag = False
    """Write true for the one card that is also shown when nothing is found, and where scripts do not run."""

    def violations(self) -> Iterator[RuleViolation]:
        """Yield the broken rules about several fields."""
        for name in ("phrases", "unless"):
            yield from _unsearchable(self.id, name, getattr(self, name), needed=name == "phrases")
        if not self.contacts:
            yield RuleViolation(
                ("contacts",), "nobody-to-turn-to", f"the card `{self.id}` offers nobody", "add a help contact"
            )


def _unsearchable(key: str, name: str, values: tuple[str, ...], *, needed: bool) -> Iterator[RuleViolation]:
    """Yield a fault for each of ``values`` that nobody can type, and one for a list that is empty and ``needed``."""
    if needed and not values:
        yield RuleViolation((name,), "nothing-to-search", f"`{key}` has no {name}", "add one, or delete the item")
    for number, value in enumerate(values):
        if not _LETTER.search(value):
            message = f"`{value}` holds no letter and no digit, so no search finds it"
            yield RuleViolation(
                (name, number), "nothing-to-search", message, "write the words that people type, or delete it"
            )
