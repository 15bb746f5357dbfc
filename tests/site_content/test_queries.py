"""The table of queries, in a browser: what a reader types, and what must come first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

from tests.sites.building import CONTENT, Built

QUERIES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("queries.yaml").read_text(encoding="utf-8"))
_FIRST = 70
#: Types each of the words, and returns what the card says above the results, and the results: their addresses, or the
#: contacts that they are.
_ANSWERS = """
async (typed) => {
    const field = document.querySelector("input"), status = document.querySelector(".search-box__status"), found = [];
    const type = async (words, isDone) => {
        field.value = words;
        field.dispatchEvent(new Event("input"));
        while (!isDone(status.textContent)) await new Promise((resolve) => setTimeout(resolve));
    };
    field.focus();
    for (const words of typed) {
        await type("", (text) => text === "");
        await type(words, (text) => text.includes("ound"));
        const says = document.querySelector(".help-card__says");
        const results = [...document.querySelectorAll(".search-box__results > li")].map((item) => {
            const link = item.querySelector("a"), call = item.querySelector(".help-card__ways");
            return call ? link.textContent : new URL(link.href).pathname;
        });
        found.push([says ? says.innerText : "", results]);
    }
    return found;
}
"""


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The search page of the site itself."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/search/")
    yield page
    context.close()


def test_the_table_names_what_is_there(real: Built) -> None:
    """The table has eighty queries, each once, and every page, contact and card that it names is there."""
    assert len({query["type"] for query in QUERIES}) == len(QUERIES) == 80
    cards, contacts = _ids("crisis.yaml"), _ids("help.yaml")
    for query in QUERIES:
        assert query.get("card") in {None, *cards}
        for right in query["right"]:
            is_there = right[5:] in contacts if right.startswith("help:") else (real.output / right[1:]).is_dir()
            assert is_there, right


def test_what_readers_look_for_comes_first(page: Page) -> None:
    """Of the eighty, at least seventy have a right answer first and all have one among the first three.

    A card stands above the results where there must be one, and nowhere else.
    """
    cards, contacts = _ids("crisis.yaml", "says"), _ids("help.yaml", "name")
    wrong: list[str] = []
    first = 0
    answers: list[tuple[str, list[str]]] = page.evaluate(_ANSWERS, [query["type"] for query in QUERIES])
    for query, (card, found) in zip(QUERIES, answers, strict=True):
        right = {contacts[one[5:]] if one.startswith("help:") else one for one in query["right"]}
        first += found[:1] != [] and found[0] in right
        if right.isdisjoint(found[:3]) or card != cards.get(query.get("card", ""), ""):
            wrong.append(f"{query['type']}: {card!r} {found[:3]}")
    assert wrong == []
    assert first >= _FIRST, first


def _ids(register: str, field: str = "id") -> dict[str, str]:
    """A field of each item of ``register``, by the item's id."""
    items = yaml.safe_load((CONTENT / "register" / register).read_text(encoding="utf-8"))
    return {item["id"]: item[field] for item in items}
