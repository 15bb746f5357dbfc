"""Chapter: one page of the handbook, and the pieces that its source is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from plugins.base.files import digest_of
from plugins.base.fingerprint import Lazy
from plugins.base.problem import Problem
from plugins.content_model import permalink
from plugins.content_model.entry import Entry, EntrySource
from plugins.content_model.loader import read_entry

#: The slug of the chapter that stands at the address of the handbook itself.
START = "handbook"
#: Fences with a meaning of their own. What they open with may be followed by a word, for example a file's name.
PIECES = ("example", "file", "mistake", "problem", "fields", "blocks", "problems")
_FENCE = re.compile(rf"(?P<fence>`{{3,}})(?P<kind>{'|'.join(PIECES)})(?: +(?P<about>\S.*?))? *")


class Chapter(Entry):
    """A chapter. It has the fields of an entry; most of them mean nothing here."""

    kind_name: ClassVar[str] = "chapter"
    section: ClassVar[str] = "handbook"

    @property
    def permalink(self) -> str:
        """The address; the first chapter stands at that of the handbook."""
        return permalink.index(self.section) if self.slug == START else permalink.entry(self.section, self.slug)

    @classmethod
    def needs_date(cls) -> bool:
        """Chapters need no date."""
        return False


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a chapter.

    Attributes:
        kind: "prose" for Markdown, else one of ``PIECES``.
        about: what follows the kind in the opening fence.
        text: as written, without its fence.
        line: the line of the file on which the text begins, from 1.
    """

    kind: str
    about: str
    text: str
    line: int


def read(folder: Path) -> tuple[list[Chapter], list[Problem]]:
    """Return the chapters of ``folder``, in the order of their files' names, and the problems found."""
    chapters: list[Chapter] = []
    problems: list[Problem] = []
    for file in sorted(folder.glob("*.md")):
        chapter, found = read_entry(file, file.name, Chapter)
        problems += found
        if isinstance(chapter, Chapter):
            chapters.append(chapter)
    return chapters, problems


def pieces(text: str, first_line: int = 1) -> Iterator[Piece]:
    """Yield the pieces of a chapter's ``text``, in order; a fence that is never closed runs to the end."""
    lines = text.split("\n")
    prose: list[str] = []
    start, at = 0, 0
    while at < len(lines):
        opening = _FENCE.fullmatch(lines[at])
        if opening is None:
            # A fence of another kind may show one of ours: it is passed over whole.
            other = re.match(r"`{3,}", lines[at])
            end = _end(lines, at, other[0]) if other else at
            prose += lines[at : end + 1]
            at = end + 1
            continue
        yield from _prose(prose, first_line + start)
        end = _end(lines, at, opening["fence"])
        inside = "\n".join(lines[at + 1 : end])
        yield Piece(opening["kind"], opening["about"] or "", inside, first_line + at + 1)
        prose, start, at = [], end + 1, end + 1
    yield from _prose(prose, first_line + start)


def _end(lines: Sequence[str], at: int, fence: str) -> int:
    """Return the line that closes the fence opened at line ``at``."""
    return next((n for n in range(at + 1, len(lines)) if lines[n].rstrip() == fence), len(lines))


def _prose(lines: Sequence[str], line: int) -> Iterator[Piece]:
    if any(text.strip() for text in lines):
        yield Piece("prose", "", "\n".join(lines), line)


def path_of(chapter: Chapter, number: int) -> str:
    """Return the name under which piece ``number`` of a chapter is read: no two texts may share one."""
    return f"{chapter.source.path.removesuffix('.md')}.{number}.md"


def as_entry(chapter: Chapter, piece: Piece, number: int) -> Chapter:
    """Return an entry whose body is ``piece``, so that Markdown is read by the rules of any entry."""
    digest = digest_of(f"{piece.line}\n{piece.text}".encode("utf-8", "surrogatepass"))
    written = Lazy.of(replace(chapter.source.written.value, body=piece.text), digest)
    source = EntrySource(path_of(chapter, number), piece.line, digest, written)
    return chapter.model_copy(update={"source": source})
