"""Report phone numbers and e-mail addresses in the text fields of front matter and registers.

``markdown_blocks`` checks the bodies of entries. This module checks the fields beside them: titles, summaries, alt
texts, statements, records, safety texts, meanings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from plugins.base.cache import Cache, Computation, NoCache
from plugins.base.problem import Position, Problem
from plugins.content_model.contact_details import ContactDetail, contact_detail_problem, contact_details
from plugins.content_model.entry import Entry
from plugins.content_model.library import Library
from plugins.content_model.registers import Registers
from plugins.content_model.text_fields import locate, text_values
from plugins.help_register.contacts import PATH, REGISTER

#: The text fields of a help contact. Its other fields may hold numbers and addresses.
_OF_A_CONTACT = ("name", "who_for", "hours", "cost", "ask_for")


def check_wording(library: Library, read: Callable[[str], str], cache: Cache | None = None) -> Iterator[Problem]:
    """Yield a problem for each phone number and e-mail address in a text field.

    Args:
        library: the content.
        read: returns the text of a file by its path in the content folder.
        cache: keeps the problems of each entry.
    """
    jobs = [
        Computation((entry.kind_name, entry.source.text), partial(_of_entry, entry, read)) for entry in library.entries
    ]
    cache = cache or NoCache()
    for found in cache.get_or_compute_many("wording", {}, jobs):
        yield from found
    for path, position, text in _of_registers(library.registers):
        for detail in contact_details(text):
            yield _problem(detail, path, position, read)


def _of_entry(entry: Entry, read: Callable[[str], str], _: object) -> tuple[Problem, ...]:
    return tuple(
        _problem(detail, entry.source.path, entry.source.positions.of(way), read)
        for way, text in text_values(entry)
        for detail in contact_details(text)
    )


def _of_registers(registers: Registers) -> Iterator[tuple[str, Position, str]]:
    for key, topic in registers.topics.items():
        for (name,), text in text_values(topic):
            yield "register/topics.yaml", registers.position("topics.yaml", key, name), text
    for term, meaning in registers.glossary.items():
        for name, text in (("term", term), ("meaning", meaning)):
            yield "register/glossary.yaml", registers.position("glossary.yaml", term, name), text
    for key, card in registers.crisis.items():
        yield "register/crisis.yaml", registers.position("crisis.yaml", key, "says"), card.says
    for key, contact in registers.contacts.items():
        for name in _OF_A_CONTACT:
            text = getattr(contact, name)
            if text is not None:
                yield PATH, registers.position(REGISTER, key, name), text


def _problem(detail: ContactDetail, path: str, value: Position, read: Callable[[str], str]) -> Problem:
    """Return the problem at its position in the value that begins at ``value`` and may span several lines."""
    return contact_detail_problem(detail, path, locate(detail.text, value, read(path)), in_a_field=True)
