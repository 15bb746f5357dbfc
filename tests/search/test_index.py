"""The index."""

from __future__ import annotations

import gzip
import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.base.fingerprint import Lazy
from plugins.search.index import MOST_WHOLE, IndexFile, SearchDocument, SearchIndex, fits
from plugins.search.packing import postings
from plugins.search.tokenizer import COMMON, ENDINGS, Stems
from plugins.search.vocabulary import Vocabulary
from plugins.search.weights import weighed
from tests.search.corpus import corpus, made_index
from tests.search.unpacking import unpacked


def document(title: str, href: str, kind: str, topics: tuple[str, ...], summary: str, text: str = "") -> SearchDocument:
    """A page with the words of its ``summary``, a heading and ``text``."""
    every, best = weighed(title, (summary,), text, Stems())
    return SearchDocument(title, href, kind, topics, summary, Lazy.of(every), Lazy.of(best))


DOCUMENTS = [
    document(
        "Sober summers",
        "/articles/sober-summers/",
        "Article",
        ("Wellbeing",),
        "Plan for long evenings, and for a party.",
        "A long party. A party!",
    ),
    document("The empty chair", "/stories/the-empty-chair/", "Story", ("Families", "Drugs"), "A parent waits."),
    SearchDocument("Listeners", "/help/", "Someone to turn to", (), "Anyone", contact="listeners"),
]
VOCABULARY = Vocabulary(
    (("booz", "alcohol", "drink", 0),), (("Talk to someone.", ("listeners",), ("want to die",), ()),), 1
)
LIMIT = 60_000


def content(file: IndexFile) -> Any:
    """What a module gives."""
    text = file.data.decode()
    assert text.startswith("export default ")
    return json.loads(text.removeprefix("export default "))


def size(data: bytes) -> int:
    """How many bytes ``data`` are on their way."""
    return len(gzip.compress(data, 9, mtime=0))


def made(documents: list[SearchDocument], limit: int = LIMIT, root: str = "") -> SearchIndex:
    """The index of ``documents`` with ``VOCABULARY``."""
    return made_index(documents, VOCABULARY, limit, root)


def test_a_small_site_has_one_file() -> None:
    """Everything is in one file, summaries too, and addresses carry the prefix of the site."""
    found = made(DOCUMENTS, root="/sub")
    assert found.parts == ()
    data = content(found.main)
    assert data["parts"] == []
    title, href, kind, topics, summary = data["pages"][1]
    assert (title, href, summary) == ("The empty chair", "/sub/stories/the-empty-chair/", "A parent waits.")
    assert data["kinds"][kind] == "Story"
    assert [data["topics"][topic] for topic in topics] == ["Families", "Drugs"]
    assert data["contacts"] == ["listeners"]
    assert data["pages"][-1][0] == "Listeners"


def test_words_of_texts_are_listed() -> None:
    """A stem leads to the pages whose summary or text hold it, but not to those whose title says it already."""
    found = unpacked(content(made(DOCUMENTS).main)["words"])
    assert {stem: [page for page, _ in pages] for stem, pages in found.items()} == {
        "even": [0], "long": [0], "parent": [1], "parti": [0], "plan": [0], "wait": [1],
    }  # fmt: skip
    assert found["parti"][0][1] > found["even"][0][1]


def test_the_script_is_told_the_rules() -> None:
    """What the script needs to read words as the build does, and what readers say, is in the first file."""
    data = content(made(corpus(450, length=50), limit=1).main)
    assert tuple(map(tuple, data["endings"])) == ENDINGS
    assert data["common"].split() == sorted(COMMON)
    assert data["synonyms"] == [["booz", "alcohol", "drink", 0]]
    assert data["cards"] == [["Talk to someone.", ["listeners"], ["want to die"], []]]


def test_what_does_not_fit_is_cut_between_letters() -> None:
    """Beyond the limit the words are in parts. No two letters are in two of them, and every page is found as before."""
    documents = corpus(300, length=100)
    found = made(documents, limit=1, root="/sub")
    told = content(found.main)["parts"]
    assert [address for _, address, _ in told] == [f"/sub{part.permalink}" for part in found.parts]
    assert [first for first, _, _ in told] == sorted({first for first, _, _ in told})
    words: dict[str, list[tuple[int, int]]] = {}
    for (first, _, size_told), part, after in zip(told, found.parts, [*told[1:], ["\uffff"]], strict=True):
        group = unpacked(content(part))
        assert all(first <= stem[:2] < after[0] for stem in group)
        assert size_told == size(part.data)
        words |= group
    assert words == postings(document.best.value for document in documents)


def test_a_hundred_articles_are_one_file() -> None:
    """The index of a hundred articles of 900 words, with all their words, is one file of at most 60 kB."""
    found = made(corpus(100))
    assert found.parts == ()
    assert size(found.main.data) <= LIMIT
    assert len(content(found.main)["words"]) > 30_000


def test_a_thousand_articles_keep_to_the_bytes() -> None:
    """What the first file leaves of 60 kB is room for the parts of some words; the script is told how much it is."""
    found = made(corpus(1_000, length=200))
    room = content(found.main)["room"]
    assert LIMIT - 20 <= size(found.main.data) + room <= LIMIT
    assert sum(sorted((size(part.data) for part in found.parts), reverse=True)[:3]) <= room


def test_addresses_follow_the_content() -> None:
    """The same pages give the same files, others others; nothing of the clock is in them."""
    assert made(DOCUMENTS) == made(list(DOCUMENTS))
    assert made(DOCUMENTS).main.permalink != made(DOCUMENTS[:2]).main.permalink
    assert made(DOCUMENTS).main.permalink != made_index(DOCUMENTS, Vocabulary(), LIMIT).main.permalink


@pytest.mark.parametrize("number", [1, MOST_WHOLE + 1])
def test_pages_without_words_keep_their_summaries(number: int) -> None:
    """Where no page has a word besides its title, one file holds the titles and the summaries."""
    found = made([SearchDocument("T", f"/{each}/", "Page", (), "Said.") for each in range(number)])
    assert found.parts == ()
    data = content(found.main)
    assert [page[4] for page in data["pages"]] == ["Said."] * number
    assert (data["words"], data["room"]) == ("", 0)


def test_no_title_breaks_the_module() -> None:
    """Marks that end a line in scripts but not in JSON are escaped."""
    found = made([SearchDocument("a\u2028b\u2029</script>", "/a/", "Page")])
    assert b"\xe2\x80\xa8" not in found.main.data
    assert content(found.main)["pages"][0][0] == "a\u2028b\u2029</script>"


@given(st.integers(0, 300_000), st.integers(1, 256), st.integers(-2, 2), st.integers())
def test_what_fits_is_what_gzip_makes_small_enough(length: int, letters: int, off: int, seed: int) -> None:
    """Whether a file fits is told as if it were packed whole, to the byte."""
    chance = random.Random(seed)  # noqa: S311 - any bytes
    data = bytes(chance.choices(range(letters), k=length))
    assert fits(data, size(data) + off) == (off >= 0)
