"""Weigh the words of a page.

A word weighs more the more often a text contains it, by less each time (BM25, Robertson and Zaragoza 2009), and more in
a summary or a heading. BM25 compares the length of a text with the average; here that is a constant, so that the
weights of a page depend on this page alone. Words of titles are left out: the script takes them from the titles.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from lxml import etree, html

from plugins.search.tokenizer import COMMON, Stems, words

#: The weight of each level. The weights of words in titles and topics are in the script.
LEVELS = (0.5, 1.0, 1.6, 2.6)
_LEAST = (0.0, 0.95, 1.4, 2.1)
_USUAL_LENGTH = 600
_K = 1.2
_B = 0.5
_HEADING = 1.4
#: The number of best words of a page, the only ones besides titles that the search of a large site finds.
_MOST = 60

#: Elements whose words are not those of the text: cards of other pages, help contacts, words for screen readers.
_NOT_ITS_OWN = (
    "//article | //*[contains(concat(' ', @class, ' '), ' help-contact ')"
    " or contains(concat(' ', @class, ' '), ' get-in-touch ')"
    " or contains(concat(' ', @class, ' '), ' visually-hidden ')]"
)
#: A body without these has none of those elements.
_SIGNS = ("<article", "help-contact", "get-in-touch", "visually-hidden")

#: Stems in order, each followed by its level, with spaces between: a tenth of the memory of tuples.
Weighed = str


def weighed(title: str, headings: Sequence[str], text: str, stems: Stems) -> tuple[Weighed, Weighed]:
    """Return the words of a page that its title does not hold, with their levels: all, and the best.

    Args:
        title: the page's title.
        headings: texts with the weight of a heading: the summary, headings, ways to reach a service.
        text: the words of the page.
        stems: the stems of words.
    """
    known = {stems[word] for word in words(title)}
    found = words(text)
    counts = Counter[str]()
    for word, times in Counter(found).items():
        if word not in COMMON:
            counts[stems[word]] += times
    marked = {stems[word] for heading in headings for word in words(heading) if word not in COMMON}
    length = 1 - _B + _B * len(found) / _USUAL_LENGTH
    weights = {
        word: counts[word] * (_K + 1) / (counts[word] + _K * length) + (_HEADING if word in marked else 0)
        for word in {*counts, *marked} - known
    }
    in_order = sorted(weights)
    with_level = {word: f"{word}{_level(weights[word])}" for word in in_order}
    best = sorted(in_order, key=weights.__getitem__, reverse=True)[:_MOST]
    return " ".join(with_level.values()), " ".join(map(with_level.__getitem__, sorted(best)))


def _level(weight: float) -> int:
    return bisect_right(_LEAST, weight) - 1


def plain_text(body: str) -> str:
    """Return the own words of the HTML ``body``."""
    if not body.strip():
        return ""
    if not any(sign in body for sign in _SIGNS):
        # The usual case, which creates no Python object for each element.
        return " ".join(map(str, etree.HTML(f"<div>{body}</div>").itertext()))
    # Not `create_parent`, which refuses a text of control characters that an element does not begin.
    tree = html.fragment_fromstring(f"<div>{body}</div>")
    for element in tree.xpath(_NOT_ITS_OWN):
        element.drop_tree()
    return " ".join(tree.itertext())
