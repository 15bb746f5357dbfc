"""Make the files of ``.vscode/``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from plugins.authoring.schemas.schema import entry_schema, register_schema
from plugins.content_model.entry import Entry, StrictModel
from plugins.content_model.field_docs import FieldNote, notes
from plugins.content_model.loader import KINDS, REGISTER
from plugins.content_model.registers import Abbreviation, HelpContact, Topic
from plugins.content_model.search_registers import CrisisCard, Synonym

#: The registers that people write, by the name of their file; only the tool writes `withdrawn.yaml`.
REGISTERS: dict[str, type[StrictModel]] = {
    "topics": Topic,
    "help": HelpContact,
    "glossary": Abbreviation,
    "synonyms": Synonym,
    "crisis": CrisisCard,
}
_YAML_EXTENSION = "redhat.vscode-yaml"


def files() -> dict[str, str]:
    """Return the texts of the files by their path, relative to ``.vscode/``."""
    schemas = {f"schemas/{kind.kind_name}.json": entry_schema(kind, _title(kind)) for kind in KINDS.values()}
    schemas |= {
        f"schemas/{name}.json": register_schema(model, f"The register {name}.yaml") for name, model in REGISTERS.items()
    }
    made: dict[str, Any] = {
        **schemas,
        "settings.json": _settings(),
        "extensions.json": {"recommendations": [_YAML_EXTENSION]},
        "authoring.code-snippets": _snippets(),
    }
    return {path: json.dumps(value, indent=2, ensure_ascii=False) + "\n" for path, value in made.items()}


def _title(kind: type[Entry]) -> str:
    return f"The front matter of {'an' if kind.kind_name[0] in 'aeiou' else 'a'} {kind.kind_name}"


def _settings() -> dict[str, Any]:
    # The globs of entries are for extensions that pass front matter to the YAML language server.
    schemas = {f".vscode/schemas/{kind.kind_name}.json": f"content/{folder}/**/*.md" for folder, kind in KINDS.items()}
    schemas |= {f".vscode/schemas/{name}.json": f"content/{REGISTER}/{name}.yaml" for name in REGISTERS}
    return {
        "yaml.schemas": schemas,
        # No schema is fetched from the web for a file that an author opens.
        "yaml.schemaStore.enable": False,
        "redhat.telemetry.enabled": False,
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.insertFinalNewline": True,
        "editor.wordWrap": "on",
        "[markdown]": {"editor.quickSuggestions": {"other": True, "comments": False, "strings": True}},
    }


def _snippets() -> dict[str, Any]:
    """Return a snippet with the required fields of each kind, and one for each single field."""
    found: dict[str, Any] = {}
    single: dict[str, FieldNote] = {}
    for kind in KINDS.values():
        fields = notes(kind)
        single |= {field.name: field for field in fields}
        found[f"Front matter of {kind.kind_name}"] = {
            "scope": "markdown",
            "prefix": f"new {kind.kind_name}",
            "description": f"{_title(kind)}: every field that it needs. `inv new {kind.kind_name}` also fills them in.",
            "body": ["---", *_lines([field for field in fields if field.needed or field.name == "status"]), "---", ""],
        }
    for field in single.values():
        found[f"Field {field.name}"] = {
            "scope": "markdown,yaml",
            "prefix": field.name,
            "description": field.meaning,
            "body": _lines([field]),
        }
    return found


def _lines(fields: Sequence[FieldNote]) -> list[str]:
    stops = iter(range(1, 1000))
    return [line for field in fields for line in _field(field, stops, "")]


def _field(field: FieldNote, stops: Any, indent: str) -> list[str]:  # noqa: ANN401 - an iterator that is shared
    if field.form != "group":
        value = _stop(field, next(stops))
        return [f"{indent}{field.name}: {f'[{value}]' if field.many else value}"]
    inside = [line for part in field.fields if part.needed or _shown(part) for line in _field(part, stops, "")]
    if field.many:
        return [
            f"{indent}{field.name}:",
            *(f"{indent}  {'- ' if at == 0 else '  '}{line}" for at, line in enumerate(inside)),
        ]
    return [f"{indent}{field.name}:", *(f"{indent}  {line}" for line in inside)]


def _shown(field: FieldNote) -> bool:
    """Return whether an optional field is in the snippet: a picture needs alt text unless it is decorative."""
    return field.name == "alt"


def _stop(field: FieldNote, number: int) -> str:
    if field.form == "identifier":
        # The editor makes a new one each time, so no two entries share one.
        return "$RANDOM_HEX$RANDOM_HEX"
    if field.form == "choice":
        return f"${{{number}|{','.join(field.choices)}|}}"
    if field.form == "flag":
        return f"${{{number}|true,false|}}"
    example = field.example.strip("[]").replace("}", "\\}").replace("$", "\\$")
    return f"${{{number}:{example}}}"
