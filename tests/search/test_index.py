"""The index."""

from __future__ import annotations

import gzip
import json
import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plugins.base.fingerprint import Lazy
from plugins.search.index import IndexFile, SearchDocument, SearchIndex, fits, index
from plugins.views.body import Heading
from tests.search.corpus import corpus

DOCUMENTS = [
    SearchDocument(
        "Sober summers",
        "/articles/sober-summers/",
        "Article",
        ("Wellbeing",),
        "Plan for long evenings.",
        Lazy.of((Heading(2, "", "Before a party"),)),
    ),
    SearchDocument("The empty chair", "/stories/the-empty-chair/", "Story", ("Families", "Drugs"), "A parent waits."),
    SearchDocument("Wellbeing", "/topics/wellbeing/", "Topic", (), "Long evenings, sober summers."),
]
LIMIT = 60_000


def content(file: IndexFile) -> Any:
    """What a module gives."""
    text = file.data.decode()
    assert text.startswith("export default ")
    return json.loads(text.removeprefix("export default "))


def size(data: bytes) -> int:
    """How many bytes ``data`` are on their way."""
    return len(gzip.compress(data, 9, mtime=0))


def pages_with(made: SearchIndex, word: str) -> list[int]:
    """The pages that the lists of words give for ``word``."""
    found = [content(part).get(word) for part in made.parts if word in content(part)]
    steps = [*found, content(made.main)["words"].get(word, [])][0]
    pages, page = [], 0
    for step in steps:
        page += step
        pages.append(page)
    return pages


def test_a_small_site_has_one_file() -> None:
    """Everything is in one file, summaries too, and addresses carry the prefix of the site."""
    made = index(DOCUMENTS, limit=LIMIT, root="/sub")
    assert made.parts == ()
    data = content(made.main)
    assert data["parts"] == {}
    title, href, kind, topics, summary = data["pages"][1]
    assert (title, href, summary) == ("The empty chair", "/sub/stories/the-empty-chair/", "A parent waits.")
    assert data["kinds"][kind] == "Story"
    assert [data["topics"][topic] for topic in topics] == ["Families", "Drugs"]


def test_words_of_summaries_and_headings_are_listed() -> None:
    """A word leads to the pages that hold it, but not to those whose title or topic says it already."""
    made = index(DOCUMENTS, limit=LIMIT)
    assert pages_with(made, "long") == [0, 2]
    assert pages_with(made, "party") == [0]
    assert pages_with(made, "sober") == [2]
    assert pages_with(made, "wellbeing") == []


def test_what_does_not_fit_is_split_by_first_letter() -> None:
    """Beyond the limit the words are in parts, one a letter, and every page is found as before."""
    documents = corpus(300)
    whole, split = index(documents, limit=10_000_000), index(documents, limit=1, root="/sub")
    assert not whole.parts
    addresses = content(split.main)["parts"]
    assert set(addresses.values()) == {f"/sub{part.permalink}" for part in split.parts}
    for letter, address in addresses.items():
        (part,) = [part for part in split.parts if f"/sub{part.permalink}" == address]
        assert {word[0] for word in content(part)} == {letter}
    for word in list(content(whole.main)["words"])[::50]:
        assert pages_with(split, word) == pages_with(whole, word)


def test_a_thousand_articles_keep_to_the_bytes() -> None:
    """What the first search of a thousand articles loads is at most 60 kB, its parts included; the limit is kept."""
    made = index(corpus(1_000), limit=LIMIT)
    assert size(made.main.data) <= LIMIT
    assert size(made.main.data) + sum(sorted(size(part.data) for part in made.parts)[-2:]) <= LIMIT


def test_addresses_follow_the_content() -> None:
    """The same pages give the same files, others others; nothing of the clock is in them."""
    assert index(DOCUMENTS, limit=LIMIT) == index(list(DOCUMENTS), limit=LIMIT)
    assert index(DOCUMENTS, limit=LIMIT).main.permalink != index(DOCUMENTS[:2], limit=LIMIT).main.permalink


def test_no_title_breaks_the_module() -> None:
    """Marks that end a line in scripts but not in JSON are escaped."""
    made = index([SearchDocument("a\u2028b\u2029</script>", "/a/", "Page")], limit=LIMIT)
    assert b"\xe2\x80\xa8" not in made.main.data
    assert content(made.main)["pages"][0][0] == "a\u2028b\u2029</script>"


@given(st.integers(0, 300_000), st.integers(1, 256), st.integers(-2, 2), st.integers())
def test_what_fits_is_what_gzip_makes_small_enough(length: int, letters: int, off: int, seed: int) -> None:
    """Whether a file fits is told as if it were packed whole, to the byte."""
    chance = random.Random(seed)  # noqa: S311 - any bytes
    data = bytes(chance.choices(range(letters), k=length))
    assert fits(data, size(data) + off) == (off >= 0)
