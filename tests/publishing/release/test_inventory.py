"""Test reading, writing and comparing inventories."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.publishing.release.inventory import Inventory, InventoryError, ReleaseFile, read

_NAMES = st.text(min_size=1, max_size=12)
_ITEMS = st.builds(
    ReleaseFile,
    path=_NAMES,
    sha256=st.sampled_from(["a" * 64, "b" * 64]),
    size=st.integers(0, 10**9),
    type=st.sampled_from(["", "text/html; charset=utf-8"]),
    caching=st.sampled_from(["", "no-cache"]),
    encodings=st.sampled_from([(), ("br", "gzip")]),
)
_INVENTORIES = st.builds(
    lambda items, redirects, gone, left: Inventory(
        "0123456789ab", "https://example.org", {item.path: item for item in items}, redirects, gone, left
    ),
    st.lists(_ITEMS, max_size=6),
    st.dictionaries(_NAMES, _NAMES, max_size=3),
    st.dictionaries(_NAMES, _NAMES, max_size=3),
    st.dictionaries(_NAMES, st.just("2026-11-22"), max_size=3),
)


@given(_INVENTORIES)
def test_what_is_written_is_read(inventory: Inventory) -> None:
    """An inventory that was written and read is equal, and is written the same again."""
    again = read(inventory.to_json())
    assert again == inventory
    assert again.to_json() == inventory.to_json()


@given(_INVENTORIES, st.data())
def test_what_is_cut_off_is_no_inventory(inventory: Inventory, data: st.DataObject) -> None:
    """A truncated inventory is refused."""
    text = inventory.to_json().rstrip()
    with pytest.raises(InventoryError, match="cut off"):
        read(text[: data.draw(st.integers(0, len(text) - 1))])


@pytest.mark.parametrize("text", ["", "[]", "null", '{"files": []}', '{"id": "x", "files": {"a": 1}}', "\x00"])
def test_something_else_is_no_inventory(text: str) -> None:
    """Any other text is refused with ``InventoryError``."""
    with pytest.raises(InventoryError):
        read(text)


@given(_INVENTORIES, _INVENTORIES)
def test_changes_lead_from_one_to_the_other(old: Inventory, new: Inventory) -> None:
    """Deleting the removed files and sending the others gives the new files, and no file is sent needlessly."""
    changes = new.since(old)
    after = {path: item for path, item in old.items.items() if path not in changes.removed}
    after |= {path: new.items[path] for path in changes.to_send}
    assert after == new.items
    assert all(old.items.get(path) != new.items[path] for path in changes.to_send)
    assert bool(changes) == (old.items != new.items)


def test_a_host_without_a_release_gets_everything() -> None:
    """Without an older release, every file is new."""
    item = ReleaseFile("index.html", "a" * 64, 1)
    assert Inventory("0", "https://example.org", {"index.html": item}, {}, {}).since(None).added == ("index.html",)


@pytest.mark.parametrize("root", ["", "/a/community"])
def test_the_addresses_to_purge_from_a_cdn(root: str) -> None:
    """A page has two addresses, another file has one, and hidden files have none."""
    folder = f"{root.strip('/')}/" if root else ""
    paths = [f"{folder}{name}" for name in ("index.html", "help/index.html", "help/index.html.br", "a b.png")]
    found = Inventory("0", f"https://example.org{root}", {}, {}, {}).addresses([*paths, "_headers", "_hosts/Caddyfile"])
    assert found == [
        f"https://example.org{root}/",
        f"https://example.org{root}/a%20b.png",
        f"https://example.org{root}/help/",
        f"https://example.org{root}/help/index.html",
        f"https://example.org{root}/index.html",
    ]


def test_an_older_inventory_is_read() -> None:
    """An inventory of an earlier version without the key `left` is read."""
    text = Inventory("0", "https://example.org", {}, {}, {}).to_json()
    assert '"left": {}' in text
    assert read(text.replace(',\n "left": {}', "")).left == {}
