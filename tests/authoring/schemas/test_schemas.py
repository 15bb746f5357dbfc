"""Test the schemas in ``.vscode/`` against the models, the real content and planted mistakes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from plugins.authoring.schemas import command
from plugins.authoring.schemas.vscode import REGISTERS, files
from plugins.content_model.field_docs import notes
from plugins.content_model.loader import KINDS, REGISTER
from tests.sites.building import CONTENT, ROOT, SITES

FOLDER = ROOT / ".vscode"


class Yaml(yaml.SafeLoader):
    """YAML 1.2 as editors read it: a date and ``yes`` are strings."""


Yaml.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag in {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:null"}
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Yaml.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"])


def read(text: str) -> Any:
    """Return the data that an editor reads from ``text``."""
    return yaml.load(text, Loader=Yaml)  # noqa: S506 - a safe loader, with fewer types


def schema(name: str) -> Draft7Validator:
    """Return a validator of the schema ``name``."""
    return Draft7Validator(json.loads((FOLDER / "schemas" / f"{name}.json").read_text(encoding="utf-8")))


def complaints(name: str, value: Any) -> list[str]:
    """Return the errors of the schema ``name`` for ``value``."""
    return [error.message for error in schema(name).iter_errors(value)]


def front_matters(*roots: Path) -> list[tuple[str, Path]]:
    """Yield kind and file of every entry of content folders."""
    return [
        (kind.kind_name, file)
        for root in roots
        for folder, kind in KINDS.items()
        for file in root.glob(f"{folder}/**/*.md")
    ]


def front_matter(file: Path) -> dict[str, Any]:
    """Return the front matter of an entry."""
    found: dict[str, Any] = read(file.read_text(encoding="utf-8").split("\n---\n")[0].removeprefix("---\n"))
    return found


ENTRIES = front_matters(CONTENT, SITES / "full", SITES / "minimal")


def test_the_schemas_are_current() -> None:
    """``.vscode/`` contains exactly the files that ``inv schemas`` writes."""
    standing = {
        file.relative_to(FOLDER).as_posix(): file.read_text(encoding="utf-8")
        for file in FOLDER.rglob("*")
        if file.is_file()
    }
    assert standing == files()


@pytest.mark.parametrize("name", [*(kind.kind_name for kind in KINDS.values()), *REGISTERS])
def test_schemas_are_valid(name: str) -> None:
    """Each schema is valid, and every field in it has a description."""
    Draft7Validator.check_schema(schema(name).schema)
    top = json.loads((FOLDER / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
    for field in top.get("items", top)["properties"].values():
        assert len(field["description"]) > 20


@pytest.mark.parametrize(("name", "file"), ENTRIES, ids=lambda part: str(getattr(part, "parent", part))[-40:])
def test_valid_front_matter_passes(name: str, file: Path) -> None:
    """The front matter of each entry of the site and of ``sites/full`` passes its schema."""
    assert complaints(name, front_matter(file)) == []


@pytest.mark.parametrize("root", [CONTENT, SITES / "full"], ids=["real", "full"])
@pytest.mark.parametrize("name", REGISTERS)
def test_valid_registers_pass(name: str, root: Path) -> None:
    """Each register passes its schema."""
    assert complaints(name, read((root / REGISTER / f"{name}.yaml").read_text(encoding="utf-8"))) == []


SLIPS: list[tuple[dict[str, Any], str]] = [
    ({"titel": "A walk"}, "'titel' was unexpected"),
    ({"title": None}, "is not of type"),
    ({"published": "22/11/2026"}, "does not match"),
    ({"published": "2026-13-01"}, "does not match"),
    ({"status": "live"}, "is not one of"),
    ({"kind": "essay"}, "is not one of"),
    ({"slug": "Sober Summers"}, "does not match"),
    ({"id": "short"}, "does not match"),
    ({"topics": "alcohol"}, "is not of type 'array'"),
    ({"medical": "yes"}, "is not of type 'boolean'"),
    ({"summary": "x" * 161}, "is too long"),
    ({"image": {"file": "cover.jpg", "atl": "x"}}, "'atl' was unexpected"),
    ({"image": {"alt": "A path"}}, "'file' is a required property"),
    ({"sources": [{"title": "A book", "publisher": "A press", "url": "nhs.uk"}]}, "does not match"),
    ({"aliases": ["blog/old"]}, "does not match"),
    ({"updated": [{"on": "2026-11-22"}]}, "'what' is a required property"),
    ({"safety_declined": [{"topic": "work", "reason": "no"}]}, "is too short"),
]


@pytest.mark.parametrize(("slip", "says"), SLIPS, ids=lambda part: str(part)[:40])
def test_a_mistake_fails(slip: dict[str, Any], says: str) -> None:
    """A planted mistake in the front matter of a valid article is the only error."""
    good = front_matter(SITES / "full" / "articles" / "everything" / "index.md")
    (told,) = complaints("article", {**good, **slip})
    assert says in told


@pytest.mark.parametrize("field", [field.name for field in notes(KINDS["articles"]) if field.needed])
def test_a_missing_field_fails(field: str) -> None:
    """An article without a required field fails its schema."""
    good = front_matter(SITES / "full" / "articles" / "everything" / "index.md")
    del good[field]
    assert complaints("article", good) == [f"'{field}' is a required property"]


def test_a_mistake_in_a_register_fails() -> None:
    """A help contact with an unknown nation fails the schema of the register."""
    contacts = read((CONTENT / REGISTER / "help.yaml").read_text(encoding="utf-8"))
    contacts[0]["nations"] = ["cornwall"]
    (told,) = complaints("help", contacts)
    assert "'cornwall' is not one of" in told


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.kind_name)
def test_snippets_pass(kind: Any) -> None:
    """The snippet of a new entry passes the schema of its kind."""
    snippets = json.loads((FOLDER / "authoring.code-snippets").read_text(encoding="utf-8"))
    body = snippets[f"Front matter of {kind.kind_name}"]["body"]
    typed = re.sub(r"\$\{\d+\|([^,|]*)[^|]*\|\}", r"\1", "\n".join(body).replace("$RANDOM_HEX", "0f3a9c"))
    typed = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", typed)
    assert "$" not in typed
    assert complaints(kind.kind_name, read(typed.split("---")[1])) == []


def test_the_command_writes_changed_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``inv schemas`` writes missing and outdated files, names them, and then has nothing to do."""
    folder = tmp_path / ".vscode"
    command.write(folder)
    assert capsys.readouterr().out.count("Written: .vscode/") == len(files())
    (folder / "settings.json").write_text("{}", encoding="utf-8")
    command.write(folder)
    assert capsys.readouterr().out.splitlines()[0] == "Written: .vscode/settings.json"
    command.write(folder)
    assert capsys.readouterr().out == "Nothing to change: the files say what is true.\n"
