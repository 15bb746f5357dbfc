"""Wording: the sentences of front matter and registers hold no phone number and no e-mail address.

The texts of entries are read where Markdown is; these are the sentences beside them: titles, summaries, alt texts,
statements, records, safety texts, meanings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pydantic import BaseModel

from plugins.content_model.contact_details import ContactDetail, contact_details, problem_of
from plugins.content_model.entry import Entry
from plugins.content_model.library import Library
from plugins.content_model.positions import FieldPath
from plugins.content_model.problem import Position, Problem
from plugins.content_model.register import Registers
from plugins.help_register.contacts import PATH, REGISTER

#: Fields that hold no sentence: keys, addresses, names of files, hashes, and a pointer to a record kept elsewhere.
_NO_SENTENCES = frozenset(
    {
        "id",
        "key",
        "slug",
        "author",
        "topics",
        "topic",
        "redress",
        "url",
        "file",
        "aliases",
        "wording",
        "approved_text",
        "ref",
        "source",
    }
)
#: The sentences of a help contact; its other fields are where numbers and addresses belong.
_OF_A_CONTACT = ("name", "who_for", "hours", "cost", "ask_for")


def check_wording(library: Library, read: Callable[[str], str]) -> Iterator[Problem]:
    """Yield a problem for each phone number and e-mail address outside the fields that are made for them.

    Args:
        library: the content.
        read: gives the text of a file, by its path in the content folder.
    """
    for entry in library.entries:
        for way, text in _sentences(entry):
            for detail in contact_details(text):
                yield _problem(detail, entry.source.path, _place_in(entry, way), read)
    for path, position, text in _of_registers(library.registers):
        for detail in contact_details(text):
            yield _problem(detail, path, position, read)


def _sentences(value: object, way: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    """Each sentence below ``value``, with the way to it."""
    if isinstance(value, str):
        yield way, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in _NO_SENTENCES:
                yield from _sentences(getattr(value, name), (*way, name))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _sentences(item, (*way, number))


def _of_registers(registers: Registers) -> Iterator[tuple[str, Position, str]]:
    for key, topic in registers.topics.items():
        for (name,), text in _sentences(topic):
            yield "register/topics.yaml", registers.position("topics.yaml", key, name), text
    for term, meaning in registers.glossary.items():
        for name, text in (("term", term), ("meaning", meaning)):
            yield "register/glossary.yaml", registers.position("glossary.yaml", term, name), text
    for key, contact in registers.contacts.items():
        for name in _OF_A_CONTACT:
            text = getattr(contact, name)
            if text is not None:
                yield PATH, registers.position(REGISTER, key, name), text


def _place_in(entry: Entry, way: FieldPath) -> Position:
    return entry.source.positions.of(way)


def _problem(detail: ContactDetail, path: str, value: Position, read: Callable[[str], str]) -> Problem:
    """The problem at its own place in the value that begins at ``value``; a value may run over several lines."""
    text = read(path)
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: value.line - 1]) + value.column - 1
    words = r"\s+".join(re.escape(word) for word in detail.text.split())
    found = re.compile(words).search(text, start)
    if found is None:  # written with an escape
        return problem_of(detail, path, value)
    return problem_of(detail, path, Position().within(text, found.start()))
