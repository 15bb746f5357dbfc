"""Find the position in the content of the text that violates a privacy promise.

A file such as the search index belongs to no entry, and holds text of all entries.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from plugins.base.problem import Position
from plugins.content_model.library import Library
from plugins.content_model.text_fields import text_values

#: A text, its file, and its position in the file.
_Text = tuple[str, str, Position]


def find_source(library: Library, words: Collection[str]) -> tuple[str, Position] | None:
    """Return the content file and the position that one of ``words`` comes from, or None.

    Private fields are skipped, because they are not published from there.
    """
    for path, text, first in (*_of_entries(library), *_of_registers(library)):
        folded = text.casefold()
        for word in words:
            at = folded.find(word.casefold()) if word else -1
            if at >= 0:
                # YAML may fold the value of a field, so only its start is certain.
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
    for name, register in (
        ("topics.yaml", registers.topics),
        ("help.yaml", registers.contacts),
        ("crisis.yaml", registers.crisis),
    ):
        for key, item in register.items():
            for way, sentence in text_values(item):
                yield f"register/{name}", sentence, registers.positions[name][key].of(way)
