"""Make the JSON schema of a model.

A schema covers unknown fields, missing fields, wrong types and wrong choices. Rules between fields are checked by the
build and ``inv check``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plugins.content_model.entry import StrictModel
from plugins.content_model.field_docs import FieldNote, notes
from plugins.content_model.fields import LONGEST_SLUG, REASON_LENGTH, SUMMARY_LENGTH

_DIALECT = "http://json-schema.org/draft-07/schema#"
#: YAML reads `2026` as a number, and the models as text.
_WORDS: dict[str, Any] = {"type": ["string", "number"]}
_PATTERNS = {
    "day": r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
    "slug": r"^[a-z0-9]+(-[a-z0-9]+)*$",
    "identifier": r"^[a-z0-9][a-z0-9-]{6,62}[a-z0-9]$",
    "alias": r"^/([^/?#]+(/[^/?#]+)*/?(\?[a-z][a-z0-9_]{0,39}=[a-z0-9]{1,40})?|\?[a-z][a-z0-9_]{0,39}=[a-z0-9]{1,40})$",
    "address": r"^https?://[^\s/?#]+",
    "email": r"^[A-Za-z0-9_.+-]+@[A-Za-z0-9.-]+$",
    "digest": r"^[0-9a-f]{64}$",
}
_LENGTHS = {
    "slug": {"maxLength": LONGEST_SLUG},
    "summary": {"maxLength": SUMMARY_LENGTH},
    "reason": {"minLength": REASON_LENGTH},
}


def entry_schema(model: type[StrictModel], title: str) -> dict[str, Any]:
    """Return the schema of the front matter of a ``model``."""
    return {"$schema": _DIALECT, "title": title, **_group(notes(model))}


def register_schema(model: type[StrictModel], title: str) -> dict[str, Any]:
    """Return the schema of a register whose items are of ``model``."""
    return {"$schema": _DIALECT, "title": title, "type": "array", "items": _group(notes(model))}


def _group(fields: Sequence[FieldNote]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [field.name for field in fields if field.needed],
        "properties": {field.name: _property(field) for field in fields},
    }


def _property(field: FieldNote) -> dict[str, Any]:
    described = {"description": f"{field.meaning} Write {field.words}."}
    if field.example:
        described["description"] += f" Example: {field.example}"
    return {**described, "type": "array", "items": _value(field)} if field.many else {**described, **_value(field)}


def _value(field: FieldNote) -> dict[str, Any]:
    if field.form == "group":
        return _group(field.fields)
    if field.form == "choice":
        return {"enum": list(field.choices)}
    if field.form == "flag":
        return {"type": "boolean"}
    if field.form in _PATTERNS:
        # YAML reads a name of digits as a number, to which the pattern does not apply.
        kind = _WORDS if field.form in {"slug", "identifier"} else {"type": "string"}
        return {**kind, "pattern": _PATTERNS[field.form], **_LENGTHS.get(field.form, {})}
    return {**_WORDS, **_LENGTHS.get(field.form, {})}
