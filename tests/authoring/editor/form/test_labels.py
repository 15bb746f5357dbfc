"""Test that the form has labels for the values of its choices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plugins.authoring.editor.bundling import STATIC
from plugins.authoring.editor.form.form import Fields
from plugins.authoring.editor.form.labels import CHOICES, hint
from plugins.content_model.field_docs import FieldNote, notes
from plugins.content_model.loader import KINDS
from tests.sites.building import ROOT


def _choices(fields: Iterable[FieldNote]) -> Iterator[FieldNote]:
    for field in fields:
        if field.form == "choice":
            yield field
        yield from _choices(field.fields)


def _shown(fields: Iterable[FieldNote]) -> Iterator[FieldNote]:
    for field in fields:
        yield field
        yield from _shown(field.fields)


def test_every_value_has_words() -> None:
    """If one value of a field has a label, all its values do."""
    fields = [field for model in KINDS.values() for field in _choices(notes(model)) if field.name in CHOICES]
    assert {field.name for field in fields} == CHOICES.keys()
    missing = {(field.name, value) for field in fields for value in field.choices} - {
        (name, value) for name, values in CHOICES.items() for value in values
    }
    assert missing == set()


def test_no_hint_speaks_of_files_and_keys() -> None:
    """The models tell those who write YAML; the form says what people see of it."""
    hints = [hint(field.meaning) for model in KINDS.values() for field in _shown(Fields.of(model).shown)]
    assert len(hints) > 50
    assert [one for one in hints if re.search(r"\btrue when|folder|register|\bkeys?\b|\bid\b|file name", one)] == []


def test_every_colour_and_size_is_one_of_the_theme() -> None:
    """One that the theme does not name would be no colour at all: a button without its words."""
    tokens = (ROOT / "theme" / "styles" / "base" / "tokens.css").read_text()
    named = set(re.findall(r"^ *(--[a-z0-9-]+):", tokens, re.MULTILINE)) | {"--under", "--scale"}
    styles = (STATIC / "editor.css").read_text() + (STATIC / "bundle.js").read_text()
    assert set(re.findall(r"var\((--[a-z0-9-]+)", styles)) - named == set()
