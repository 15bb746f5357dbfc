"""Private values: what stands in private fields, and whether it stands in a file too."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args, get_origin

from pydantic import BaseModel

from plugins.content_model.build import Build
from plugins.content_model.entry import Entry
from plugins.content_model.library import Library

#: Shorter values stand in any text by chance.
_SHORTEST = 4
#: Up to so many values, looking for each in turn is quicker than cutting a text into words.
_FEW = 100
_WORD = re.compile(r"[^\W\d_]+|\d+")
#: Made up for one purpose, such as the number of a record: it stands nowhere by chance.
_REFERENCE = re.compile(r"(?=\S*\d)(?=\S*[^\W\d_])\S{6,}")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PrivateValue:
    """A value of a private field.

    Attributes:
        entry: the file of the entry.
        field: its name, such as ``consent.ref``; never its value, which no message may repeat.
        forms: the ways to write it, in lower case.
    """

    entry: str
    field: str
    forms: tuple[str, ...]


class PrivateValues:
    """The values to look for.

    Args:
        library: all that was written, drafts too.
        public: texts that the site says in public anyway. A day or a word that stands in them proves nothing; a
            reference that does is a leak all the same.
    """

    def __init__(self, library: Library, public: Iterable[str]) -> None:
        spoken = "\n".join(public).casefold()
        every = list(_values(library.entries))
        self.wanted = tuple(value for value in every if all(_can_be_told(form, spoken) for form in value.forms))
        self.public_too = len(every) - len(self.wanted)
        self._by_word: dict[str, list[tuple[str, PrivateValue]]] = {}
        for value in self.wanted:
            for form in value.forms:
                self._by_word.setdefault(max(_WORD.findall(form), key=len, default=form), []).append((form, value))

    def within(self, text: str) -> Iterator[PrivateValue]:
        """Yield the values that stand in ``text``, whole and not as a part of a longer word."""
        if not self.wanted:
            return
        # Feeds hold pages within themselves, so what is escaped there is escaped twice.
        plain = html.unescape(html.unescape(text)).casefold()
        words = self._by_word.keys() if len(self.wanted) <= _FEW else self._by_word.keys() & set(_WORD.findall(plain))
        found = {
            value for word in words for form, value in self._by_word[word] if form in plain and _stands_in(form, plain)
        }
        yield from sorted(found, key=lambda value: (value.entry, value.field))


def public_texts(build: Build) -> Iterator[str]:
    """Yield what the site may say in public: live entries without private fields, registers, settings, the theme."""
    library = build.library
    for entry in library.live:
        shown = entry.model_dump(exclude=set(_private(entry)))
        yield from (form for _, value in _leaves(shown, "") for form in _forms(value))
        yield entry.source.body
    registers = library.registers
    for register in (registers.topics, registers.contacts, registers.withdrawn):
        for item in register.values():
            yield from (form for _, value in _leaves(item.model_dump(), "") for form in _forms(value))
    yield from registers.glossary.values()
    for kind in {type(entry) for entry in library.entries}:
        yield from _choices(kind)
    yield from _forms(library.as_of)
    yield from (form for value in build.public for form in _forms(value))
    yield from (value for value in build.settings.values() if isinstance(value, str))
    for file in sorted(build.theme_folder.rglob("*.html")):
        yield file.read_text(encoding="utf-8", errors="replace")


def _choices(kind: object) -> Iterator[str]:
    """The words that a model offers to choose from: they are its own and tell of nobody."""
    if get_origin(kind) is Literal:
        yield from map(str, get_args(kind))
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        for described in kind.model_fields.values():
            yield from _choices(described.annotation)
    else:
        for part in get_args(kind):
            yield from _choices(part)


def _private(entry: Entry) -> tuple[str, ...]:
    return tuple(getattr(type(entry), "private", ()))


def _values(entries: Iterable[Entry]) -> Iterator[PrivateValue]:
    for entry in entries:
        names = _private(entry)
        if names:
            for name, value in _leaves(entry.model_dump(include=set(names)), ""):
                yield PrivateValue(entry.source.path, name, tuple(form.casefold() for form in _forms(value)))


def _leaves(value: object, name: str) -> Iterator[tuple[str, object]]:
    """Yield the single values in ``value`` with the way to each."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _leaves(below, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list | tuple | set | frozenset):
        for below in value:
            yield from _leaves(below, name)
    elif value is not None and not isinstance(value, bool):
        yield name, value


def _forms(value: object) -> Iterator[str]:
    """The ways in which a page may write ``value``."""
    if isinstance(value, dt.date):
        month = _MONTHS[value.month - 1]
        yield value.isoformat()
        yield f"{value.day} {month} {value.year}"
        yield f"{value.day:02} {month[:3]} {value.year}"
    else:
        yield " ".join(str(value).split())


def _can_be_told(form: str, spoken: str) -> bool:
    if len(form) < _SHORTEST:
        return False
    return bool(_REFERENCE.fullmatch(form)) or not (form in spoken and _stands_in(form, spoken))


def _stands_in(form: str, text: str) -> bool:
    """Tell whether ``form`` stands in ``text``, not as a part of a longer word or number."""
    before, after = (r"\d" if edge.isdigit() else r"[^\W\d_]" for edge in (form[0], form[-1]))
    return re.search(rf"(?<!{before}){re.escape(form)}(?!{after})", text) is not None
