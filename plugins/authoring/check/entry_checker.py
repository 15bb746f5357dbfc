"""Check one entry for problems that a build does not report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from plugins.authoring.check.alt_text import check_alt
from plugins.authoring.check.link_words import check_links
from plugins.authoring.check.list_layout import check_lists
from plugins.authoring.check.people_first import Found, Terms, advice
from plugins.authoring.check.plain_language import check_passages, check_sentence
from plugins.authoring.check.quotation_marks import check_quotation_marks
from plugins.authoring.check.spelling import Slip
from plugins.authoring.check.text_blocks import Passage, passages
from plugins.base.positions import FieldPath, Positions
from plugins.base.problem import Position, Problem
from plugins.content_model.entry import Entry
from plugins.content_model.markdown_line import Line
from plugins.content_model.story import Story
from plugins.content_model.text_fields import NO_SENTENCES, locate, text_values

#: Fields that quote others: titles of other people's pages, and their names.
_NOT_OURS = frozenset({"sources", "narrator", "credit"})


class EntryChecker(Struct, frozen=True):
    """One entry, ready to be checked.

    Attributes:
        entry: the entry.
        lines: the outline of its body.
        passages: the texts of its body.
    """

    entry: Entry
    lines: Sequence[Line]
    passages: tuple[Passage, ...]

    @classmethod
    def of(cls, entry: Entry, outline: Callable[[str], Sequence[Line]]) -> EntryChecker:
        """Read ``entry`` with ``outline``."""
        lines = outline(entry.source.body)
        return cls(entry, lines, passages(lines, entry.source.body_line))

    @property
    def is_personal(self) -> bool:
        """Whether people write about themselves here: it is a story."""
        return isinstance(self.entry, Story)

    @property
    def is_narrated(self) -> bool:
        """Whether the words are those that a narrator approved, which nobody edits for style."""
        return isinstance(self.entry, Story) and not self.entry.illustrative

    def findings(self, terms: Terms) -> Iterator[Problem]:
        """Yield the problems of the entry."""
        source = self.entry.source
        yield from check_quotation_marks(source.front_matter, source.path, source.positions)
        yield from check_links(self.lines, source.path, source.body_line)
        yield from check_lists(self.lines, source.path, source.body_line)
        if not self.is_narrated:
            yield from check_passages(self.passages, source.path)
        yield from advice(self._terms(terms), source.path)
        text = f"---\n{source.front_matter}"
        if self.entry.image is not None and self.entry.image.alt:
            alt = self.entry.image.alt
            yield from check_alt(alt, source.path, locate(alt, source.positions.of(("image", "alt")), text))
        for way, sentence in _own_sentences(self.entry):
            yield from check_sentence(sentence, source.path, source.positions.of(way))

    def _terms(self, terms: Terms) -> Iterator[tuple[Position, Found]]:
        source = self.entry.source
        text = f"---\n{source.front_matter}"
        for way, sentence in _own_sentences(self.entry):
            for found in terms.find(sentence, story=self.is_personal):
                yield locate(found.text, source.positions.of(way), text), found
        for passage in self.passages:
            for found in terms.find(passage.text, quoted=passage.quoted, story=self.is_personal):
                yield passage.position(found.start), found

    def is_our_word(self, slip: Slip) -> bool:
        """Return whether ``slip`` is in our own words: not in an address, in code or in a quotation."""
        if slip.position.line < self.entry.source.body_line:
            return is_sentence(self.entry.source.positions, slip.position)
        for passage in self.passages:
            within = slip.position.line - passage.first_line
            rows = passage.text.split("\n")
            if 0 <= within < len(rows) and not passage.quoted:
                start = slip.position.column - 1
                return rows[within][start : start + len(slip.word)] == slip.word
        return False


def is_sentence(positions: Positions, place: Position) -> bool:
    """Return whether ``place`` is in the value of a field that people read, in our own words."""
    values: Mapping[FieldPath, Position] = positions.values
    before = [(position, len(way), way) for way, position in values.items() if position <= place]
    keys = [(position, way) for way, position in positions.keys.items() if position <= place]
    if not before or not keys:
        return False
    position, _, way = max(before)
    return position >= max(keys)[0] and not set(way) & (NO_SENTENCES | _NOT_OURS)


def _own_sentences(entry: Entry) -> Iterator[tuple[FieldPath, str]]:
    for way, sentence in text_values(entry):
        if not set(way) & _NOT_OURS:
            yield way, sentence
