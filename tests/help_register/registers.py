"""Make registers for tests."""

from __future__ import annotations

import json
from typing import Any

from plugins.content_model.registers import HelpContact, Registers

#: The three contacts that feeds and pages need.
PLAIN: dict[str, dict[str, Any]] = {
    "emergency": {"name": "Emergency services", "number": "999", "crisis": True},
    "elm-tree-hub": {"name": "Elm Tree Hub", "number": "020 8191 9191"},
    "samaritans": {"name": "Samaritans", "number": "116 123", "crisis": True},
}
_COMMON = {"who_for": "All", "hours": "Always", "nations": ["england"], "cost": "Free", "source": "Known"}


def contacts(**changes: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Return the fields of the plain contacts with ``changes`` by id (hyphens as underscores). None removes one."""
    given = {key.replace("_", "-"): value for key, value in changes.items()}
    found = []
    for key in dict.fromkeys((*PLAIN, *given)):
        change = given.get(key, {})
        if change is not None:
            found.append({"id": key, **_COMMON, **PLAIN.get(key, {"name": key}), **change})
    return found


def as_text(fields: list[dict[str, Any]]) -> str:
    """Return the register of ``fields`` as a file. JSON is valid YAML."""
    return "".join(
        "- " + "\n  ".join(f"{name}: {json.dumps(_plain(value))}" for name, value in item.items()) + "\n"
        for item in fields
    )


def registers(**changes: dict[str, Any] | None) -> Registers:
    """Return registers whose help contacts are the plain ones with ``changes``."""
    made = [
        HelpContact.model_validate({name: _plain(value) for name, value in fields.items() if value is not None})
        for fields in contacts(**changes)
    ]
    return Registers(contacts={contact.id: contact for contact in made})


def _plain(value: object) -> object:
    """Return a value as a file holds it, with booleans as words."""
    return str(value).lower() if isinstance(value, bool) else value
