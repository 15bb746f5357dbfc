"""Build the index that a browser searches.

The script takes the words of titles and topics from these. The words of summaries, headings and texts are packed
(``packing.py``). Synonyms and crisis phrases are always in the first file, so that no such word causes a request.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from plugins.base.fingerprint import Lazy, file_hash
from plugins.search.packing import joined, pack, postings
from plugins.search.tokenizer import COMMON, ENDINGS, ROUNDS
from plugins.search.vocabulary import Vocabulary
from plugins.search.weights import LEVELS, Weighed

#: Makes zlib write the header and trailer of gzip.
_GZIP = 16 + zlib.MAX_WBITS
#: Bytes that are compressed between two checks of the length.
_PIECE = 1 << 16
#: The most bytes of a part, which holds words that are neighbours in the alphabet. Gzipped, it is about half of that.
_PART = 6_000
#: Words that begin with the same letters, this many, are in one part. So the request of a part shows the host no more
#: of a word than these letters.
_LETTERS = 2
#: With more pages than this, all words never fit into one file, so only the best words of each page are tried.
MOST_WHOLE = 400


def _nothing() -> Lazy[Weighed]:
    return Lazy.of("")


class SearchDocument(Struct, frozen=True):
    """A page that can be found, or a help contact.

    Attributes:
        title: plain text.
        href: permalink.
        kind: what it is, in a word for readers.
        topics: their names.
        summary: a sentence or two, or "".
        words: the words of its summary, headings and text, weighed; "" on a site of more than ``MOST_WHOLE`` pages.
        best: of these, the ones that count most.
        contact: the id of the help contact that it is, or "".
    """

    title: str
    href: str
    kind: str
    topics: tuple[str, ...] = ()
    summary: str = ""
    words: Lazy[Weighed] = field(default_factory=_nothing)
    best: Lazy[Weighed] = field(default_factory=_nothing)
    contact: str = ""


class IndexFile(Struct, frozen=True):
    """A file of the index; its address holds a hash of its bytes."""

    permalink: str
    data: bytes


class BestWords(Struct, frozen=True):
    """The best words of all pages, packed.

    Attributes:
        whole: in one piece, or None when one file cannot hold it.
        parts: in files of neighbouring words, each with the two letters that its first word begins with.
    """

    whole: str | None
    parts: tuple[tuple[str, IndexFile], ...]


class SearchIndex(Struct, frozen=True):
    """The index of a site.

    Attributes:
        main: the file that every search loads.
        parts: files of which a search loads some; none when everything is in the main one.
    """

    main: IndexFile
    parts: tuple[IndexFile, ...]


def best_words(pages: Sequence[Lazy[Weighed]], limit: int) -> BestWords:
    """Pack the best words of ``pages`` for an index of which one search may load ``limit`` bytes, gzipped."""
    packed = pack(postings(page.value for page in pages))
    whole = joined(packed)
    parts = tuple((first, _file("words", words)) for first, words in _cut(packed))
    return BestWords(whole if fits(whole.encode(), limit) else None, parts)


def index(
    documents: Sequence[SearchDocument],
    vocabulary: Vocabulary,
    best: Callable[[], BestWords],
    *,
    limit: int,
    root: str = "",
) -> SearchIndex:
    """Return the index of ``documents``.

    Whatever fits is in one file: first all, then all but the summaries that results show, then of each page only its
    best words. Beyond that these words are in parts, each of neighbouring words. Words that begin
    with the same two letters are in one part.

    Args:
        documents: the pages, those of help contacts last.
        vocabulary: synonyms and help cards.
        best: packs the best words of ``documents``, if they are needed.
        limit: bytes that one search may load, gzipped.
        root: the path below which the site lives.
    """
    for words, summaries in _whole(documents, best):
        content = _content(documents, vocabulary, root, summaries=summaries)
        main = _file("index", {**content, "words": words})
        if fits(main.data, limit):
            return SearchIndex(main, ())
    parts = best().parts
    told = [[first, f"{root}{part.permalink}", _size(part.data)] for first, part in parts]
    content = {**_content(documents, vocabulary, root, summaries=False), "parts": told, "room": limit}
    room = max(0, limit - _size(_file("index", content).data))
    return SearchIndex(_file("index", {**content, "room": room}), tuple(part for _, part in parts))


def _whole(documents: Sequence[SearchDocument], best: Callable[[], BestWords]) -> Iterator[tuple[str, bool]]:
    """Yield what one file may hold, the most first: the packed words, and whether it has the summaries."""
    is_small = len(documents) <= MOST_WHOLE
    words = joined(pack(postings(document.words.value for document in documents))) if is_small else best().whole
    if words is not None:
        yield words, True
        yield words, False
    if is_small and (words := best().whole) is not None:
        yield words, False


def fits(data: bytes, limit: int) -> bool:
    """Return whether ``data`` has at most ``limit`` bytes when gzipped. Stops compressing at the limit."""
    packer, length = zlib.compressobj(9, wbits=_GZIP), 0
    for start in range(0, len(data), _PIECE):
        length += len(packer.compress(data[start : start + _PIECE]))
        if length > limit:
            return False
    return length + len(packer.flush()) <= limit


def _size(data: bytes) -> int:
    packer = zlib.compressobj(9, wbits=_GZIP)
    return len(packer.compress(data) + packer.flush())


def _content(
    documents: Sequence[SearchDocument], vocabulary: Vocabulary, root: str, *, summaries: bool
) -> dict[str, Any]:
    kinds = sorted({document.kind for document in documents})
    topics = sorted({topic for document in documents for topic in document.topics})
    numbers = {topic: number for number, topic in enumerate(topics)}
    pages = [
        [
            document.title,
            f"{root}{document.href}",
            kinds.index(document.kind),
            [numbers[topic] for topic in document.topics],
            *([document.summary] if summaries else []),
        ]
        for document in documents
    ]
    return {
        "kinds": kinds,
        "topics": topics,
        "pages": pages,
        "contacts": [document.contact for document in documents if document.contact],
        "synonyms": vocabulary.synonyms,
        "cards": vocabulary.cards,
        "general": vocabulary.general,
        "levels": LEVELS,
        "common": " ".join(sorted(COMMON)),
        "endings": ENDINGS,
        "rounds": ROUNDS,
        "words": "",
        "parts": [],
        "room": 0,
    }


def _cut(packed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the packed words of each part, with the two letters that its first word begins with."""
    groups: dict[str, dict[str, str]] = {}
    for word in sorted(packed):
        groups.setdefault(word[:_LETTERS], {})[word] = packed[word]
    first, gathered, length = "", dict[str, str](), 0
    for letters, group in groups.items():
        size = len(joined(group))
        if gathered and length + size > _PART:
            yield first, joined(gathered)
            gathered, length = {}, 0
        first = first if gathered else letters
        gathered |= group
        length += size
    if gathered:
        yield first, joined(gathered)


def _file(name: str, content: Mapping[str, Any] | str) -> IndexFile:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # Older JavaScript reads these two characters as line ends, also in strings. JSON does not.
    data = f"export default {text}\n".replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode()
    return IndexFile(f"/search/{name}-{file_hash(data)}.js", data)
