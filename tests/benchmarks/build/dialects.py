"""Write the same articles in the format of each tool."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from tests.benchmarks.build import own_dialect
from tests.benchmarks.build.corpus import PICTURES, Article, Corpus

_SIDE = 90


class Dialect(Struct, frozen=True):
    """The content format of a tool.

    Attributes:
        front: returns the front matter of an article.
        link: returns the address of a link to an article.
        file: returns the file of an article, relative to the site.
        surround: writes the other files of a site.
        pictures: the folder of the shared pictures, relative to the site; "" for none.
    """

    front: Callable[[Article], str]
    link: Callable[[Article], str]
    file: Callable[[Article], str]
    surround: Callable[[Path], None]
    pictures: str = ""

    def write(self, folder: Path, corpus: Corpus) -> None:
        """Write the content of a site into ``folder``."""
        self.surround(folder)
        if self.pictures:
            (folder / self.pictures).mkdir(parents=True)
            for number in range(PICTURES):
                (folder / self.pictures / f"{number:02d}.jpg").write_bytes(_picture(number))
        for article in corpus.articles:
            self.write_article(folder, corpus, article)

    def write_article(self, folder: Path, corpus: Corpus, article: Article, more: str = "") -> Path:
        """Write one article, with the paragraph ``more`` at its end, and return its file."""
        file = folder / self.file(article)
        file.parent.mkdir(parents=True, exist_ok=True)
        body = corpus.body(article, self.link, picture=_shared(article) if self.pictures else "")
        file.write_text(f"{self.front(article)}{body}{more and f'{chr(10)}{more}{chr(10)}'}", encoding="utf-8")
        return file


def _nothing(_: Path) -> None:
    """Write nothing, because the peer's template has all other files."""


def _shared(article: Article) -> str:
    return f"/images/{article.picture:02d}.jpg"


def _picture(number: int) -> bytes:
    """Return a random picture of about 24 kB. The peers copy it without decoding."""
    chance = random.Random(number)  # noqa: S311 - a picture, not a secret
    rows = b"".join(b"\0" + chance.randbytes(_SIDE * 3) for _ in range(_SIDE))
    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _pelican_front(article: Article) -> str:
    return (
        f"Title: {article.title}\nDate: {article.date:%Y-%m-%d %H:%M}\nCategory: {article.category}\n"
        f"Tags: {', '.join(article.tags)}\nAuthor: {article.author}\nSlug: {article.slug}\n"
        f"Image: {_shared(article)}\nSummary: {article.summary}\n\n"
    )


def _hugo_front(article: Article) -> str:
    return (
        f'---\ntitle: "{article.title}"\ndate: {article.date:%Y-%m-%dT%H:%M:%SZ}\nslug: {article.slug}\n'
        f'categories: ["{article.category}"]\ntags: {_quoted(article.tags)}\nauthors: ["{article.author}"]\n'
        f'image: {_shared(article)}\nsummary: "{article.summary}"\n---\n\n'
    )


def _eleventy_front(article: Article) -> str:
    return (
        f'---\ntitle: "{article.title}"\ndate: {article.date:%Y-%m-%dT%H:%M:%SZ}\nslug: {article.slug}\n'
        f'category: "{article.category}"\ntopics: {_quoted(article.tags)}\nauthor: "{article.author}"\n'
        f'image: {_shared(article)}\nsummary: "{article.summary}"\n---\n\n'
    )


def _quoted(words: tuple[str, ...]) -> str:
    return f"[{', '.join(f'{chr(34)}{word}{chr(34)}' for word in words)}]"


def _by_number(folder: str) -> Callable[[Article], str]:
    return lambda article: f"{folder}/a{article.number:05d}.md"


def _address(article: Article) -> str:
    return f"/articles/{article.slug}/"


PELICAN = Dialect(
    front=_pelican_front,
    link=lambda article: f"{{filename}}/articles/a{article.number:05d}.md",
    file=_by_number("content/articles"),
    surround=_nothing,
    pictures="content/images",
)
HUGO = Dialect(
    front=_hugo_front,
    link=_address,
    file=_by_number("content/articles"),
    surround=_nothing,
    pictures="static/images",
)
ELEVENTY = Dialect(
    front=_eleventy_front,
    link=_address,
    file=_by_number("src/articles"),
    surround=_nothing,
    pictures="src/images",
)
OURS = Dialect(front=own_dialect.front, link=own_dialect.link, file=own_dialect.file, surround=own_dialect.surround)
