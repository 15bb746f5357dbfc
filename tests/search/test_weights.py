"""The weights of words."""

from __future__ import annotations

from plugins.search.tokenizer import COMMON, Stems
from plugins.search.weights import LEVELS, Weighed, plain_text, weighed


def levels(words: Weighed) -> dict[str, int]:
    """Return the levels of stems."""
    return {word[:-1]: int(word[-1]) for word in words.split()}


def test_a_word_counts_more_where_it_matters() -> None:
    """A word counts more in a heading and when it is repeated; those of the title and common ones are left out."""
    text = f"drink {'craving ' * 5} once about the title {'filler ' * 600}"
    words = levels(weighed("The title", ("A heading",), text, Stems())[0])
    assert words["crav"] > words["drink"]
    assert words["head"] > words["drink"]
    assert not {"titl", *COMMON} & set(words)
    assert max(words.values()) < len(LEVELS)


def test_the_best_words_are_those_that_count_most() -> None:
    """Of a long text, as many words as a large site has room for are kept: headings and what is repeated first."""
    text = " ".join(f"word{number}" for number in range(200)) + " relapse" * 4
    every, best = (levels(words) for words in weighed("", ("Heading",), text, Stems()))
    assert len(every) == 202
    assert len(best) == 60
    assert {"head", "relaps"} <= best.keys()
    assert best.items() <= every.items()


def test_a_text_has_its_own_words_only() -> None:
    """Cards that lead elsewhere, help contacts and words for screen readers are not taken for the words of a text."""
    body = (
        "<p>Own <b>words</b>&amp;more<br>lines</p><article><h3>Card</h3></article>"
        '<div class="help-contact help-contact--crisis">Call</div><p class="get-in-touch">Touch</p>'
        'tail <span class="visually-hidden">hidden</span>'
    )
    assert plain_text(body).split() == ["Own", "words", "&more", "lines", "tail"]
    assert plain_text(" ") == ""
    assert plain_text("0\x1f0") == "0\x1f0"
