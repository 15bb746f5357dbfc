"""Find words that name a person by an illness or a habit, as listed in the register ``language.yaml``.

Such lists disagree and change, so each item of the register has its sources and a date, and findings are advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from plugins.base.problem import Position, Problem, Severity
from plugins.content_model.registers import Term

#: A quotation within a line, in straight or curly double quotation marks.
_SAID = re.compile(r"“[^“”\n]*”|\"[^\"\n]*\"")
_GAP = r"[\s-]+"


class Found(Struct, frozen=True):
    """A term in a text: where it begins, how it is written there, and its item of the register."""

    start: int
    text: str
    term: Term


class Terms:
    """The terms of the register, compiled for searches."""

    def __init__(self, register: Mapping[str, Term]) -> None:
        self._patterns = [(term, _pattern(term)) for term in register.values() if term.terms]

    def find(self, text: str, *, quoted: bool = False, story: bool = False) -> Iterator[Found]:
        """Yield the terms in ``text`` that are not exempt there.

        Args:
            text: what readers read.
            quoted: True if the whole text is a quotation.
            story: True in a story, where people choose the words for themselves.
        """
        said = [match.span() for match in _SAID.finditer(text)]
        for term, pattern in self._patterns:
            if story and "story" in term.exempt:
                continue
            for match in pattern.finditer(text):
                within = quoted or any(start <= match.start() < end for start, end in said)
                if within and "quote" in term.exempt:
                    continue
                if "name" in term.exempt and _is_name(text, match):
                    continue
                yield Found(match.start(), " ".join(match[0].split()), term)


def advice(found: Iterable[tuple[Position, Found]], path: str) -> Iterator[Problem]:
    """Yield advice on each term that was found, at its place in ``path``."""
    for position, one in found:
        yield Problem(
            path,
            position,
            "words-about-people",
            f"“{one.text}”: {one.term.why} (after {', '.join(one.term.sources)}; looked at on {one.term.reviewed_on})",
            f"write “{one.term.suggest}”",
            Severity.ADVICE,
        )


def _pattern(term: Term) -> re.Pattern[str]:
    words = "|".join(_GAP.join(map(re.escape, re.split(r"[\s-]+", words))) for words in term.terms)
    after = "|".join(map(re.escape, term.not_before))
    unless = rf"(?!{_GAP}(?:{after})\b)" if after else ""
    return re.compile(rf"(?<![\w-])(?:{words})(?:s|['’]s|s['’])?(?![\w-]){unless}", re.IGNORECASE)


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Return whether the term is part of a name: it, or the word behind it, has a capital within a sentence."""
    if not match[0][0].isupper():
        return False
    before = text[: match.start()].rstrip()
    after = re.match(r"\s+([A-Z]\w+)", text[match.end() :])
    begins = not before or before[-1] in '.!?:…“"'
    return after is not None or not begins
