"""Index: what a browser needs to find pages, as small as it can be.

Words of titles and topics are taken from the titles and topics themselves. Those of summaries and headings stand in a
list of their own: for each word the pages that hold it, each as its distance from the one before, which packs well.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from plugins.base.fingerprint import Lazy
from plugins.search.tokenizer import words
from plugins.views.body import Heading

Postings = Mapping[str, Sequence[int]]

#: Asks zlib for gzip's own head and tail.
_GZIP = 16 + zlib.MAX_WBITS
#: Bytes that are packed between two looks at the length.
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A page that can be found.

    Attributes:
        title: plain text.
        href: permalink.
        kind: what it is, in a word for readers.
        topics: their names.
        summary: a sentence or two, or "".
        headings: of its sections.
    """

    title: str
    href: str
    kind: str
    topics: tuple[str, ...] = ()
    summary: str = ""
    headings: Lazy[tuple[Heading, ...]] = field(default_factory=lambda: Lazy.of(()))


@dataclass(frozen=True, slots=True)
class IndexFile:
    """A file of the index; its address holds a hash of its bytes."""

    permalink: str
    data: bytes


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """The index of a site.

    Attributes:
        main: the file that every search loads.
        parts: files of which a search loads some; none when everything is in the main one.
    """

    main: IndexFile
    parts: tuple[IndexFile, ...]


def index(documents: Sequence[SearchDocument], *, limit: int, root: str = "") -> SearchIndex:
    """Return the index of ``documents``.

    Whatever fits is in one file: first all, then all but the summaries that results show. Beyond that the words are
    split by their first letter.

    Args:
        documents: the pages.
        limit: bytes of a file as it travels, gzipped.
        root: the path below which the site lives.
    """
    postings = _postings(documents)
    for summaries in (True, False):
        main = _file("index", {**_pages(documents, root, summaries=summaries), "words": postings, "parts": {}})
        if fits(main.data, limit):
            return SearchIndex(main, ())
    parts = {letter: _file("words", group) for letter, group in _by_letter(postings)}
    addresses = {letter: f"{root}{part.permalink}" for letter, part in parts.items()}
    main = _file("index", {**_pages(documents, root, summaries=False), "words": {}, "parts": addresses})
    return SearchIndex(main, tuple(parts.values()))


def fits(data: bytes, limit: int) -> bool:
    """Tell whether ``data`` is at most ``limit`` bytes on its way, gzipped; no more of it is packed than this takes."""
    packer, length = zlib.compressobj(9, wbits=_GZIP), 0
    for start in range(0, len(data), _PIECE):
        length += len(packer.compress(data[start : start + _PIECE]))
        if length > limit:
            return False
    return length + len(packer.flush()) <= limit


def _pages(documents: Sequence[SearchDocument], root: str, *, summaries: bool) -> dict[str, Any]:
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
    return {"kinds": kinds, "topics": topics, "pages": pages}


def _postings(documents: Sequence[SearchDocument]) -> dict[str, list[int]]:
    """For each word of summaries and headings, the distances between the pages that hold it."""
    found: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    for number, document in enumerate(documents):
        known = words(" ".join((document.title, *document.topics)))
        texts = (document.summary, *(heading.text for heading in document.headings.value))
        for word in set(words(" ".join(texts))).difference(known):
            found.setdefault(word, []).append(number - last.get(word, 0))
            last[word] = number
    return dict(sorted(found.items()))


def _by_letter(postings: Postings) -> Iterator[tuple[str, Postings]]:
    for letter in sorted({word[0] for word in postings}):
        yield letter, {word: pages for word, pages in postings.items() if word[0] == letter}


def _file(name: str, content: object) -> IndexFile:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # Two marks that end a line in old scripts but not in JSON.
    data = f"export default {text}\n".replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode()
    return IndexFile(f"/search/{name}-{hashlib.sha256(data).hexdigest()[:10]}.js", data)
