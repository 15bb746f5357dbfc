"""Find the place in the content where the words come from that break a promise of the receipt.

A file such as the search index belongs to no entry, and holds the words of all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from plugins.base.problem import Position
from plugins.content_model.library import Library
from plugins.content_model.text_fields import text_values

#: A text, the file that it stands in, and where it begins there.
_Text = tuple[str, str, Position]


def find_source(library: Library, words: Collection[str]) -> tuple[str, Position] | None:
    """Return the file of the content, and the place in it, that one of ``words`` comes from; None where none does.

    Private fields are passed over: what stands in one is not meant to be published from there.
    """
    for path, text, first in (*_of_entries(library), *_of_registers(library)):
        folded = text.casefold()
        for word in words:
            at = folded.find(word.casefold()) if word else -1
            if at >= 0:
                # YAML may have folded the value of a field, so that only its beginning is sure.
                return path, first.within(text, at) if "\n" in text else first
    return None


def _of_entries(library: Library) -> Iterator[_Text]:
    for entry in library.entries:
        source, private = entry.source, getattr(type(entry), "private", ())
        for way, sentence in text_values(entry):
            if way[0] not in private:
                yield source.path, sentence, source.positions.of(way)
        yield source.path, f"{source.body}\n", Position(source.body_line)


def _of_registers(library: Library) -> Iterator[_Text]:
    registers = library.registers
    for name, register in (("topics.yaml", registers.topics), ("help.yaml", registers.contacts)):
        for key, item in register.items():
            for way, sentence in text_values(item):
                yield f"register/{name}", sentence, registers.positions[name][key].of(way)
