"""What readers say, and the cards of help."""

from __future__ import annotations

from plugins.content_model.search_registers import CrisisCard, Synonym
from plugins.search.vocabulary import offered, vocabulary

CARD = CrisisCard.model_validate(
    {
        "id": "suicide",
        "says": "Talk to someone.",
        "contacts": ["listeners", "nobody"],
        "phrases": ["Kill my|him self", "can\u2019t go on", "self-harm", "kill my|him self"],
        "unless": ["dying for a drink"],
    }
)


def test_synonyms_are_told_as_stems() -> None:
    """What is typed keeps its small words, because phrases are made of them; what is meant loses those of all texts."""
    written = {"words": ["off the drink", "Boozing"], "means": ["not drinking"], "also": ["the"], "everyday": "true"}
    group = Synonym.model_validate({"id": "off", **written})
    assert vocabulary((group,), (), ()).synonyms == (("off th drink|booz", "drink", "", 1),)


def test_cards_are_told_as_they_are_typed() -> None:
    """Phrases lose capitals, apostrophes and hyphens as what is typed does, and stand once each."""
    made = vocabulary((), (CARD,), ("emergency", "listeners"))
    phrases = ("kill my|him self", "cant go on", "self harm")
    assert made.cards == (("Talk to someone.", ("emergency", "listeners"), phrases, ("dying for a drink",)),)


def test_999_comes_first_on_every_card() -> None:
    """999 comes first, whether or not a card names it; a contact that readers do not see is not offered."""
    assert offered(CARD, {"listeners": 1, "emergency": 2}) == ("emergency", "listeners")


def test_one_card_is_for_anybody() -> None:
    """The script is told which card is shown when nothing is found."""
    other = CARD.model_copy(update={"general": True})
    assert vocabulary((), (CARD, other), ()).general == 2
    assert vocabulary((), (CARD,), ()).general == 0
