"""Extract the texts of a story that readers see as plain prose, with their positions in the file.

Some are shown without context: titles on cards, in search results, in feeds and in the address, and alt texts and file
names with a picture. Those are "up front". The others are read after the story was opened and its notes were seen.
"""

from __future__ import annotations

import html
import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from html.entities import html5

from msgspec import Struct

from plugins.base.late_pattern import late_pattern
from plugins.base.positions import FieldPath
from plugins.base.problem import Position
from plugins.content_model.markdown_line import COMMENT, Line
from plugins.content_model.story import Story

#: Matches the markup of Markdown and HTML around words, and pictures, which have surfaces of their own. Titles of links
#: and values of attributes stay, because readers see them. So does text that only looks like a tag.
_MARKUP = late_pattern(
    r"!\[[^\]]*\]\(\s*<?[^\s)>]*|\]\(\s*<?[^\s)>]*|\]\[[^\]]*\]"
    r"|^/{3,} *[\w-]* *\|?|^#+ |^ *> ?|^ {0,3}(?:[-*+]|\d+\.) "
    r"|</?[a-zA-Z][a-zA-Z0-9-]*|/?>"
    r"|\\(?=[^\w\s])|[*`\[\]]|(?<!\w)_+|_+(?!\w)",
    re.DOTALL | re.MULTILINE,
)
_INVISIBLE = late_pattern("[\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
#: Replaces a character that readers do not see.
_NOTHING = "\u2060"
_ENTITY = late_pattern(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
_SPACE = late_pattern(r"[^\S\n]*\n[^\S\n]*(?:\n\s*)+|\s+")
_PICTURE = late_pattern(r"!\[(?P<alt>[^\]]*)\]\(\s*<?(?P<file>[^\s)>]*)")


class Surface(Struct, frozen=True):
    """A text that readers see.

    Attributes:
        words: its description in messages.
        up_front: True if it is shown without its context.
        text: plain prose with single spaces between words and line breaks between paragraphs.
        origins: the index in ``raw`` of each character of ``text``.
        raw: the text of the file from which it was extracted.
        first: the position of ``raw`` in the file.
        name_like: True for addresses and file names, in which each word was capitalised.
    """

    words: str
    up_front: bool
    text: str
    origins: tuple[int, ...]
    raw: str
    first: Position
    name_like: bool = False

    def position(self, start: int) -> Position:
        """Return the position in the file of the character ``start`` of ``text``."""
        offset = self.origins[start] if start < len(self.origins) else 0
        return self.first.within(self.raw, offset)


def surfaces(story: Story, outline: Callable[[str], Iterable[Line]]) -> Iterator[Surface]:
    """Yield the surfaces of ``story``, those up front first.

    Args:
        story: the story.
        outline: reads Markdown line by line, and marks comments, which readers do not see.
    """
    yield _field(story, ("title",), "the title", story.title)
    if story.summary:
        yield _field(story, ("summary",), "the summary", story.summary)
    if story.image is not None:
        if story.image.alt:
            yield _field(story, ("image", "alt"), "the picture's alt text", story.image.alt)
        yield _named(story, ("image", "file"), "the picture's file name", story.image.file)
    yield _named(story, ("slug",), "the slug", story.slug)
    for number, alias in enumerate(story.aliases):
        yield _named(story, ("aliases", number), "an old address", alias)
    if story.feed_id:
        yield _named(story, ("feed_id",), "the id in feeds", story.feed_id)
    source = story.source
    body = "\n".join(line.without_comments(_NOTHING) for line in outline(source.body))
    for picture in _PICTURE.finditer(body):
        for part, words in (("alt", "a picture's alt text"), ("file", "a picture's file name")):
            first = Position(source.body_line).within(body, picture.start(part))
            raw = picture[part]
            yield _spread(words, raw, first) if part == "file" else _prose(words, raw, first, up_front=True)
    for number, update in enumerate(story.updated):
        yield _field(story, ("updated", number, "what"), "the text", update.what, up_front=False)
    yield _prose("the text", body, Position(source.body_line, 1), up_front=False)


def pictures(story: Story) -> tuple[str, ...]:
    """Return the pictures of the story as it names them: the one of the front matter and those in its body."""
    own = (story.image.file,) if story.image is not None else ()
    return (*own, *(match["file"].removeprefix("{filename}") for match in _PICTURE.finditer(story.source.body)))


def plain(text: str) -> str:
    """Return Markdown as plain prose with single spaces between words and line breaks between paragraphs."""
    return _clean(COMMENT.sub("", text))[0]


def _field(story: Story, field: FieldPath, words: str, value: str, *, up_front: bool = True) -> Surface:
    raw, first = _raw(story, field, value)
    return _prose(words, raw, first, up_front=up_front)


def _named(story: Story, field: FieldPath, words: str, value: str) -> Surface:
    raw, first = _raw(story, field, value)
    return _spread(words, raw, first)


def _prose(words: str, raw: str, first: Position, *, up_front: bool) -> Surface:
    text, origins = _clean(raw)
    return Surface(words, up_front, text, origins, raw, first)


def _spread(words: str, raw: str, first: Position) -> Surface:
    """Return an address or a file name as words: its separators become spaces, and each word is capitalised."""
    stem = raw[: len(raw) - len(posixpath.splitext(raw)[1])]
    text = re.sub(r"[-_/.+%]", " ", stem).title()
    return Surface(
        words, up_front=True, text=text, origins=tuple(range(len(text))), raw=raw, first=first, name_like=True
    )


def _raw(story: Story, field: FieldPath, value: str) -> tuple[str, Position]:
    """Return the value as the file has it, with its position. YAML may fold or quote it."""
    position = story.source.positions.of(field)
    lines = story.source.front_matter.split("\n")[position.line - 2 :]
    rest = "\n".join([lines[0][position.column - 1 :], *lines[1:]]) if lines else ""
    found = re.search(r"\s+".join(map(re.escape, value.split())), rest)
    if found is None:  # an escaped character changes the length, so positions are approximate
        return value, position
    return found[0], position.within(rest, found.start())


def _clean(raw: str) -> tuple[str, tuple[int, ...]]:
    """Remove markup, entities and invisible characters, and return the text with the origin of each character."""
    pieces = [(character, at) for at, character in _without_markup(raw)]
    text = "".join(character for character, _ in pieces)
    out: list[str] = []
    origins: list[int] = []
    at = 0
    for space in _SPACE.finditer(text):
        out.append(text[at : space.start()])
        origins += [origin for _, origin in pieces[at : space.start()]]
        out.append("\n" if space[0].count("\n") > 1 else " ")
        origins.append(pieces[space.start()][1])
        at = space.end()
    out.append(text[at:])
    origins += [origin for _, origin in pieces[at:]]
    return "".join(out), tuple(origins)


def _without_markup(raw: str) -> Iterator[tuple[int, str]]:
    at = 0
    for markup in (*_MARKUP.finditer(raw), None):
        end = markup.start() if markup else len(raw)
        yield from _letters(raw, at, end)
        at = markup.end() if markup else end


def _letters(raw: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    at = start
    for entity in (*filter(_is_known, _ENTITY.finditer(raw, start, end)), None):
        stop = entity.start() if entity else end
        for offset in range(at, stop):
            yield from ((offset, character) for character in _folded(raw[offset]))
        if entity:
            yield from ((entity.start(), character) for character in _folded(html.unescape(entity[0])))
            at = entity.end()


def _is_known(entity: re.Match[str]) -> bool:
    """Return whether a browser reads the entity as one character."""
    return entity[0][1] == "#" or entity[0][1:] in html5


def _folded(text: str) -> str:
    """Return the text with compatibility characters replaced, and without invisible ones."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
