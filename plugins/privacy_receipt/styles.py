"""Find the addresses that a style sheet makes a browser fetch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2

from plugins.privacy_receipt.findings import Findings
from plugins.privacy_receipt.origin import SiteOrigin

#: Without any of these there is no address in a style sheet: only a backslash lets a name be written in another way.
_MAY_FETCH = re.compile(r"\\|url\(|src\(|image|cross-fade|element\(|@import", re.IGNORECASE)
_FETCHING = frozenset(
    {"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade", "element"}
)


def read(text: str, where: str, origin: SiteOrigin) -> Findings:
    """Return what the style sheet, or the declarations, ``text`` tell; ``where`` names them."""
    found = Findings()
    if not _MAY_FETCH.search(text):
        return found
    for address in _addresses(tinycss2.parse_component_value_list(text)):
        found.fetches(address, where, origin)
    return found


def _addresses(nodes: Iterable[Any], *, fetching: bool = False) -> Iterator[str]:
    """Yield the addresses among ``nodes``; ``fetching`` says that strings among them are addresses too."""
    rule = ""
    for node in nodes:
        if node.type == "at-keyword":
            rule = node.lower_value
        elif node.type == "{} block" or (node.type == "literal" and node.value == ";"):
            rule = ""
        # The address of `@namespace` is a name, which nobody fetches.
        if rule != "namespace":
            yield from _of(node, fetching=fetching or rule == "import")


def _of(node: Any, *, fetching: bool) -> Iterator[str]:  # noqa: ANN401 - tinycss2 has no common type for them
    if node.type == "url" or (node.type == "string" and fetching):
        yield str(node.value)
    elif node.type == "error" and node.kind in {"bad-url", "bad-string"}:
        # A browser may see more in it than we do.
        yield "//unreadable"
    elif node.type == "function":
        yield from _addresses(node.arguments, fetching=fetching or node.lower_name in _FETCHING)
    elif node.type in {"{} block", "() block", "[] block"}:
        yield from _addresses(node.content, fetching=fetching)
