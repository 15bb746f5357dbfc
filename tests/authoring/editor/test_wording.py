"""The form has words of its own for every value of the fields that it words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plugins.authoring.editor.wording import CHOICES
from plugins.content_model.field_docs import FieldNote, notes
from plugins.content_model.loader import KINDS


def _choices(fields: Iterable[FieldNote]) -> Iterator[FieldNote]:
    for field in fields:
        if field.form == "choice":
            yield field
        yield from _choices(field.fields)


def test_every_value_has_words() -> None:
    """A new value of a field that the form words, such as a scope of consent, gets words too."""
    fields = [field for model in KINDS.values() for field in _choices(notes(model)) if field.name in CHOICES]
    assert {field.name for field in fields} == CHOICES.keys()
    missing = {(field.name, value) for field in fields for value in field.choices} - {
        (name, value) for name, values in CHOICES.items() for value in values
    }
    assert missing == set()
