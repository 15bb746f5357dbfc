"""Test that no card stands alone in a row of columns."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.theme.test_components import THEME

_FILES = ("base/reset.css", "base/tokens.css", "base/elements.css", "compositions/card-row.css")
_ALONE = """(kind) => [...Array(12).keys()].map((number) => number + 2).filter((count) => {
    const list = document.createElement("ul");
    list.className = kind;
    list.append(...Array.from({ length: count }, () => document.createElement("li")));
    for (const card of list.children) card.textContent = "A card";
    document.querySelector("main").replaceChildren(list);
    const boxes = [...list.children].map((card) => card.getBoundingClientRect());
    const last = boxes.filter((box) => box.top === boxes[count - 1].top);
    return last.length === 1 && last[0].width < list.clientWidth - 1;
})"""


@pytest.mark.real
@pytest.mark.parametrize(
    "kind", ["card-grid card-grid--many", "card-row", "card-row card-row--four", "commitment-list"]
)
def test_no_card_stands_alone_in_its_row(kind: str, browser: Browser) -> None:
    """Of two to thirteen cards, at any width, the last is never alone in a row with room for more."""
    style = "".join((THEME / "styles" / file).read_text(encoding="utf-8") for file in _FILES)
    page = browser.new_page()
    try:
        page.set_content(f"<!doctype html><style>{style}</style><main></main>")
        for width in (320, 768, 1023, 1024, 1280, 1600):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(_ALONE, kind) == [], width
    finally:
        page.close()
