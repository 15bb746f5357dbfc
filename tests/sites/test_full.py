"""Test that ``sites/full`` contains every kind, field, layout and block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
import yaml
from pydantic import BaseModel

from plugins.content_model.loader import KINDS
from plugins.content_model.page import Layout
from plugins.content_model.registers import Abbreviation, HelpContact, Topic
from plugins.content_model.tombstone import Tombstone
from plugins.markdown_blocks.block_kinds import BLOCK_KINDS
from tests.sites.building import SITES

FULL = SITES / "full"
REGISTERS: dict[str, type[BaseModel]] = {
    "topics": Topic,
    "help": HelpContact,
    "glossary": Abbreviation,
    "withdrawn": Tombstone,
}
#: Fields that the loader sets, and fields for feeds, which the tests of feeds cover.
LEFT_OUT = {"source", "log", "in_feeds", "feed_id"}


def entries(folder: str) -> list[dict[str, Any]]:
    """Return the front matter of every entry of a kind."""
    texts = [file.read_text(encoding="utf-8") for file in sorted((FULL / folder).glob("*/index.md"))]
    # The base loader, because the default one reads the key `on` as a boolean.
    return [yaml.load(text.split("---\n")[1], Loader=yaml.BaseLoader) for text in texts]  # noqa: S506


def groups(model: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel]]]:
    """Return the fields of ``model`` that have fields."""
    for name, field in model.model_fields.items():
        parts = [field.annotation, *get_args(field.annotation)]
        yield from ((name, part) for part in parts if isinstance(part, type) and issubclass(part, BaseModel))


def assert_every_field(model: type[BaseModel], found: list[dict[str, Any]], leave: set[str]) -> None:
    """Check that ``found`` contains each field of ``model`` and of its groups."""
    assert found
    assert set(model.model_fields) - leave - {name for one in found for name in one} == set()
    for name, group in groups(model):
        if name in leave:
            continue
        held = [one[name] for one in found if name in one]
        assert_every_field(
            group, [part for part in held for part in (part if isinstance(part, list) else [part])], leave
        )


@pytest.mark.parametrize("folder", KINDS)
def test_every_field_of_every_kind(folder: str) -> None:
    """Each kind has an entry, and each of its fields is set in one of them."""
    leave = {"source"} if folder == "commitments" else LEFT_OUT
    # Only articles, stories and commitments use every common field. Pages and people use few.
    if folder in {"articles", "stories", "commitments"}:
        common = set(KINDS["pages"].model_fields) - {"layout"}
        everywhere = [made for kind in KINDS for made in entries(kind)]
        assert_every_field(KINDS["pages"], everywhere, leave)
        assert_every_field(KINDS[folder], entries(folder), leave | common)
    else:
        assert {name for made in entries(folder) for name in made} >= {"id", "title", "slug", "status"}


@pytest.mark.parametrize("name", REGISTERS)
def test_every_field_of_every_register(name: str) -> None:
    """Each register exists, and each field of its items is set."""
    found = yaml.safe_load((FULL / "register" / f"{name}.yaml").read_text(encoding="utf-8"))
    # ``source`` of a contact is a separate field.
    assert_every_field(REGISTERS[name], found, LEFT_OUT - {"source"})


def test_every_layout_and_every_block() -> None:
    """Each layout has a page, and each kind of block is in a text."""
    assert {made.get("layout", "page") for made in entries("pages")} == set(get_args(Layout))
    texts = "\n".join(file.read_text(encoding="utf-8") for file in FULL.rglob("*.md"))
    assert [name for name in BLOCK_KINDS if f"\n/// {name}" not in texts] == []
