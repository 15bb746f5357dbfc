"""Make the rows of the handbook's tables from the models and from ``problems.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from plugins.authoring.handbook.views import FieldRow, ProblemRow
from plugins.content_model.entry import StrictModel
from plugins.content_model.field_docs import FieldNote, notes
from plugins.content_model.loader import KINDS
from plugins.content_model.registers import Abbreviation, HelpContact, Topic
from plugins.content_model.search_registers import CrisisCard, Synonym

#: The models that a table of fields can be about.
MODELS: Mapping[str, type[StrictModel]] = {
    **{kind.kind_name: kind for kind in KINDS.values()},
    "help contact": HelpContact,
    "topic": Topic,
    "abbreviation": Abbreviation,
    "synonym": Synonym,
    "crisis-card": CrisisCard,
}


def field_rows(name: str, example: str = "") -> tuple[FieldRow, ...]:
    """Return the rows of the model ``name``: required fields first.

    Args:
        name: a key of ``MODELS``.
        example: front matter as YAML; its values are the examples of the fields that it has.

    Raises:
        KeyError: if there is no such model.
    """
    given = yaml.load(example, Loader=yaml.BaseLoader) if example else {}  # noqa: S506 - it makes strings only
    rows = list(_rows(notes(MODELS[name]), given if isinstance(given, Mapping) else {}))
    groups: dict[str, list[FieldRow]] = {}
    for row in rows:
        groups.setdefault(row.name.partition(" / ")[0], []).append(row)
    return tuple(row for group in sorted(groups.values(), key=lambda group: not group[0].needed) for row in group)


def _rows(fields: Sequence[FieldNote], given: Mapping[str, Any], before: str = "") -> Iterator[FieldRow]:
    for field in fields:
        value = given.get(field.name)
        yield FieldRow(f"{before}{field.name}", field.needed, field.meaning, field.words, _example(field, value))
        inside = value[0] if isinstance(value, list) and value else value
        yield from _rows(field.fields, inside if isinstance(inside, Mapping) else {}, f"{before}{field.name} / ")


def _example(field: FieldNote, value: Any) -> str:  # noqa: ANN401 - what YAML holds
    if field.form == "group":
        return ""
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return str(value) if value else field.example


def problem_rows(file: Path) -> tuple[ProblemRow, ...]:
    """Return the rows of the list of problems in ``file``, in its order."""
    items = yaml.safe_load(file.read_text(encoding="utf-8"))
    return tuple(ProblemRow(item["name"], item["severity"], item["message"], item["hint"]) for item in items)
