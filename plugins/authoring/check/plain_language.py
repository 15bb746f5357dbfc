"""Advise on long sentences and on paragraphs that are hard to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plugins.authoring.check.reading_age import FEWEST_WORDS, LONGEST_SENTENCE, OLDEST_AGE, reading_age, sentences_of
from plugins.authoring.check.text_blocks import Form, Passage, passages
from plugins.base.problem import Position, Problem, Severity
from plugins.content_model.markdown_line import Line

#: Who reads at all reads what the formula gives a lower age.
_YOUNGEST_AGE = 6


def check_passages(passages: Sequence[Passage], path: str) -> Iterator[Problem]:
    """Yield advice on each long sentence and on each paragraph that is hard to read.

    Skips headings and list items, which are not sentences, and quotations, whose words must not change.

    Args:
        passages: of one body.
        path: its file.
    """
    for passage in passages:
        if passage.form is not Form.PARAGRAPH or passage.quoted:
            continue
        found = list(sentences_of(passage.text))
        for sentence in found:
            if sentence.words > LONGEST_SENTENCE:
                yield _long(path, passage.position(sentence.start), sentence.words)
        age = reading_age(passage.text)
        if sum(sentence.words for sentence in found) >= FEWEST_WORDS and round(age) > OLDEST_AGE:
            yield Problem(
                path,
                passage.position(found[0].start),
                "hard-passage",
                f"this paragraph has a reading age of about {age:.0f}, and we write for {OLDEST_AGE}: "
                "somebody in distress reads less well than usual",
                "use shorter words, and one thought a sentence",
                Severity.ADVICE,
            )


def reading_ease(lines: Sequence[Line]) -> str:
    """Return, in words, how old somebody must be to read a body with ease; "" for too few words.

    Args:
        lines: the outline of the body.
    """
    texts = [one.text for one in passages(lines, 1) if one.form is Form.PARAGRAPH and not one.quoted]
    if sum(sentence.words for text in texts for sentence in sentences_of(text)) < FEWEST_WORDS:
        return ""
    age = max(_YOUNGEST_AGE, round(reading_age(*texts)))
    return f"reads like: age {age}" + (f" (we write for {OLDEST_AGE})" if age > OLDEST_AGE else "")


def check_sentence(text: str, path: str, position: Position) -> Iterator[Problem]:
    """Yield advice on each long sentence of ``text``, a value of front matter at ``position``."""
    for sentence in sentences_of(text):
        if sentence.words > LONGEST_SENTENCE:
            yield _long(path, position, sentence.words)


def _long(path: str, position: Position, words: int) -> Problem:
    return Problem(
        path,
        position,
        "long-sentence",
        f"this sentence has {words} words; with more than {LONGEST_SENTENCE}, many readers lose the thread",
        "make two sentences of it",
        Severity.ADVICE,
    )
