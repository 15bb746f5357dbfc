"""Write synonyms and crisis phrases in the form that the search script reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct

from plugins.base.problem import Position, Problem
from plugins.content_model.library import Library
from plugins.content_model.registers import EMERGENCY
from plugins.content_model.search_registers import CrisisCard, Synonym
from plugins.content_model.validation import unknown_key_hint
from plugins.search.tokenizer import COMMON, stem, words

CRISIS = "crisis.yaml"
_PATH = f"register/{CRISIS}"

#: Words typed, words meant and wider words, each as stems divided by ``|``; then 1 for words with an everyday sense.
_Group = tuple[str, str, str, int]
#: The text of a card, the ids of its contacts, its phrases, and phrases that contain them without their meaning.
_Card = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]


class Vocabulary(Struct, frozen=True):
    """Synonyms and help cards, as the script reads them.

    Attributes:
        synonyms: of the register.
        cards: of the register, the most urgent first.
        general: the number, from 1, of the card that is shown when nothing is found; 0 where there is none.
    """

    synonyms: tuple[_Group, ...] = ()
    cards: tuple[_Card, ...] = ()
    general: int = 0


def vocabulary(synonyms: Iterable[Synonym], cards: Sequence[CrisisCard], contacts: Collection[str]) -> Vocabulary:
    """Return ``synonyms`` and ``cards`` as the script reads them.

    Args:
        synonyms: of the register.
        cards: of the register.
        contacts: ids of the contacts that readers see; a card offers no other.
    """
    return Vocabulary(
        tuple(
            (_typed(group.words), _meant(group.means), _meant(group.also), int(group.everyday)) for group in synonyms
        ),
        tuple((card.says, offered(card, contacts), _phrases(card.phrases), _phrases(card.unless)) for card in cards),
        next((number for number, card in enumerate(cards, 1) if card.general), 0),
    )


def offered(card: CrisisCard, contacts: Collection[str]) -> tuple[str, ...]:
    """Return the ids of the contacts that ``card`` offers, those of 999 first, whether or not the card names it."""
    return tuple(key for key in dict.fromkeys((EMERGENCY, *card.contacts)) if key in contacts)


def _typed(texts: Iterable[str]) -> str:
    return "|".join(dict.fromkeys(" ".join(map(stem, words(text))) for text in texts))


def _meant(texts: Iterable[str]) -> str:
    """Return ``texts`` as stems, without the words that the index leaves out."""
    told = (" ".join(stem(word) for word in words(text) if word not in COMMON) for text in texts)
    return "|".join(dict.fromkeys(filter(None, told)))


def _phrases(texts: Iterable[str]) -> tuple[str, ...]:
    """Return each phrase in the form of a query. ``|`` separates alternative words."""
    return tuple(dict.fromkeys(" ".join(map(_either, text.split())) for text in texts))


def _either(choice: str) -> str:
    if "|" not in choice:
        return " ".join(words(choice))
    return "|".join("".join(words(word)) for word in choice.split("|"))


def problems(library: Library) -> Iterator[Problem]:
    """Yield the problems of the cards of ``library``: unknown contacts, and more or fewer general cards than one."""
    registers = library.registers
    general = ""
    for card in registers.crisis.values():
        for number, key in enumerate(card.contacts):
            if key not in registers.contacts and not library.may_hold_more("register/help.yaml"):
                yield Problem(
                    _PATH,
                    registers.position(CRISIS, card.id, "contacts", number),
                    "unknown-contact",
                    f"there is no help contact `{key}` in the register",
                    unknown_key_hint(key, registers.contacts, "contact", "register/help.yaml"),
                )
        if card.general and general:
            yield Problem(
                _PATH,
                registers.position(CRISIS, card.id, "general"),
                "two-general-cards",
                f"the cards `{general}` and `{card.id}` are both shown when nothing is found; only one can be",
                "delete the line from one of the two",
            )
        general = general or (card.id if card.general else "")
    if registers.crisis and not general and not library.may_hold_more(_PATH):
        yield Problem(
            _PATH,
            Position(),
            "no-general-card",
            "no card is shown when nothing is found, nor where scripts do not run",
            "write  general: true  in the card that offers help to anybody",
        )
