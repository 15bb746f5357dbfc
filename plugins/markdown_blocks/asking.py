"""Asking: what a body asked about the rest of the site while it was rendered, and what it was told.

A body that is rendered again gives the same as before if its text is the same and each question has the same answer.
So a run may use what an earlier one made, and a new entry elsewhere does not undo all that was remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from plugins.content_model.addresses import Gone
from plugins.content_model.memory import fingerprint
from plugins.content_model.views import Picture
from plugins.markdown_blocks.context import Target

_V = TypeVar("_V")

#: A question by what it is about and its key, with its answer; the key "*" asks for everything.
Answers = dict[tuple[str, str], object]
_ALL = "*"


@dataclass(frozen=True)
class World:
    """What a body may ask about.

    Attributes:
        entries: what links may lead to, by path.
        permalinks: every address of the site that may be linked to as it is.
        gone: what was withdrawn, by its file and its addresses.
        pictures: by file.
    """

    entries: Mapping[str, Target] = field(default_factory=dict)
    permalinks: AbstractSet[str] = frozenset()
    gone: Mapping[str, Gone] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)

    def says_the_same(self, answers: Answers) -> bool:
        """Tell whether each question of ``answers`` has the same answer today."""
        return all(self._answer(about, key) == told for (about, key), told in answers.items())

    def _answer(self, about: str, key: str) -> object:
        if key == _ALL:
            return self._everything[about]
        if about == "permalinks":
            return key in self.permalinks
        known: Mapping[str, object] = getattr(self, about)
        return known.get(key)

    @cached_property
    def _everything(self) -> Mapping[str, str]:
        return {
            "entries": fingerprint(*(f"{path} {target}" for path, target in self.entries.items())),
            "permalinks": fingerprint(*sorted(self.permalinks)),
            "gone": fingerprint(*(f"{key} {gone}" for key, gone in self.gone.items())),
            "pictures": fingerprint(*(f"{key} {picture}" for key, picture in self.pictures.items())),
        }

    def asked(self, answers: Answers) -> World:
        """Return the same world, which writes what it is asked into ``answers``."""

        def note(about: str) -> Callable[[str], None]:
            def tell(key: str) -> None:
                answers[about, key] = self._answer(about, key)

            return tell

        return World(
            _AskedMapping(self.entries, note("entries")),
            _AskedSet(self.permalinks, note("permalinks")),
            _AskedMapping(self.gone, note("gone")),
            _AskedMapping(self.pictures, note("pictures")),
        )


class _AskedMapping(Mapping[str, _V]):
    """A mapping that tells what it is asked for."""

    def __init__(self, known: Mapping[str, _V], note: Callable[[str], None]) -> None:
        self._known = known
        self._note = note

    def __getitem__(self, key: str) -> _V:
        self._note(key)
        return self._known[key]

    def __iter__(self) -> Iterator[str]:
        self._note(_ALL)
        return iter(self._known)

    def __len__(self) -> int:
        self._note(_ALL)
        return len(self._known)


class _AskedSet(AbstractSet[str]):
    """A set that tells what it is asked for."""

    def __init__(self, known: AbstractSet[str], note: Callable[[str], None]) -> None:
        self._known = known
        self._note = note

    def __contains__(self, key: object) -> bool:
        self._note(str(key))
        return key in self._known

    def __iter__(self) -> Iterator[str]:
        self._note(_ALL)
        return iter(self._known)

    def __len__(self) -> int:
        self._note(_ALL)
        return len(self._known)
