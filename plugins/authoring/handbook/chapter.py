"""Read the chapters of the handbook, and split each into segments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from plugins.base.files import digest_of
from plugins.base.fingerprint import DIGEST_SIZE, Lazy
from plugins.base.problem import Problem
from plugins.content_model import permalink
from plugins.content_model.entry import Entry
from plugins.content_model.entry_source import EntrySource
from plugins.content_model.loader import read_entry

#: The slug of the chapter at the address of the handbook itself.
START = "handbook"
#: Fences with a meaning of their own. A word may follow the kind, for example the name of a file.
SEGMENT_KINDS = ("example", "file", "mistake", "problem", "fields", "blocks", "problems")
_FENCE = re.compile(rf"(?P<fence>`{{3,}})(?P<kind>{'|'.join(SEGMENT_KINDS)})(?: +(?P<about>\S.*?))? *")


class Chapter(Entry):
    """A chapter. It has the fields of an entry; most of them mean nothing here."""

    kind_name: ClassVar[str] = "chapter"
    section: ClassVar[str] = "handbook"

    @property
    def permalink(self) -> str:
        """The address; the first chapter has that of the handbook."""
        return permalink.index(self.section) if self.slug == START else permalink.entry(self.section, self.slug)

    @classmethod
    def needs_date(cls) -> bool:
        """Chapters need no date."""
        return False


class Segment(Struct, frozen=True):
    """A segment of a chapter.

    Attributes:
        kind: "prose" for Markdown, else one of ``SEGMENT_KINDS``.
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


def segments(text: str, first_line: int = 1) -> Iterator[Segment]:
    """Yield the segments of a chapter's ``text``, in order; a fence that is never closed runs to the end."""
    lines = text.split("\n")
    prose: list[str] = []
    start, at = 0, 0
    while at < len(lines):
        opening = _FENCE.fullmatch(lines[at])
        if opening is None:
            # A fence of another kind may contain one of these, so it is skipped as a whole.
            other = re.match(r"`{3,}", lines[at])
            end = _end(lines, at, other[0]) if other else at
            prose += lines[at : end + 1]
            at = end + 1
            continue
        yield from _prose(prose, first_line + start)
        end = _end(lines, at, opening["fence"])
        inside = "\n".join(lines[at + 1 : end])
        yield Segment(opening["kind"], opening["about"] or "", inside, first_line + at + 1)
        prose, start, at = [], end + 1, end + 1
    yield from _prose(prose, first_line + start)


def _end(lines: Sequence[str], at: int, fence: str) -> int:
    """Return the line that closes the fence opened at line ``at``."""
    return next((n for n in range(at + 1, len(lines)) if lines[n].rstrip() == fence), len(lines))


def _prose(lines: Sequence[str], line: int) -> Iterator[Segment]:
    if any(text.strip() for text in lines):
        yield Segment("prose", "", "\n".join(lines), line)


def path_of(chapter: Chapter, number: int) -> str:
    """Return the name under which segment ``number`` of a chapter is read: no two texts may share one."""
    return f"{chapter.source.path.removesuffix('.md')}.{number}.md"


def as_entry(chapter: Chapter, segment: Segment, number: int) -> Chapter:
    """Return an entry whose body is ``segment``, so that Markdown is read by the rules of any entry."""
    digest = digest_of(f"{segment.line}\n{segment.text}".encode("utf-8", "surrogatepass"))
    written = Lazy.of(replace(chapter.source.written.value, body=segment.text), digest[:DIGEST_SIZE])
    source = EntrySource(path_of(chapter, number), segment.line, digest, written)
    return chapter.model_copy(update={"source": source})
