"""Find the addresses that a style sheet makes a browser fetch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2

from plugins.privacy_receipt.findings import Findings
from plugins.privacy_receipt.origin import SiteOrigin

#: A style sheet without a match has no address. A backslash may start an escaped name.
_MAY_FETCH = re.compile(r"\\|url\(|src\(|image|cross-fade|element\(|@import", re.IGNORECASE)
_FETCHING = frozenset(
    {"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade", "element"}
)
#: A string without brackets, a bracket, or the start of what needs the parser: another string, an escape, a comment.
_MARK = re.compile(r"""\"[^"\\\n\r\f(){}[\]]*"|'[^'\\\n\r\f(){}[\]]*'|[(){}[\]"'\\]|/\*""")
_OPENING = {")": "(", "}": "{", "]": "["}


def read(text: str, where: str, origin: SiteOrigin) -> Findings:
    """Return the findings of the style sheet or declarations ``text``, called ``where`` in messages."""
    found = Findings()
    if not _MAY_FETCH.search(text):
        return found
    for rule in rules(text):
        if _MAY_FETCH.search(rule):
            for address in _addresses(tinycss2.parse_component_value_list(rule)):
                found.fetches(address, where, origin)
    return found


def rules(text: str) -> Iterator[str]:
    """Yield the rules at the top level of ``text``, because parsing only those that may fetch saves time.

    Whatever follows brackets that do not pair, an escape, a comment or an unusual string is yielded in one piece.
    """
    start, opened = 0, list[str]()
    for mark in _MARK.finditer(text):
        match mark[0]:
            case "(" | "{" | "[":
                opened.append(mark[0])
            case ")" | "}" | "]":
                if not opened or opened.pop() != _OPENING[mark[0]]:
                    break
                if mark[0] == "}" and not opened:
                    yield text[start : mark.end()]
                    start = mark.end()
            case "'" | '"' | "\\" | "/*":
                break
    yield text[start:]


def _addresses(nodes: Iterable[Any], *, fetching: bool = False) -> Iterator[str]:
    """Yield the addresses among ``nodes``. With ``fetching``, strings among them are addresses too."""
    rule = ""
    for node in nodes:
        if node.type == "at-keyword":
            rule = node.lower_value
        elif node.type == "{} block" or (node.type == "literal" and node.value == ";"):
            rule = ""
        # The address in `@namespace` is a name that no browser fetches.
        if rule != "namespace":
            yield from _of(node, fetching=fetching or rule == "import")


def _of(node: Any, *, fetching: bool) -> Iterator[str]:  # noqa: ANN401 - tinycss2 has no common type for them
    if node.type == "url" or (node.type == "string" and fetching):
        yield str(node.value)
    elif node.type == "error" and node.kind in {"bad-url", "bad-string"}:
        # A browser may accept what this parser rejects.
        yield "//unreadable"
    elif node.type == "function":
        yield from _addresses(node.arguments, fetching=fetching or node.lower_name in _FETCHING)
    elif node.type in {"{} block", "() block", "[] block"}:
        yield from _addresses(node.content, fetching=fetching)
