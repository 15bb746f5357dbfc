"""Compare the words of a source with the visible words of the result."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from msgspec import Struct
from turbohtml import Element, Node, Text, parse_fragment

_WORD = re.compile(r"\w+|[£$€%@#+=°§©®™½¼¾†]")
_INLINE = frozenset(
    """a abbr b cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt u var
    wbr""".split()  # noqa: SIM905
)
#: Elements that the site adds to a text.
_ADDED = (
    ".footnote-ref, .footnote-backref, .footnote hr, .reflection__title[id^=questions-to-ask-yourself]",
    "sup[id^='fnref']",
)


class WordProof(Struct, frozen=True):
    """The result of a comparison.

    Attributes:
        source: number of words in the source.
        result: number of words in the result.
        lost: words of the source that the result lacks, with repetitions.
        added: words of the result that the source lacks, with repetitions.
    """

    source: int
    result: int
    lost: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Tell whether no word was lost or added."""
        return not self.lost and not self.added


def words_of(root: Node) -> Counter[str]:
    """Return the visible words below ``root``, with case and quotation marks normalised."""
    parts: list[str] = []
    _collect(root, parts)
    return words_of_text("".join(parts))


def words_of_text(text: str) -> Counter[str]:
    """Return the words of ``text``."""
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def words_of_html(html: str) -> Counter[str]:
    """Return the words of HTML that the site rendered, without the elements that it adds."""
    root = parse_fragment(html)
    for selector in _ADDED:
        root.remove(selector)
    return words_of(root)


def compare(source: Counter[str], result: Counter[str]) -> WordProof:
    """Compare the words of ``result`` with those of ``source``."""
    lost, added = source - result, result - source
    return WordProof(source.total(), result.total(), tuple(sorted(lost.elements())), tuple(sorted(added.elements())))


def _collect(node: Node, parts: list[str]) -> None:
    stack: list[Node | str] = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, str):
            parts.append(current)
        elif isinstance(current, Text):
            parts.append(current.data)
        elif isinstance(current, Element):
            edge = "" if current.tag in _INLINE else " "
            parts.append(edge)
            stack.append(edge)
            stack.extend(reversed(list(current.children)))
