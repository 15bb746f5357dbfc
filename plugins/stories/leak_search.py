"""Search a built site for the content of a withdrawn story.

It covers the title, the name shown, the slug and the address, the reference of the consent, whole sentences, any
run of ten words, and the story's pictures byte for byte. Every file is read: pages and feeds with and without markup
and escapes, the strings of JSON, the metadata of pictures (Exif, XMP, text chunks), and compressed files decompressed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from plugins.content_model.story import Story
from plugins.stories.name_detection import is_description
from plugins.stories.text_extraction import readings, words
from plugins.stories.visible_text import plain

#: The number of words in a run that no two texts share by accident.
RUN = 10
#: A sentence with fewer words may come from another text.
_SENTENCE_WORDS = 6
#: A title with fewer words is searched for only between tags, quotes or line breaks.
_FEW = 3
#: A title with fewer words is searched for with its capitals, because in lower case it may be ordinary prose.
_MANY = 5
_SHORTEST_NAME = 3
#: Matches a link to a help contact, whose text is shared by many pages.
_HELP_LINK = re.compile(r"\[[^\]]*\]\(help:[^)]*\)")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+|\n")


class Trace(Struct, frozen=True):
    """A match: the file, relative to the output folder, and the part of the story in it."""

    path: str
    what: str


class Search(Struct, frozen=True):
    """The terms to search for. Use ``search_for``.

    Attributes:
        whole: texts that must not occur on their own in any capitalisation, with a description of each.
        exact: runs of words that must not occur, with their capitals.
        loose: the same in lower case.
        runs: runs of ``RUN`` words in lower case.
        strings: strings that must not occur as they are.
        slug: the last part of the address, or "" if it is a single word.
        addresses: the addresses of the story.
        pictures: the names of its pictures by hash.
        not_searched: the terms that are too common to search for, with the reason.
    """

    whole: Mapping[str, str]
    exact: Mapping[str, str]
    loose: Mapping[str, str]
    runs: frozenset[tuple[str, ...]]
    strings: Mapping[str, str]
    slug: str
    addresses: tuple[str, ...]
    pictures: Mapping[str, str]
    not_searched: tuple[str, ...]

    def traces(self, output: Path, allowed: Collection[str]) -> list[Trace]:
        """Return the matches below ``output`` in order.

        Args:
            output: the folder of the built site.
            allowed: files that may hold the story's address, because they mark it as gone, relative to ``output``. The
                path of a folder ends in a slash.
        """
        found: list[Trace] = []
        for file in sorted(output.rglob("*")):
            if file.is_file():
                path = file.relative_to(output).as_posix()
                may = any(path == name or (name.endswith("/") and path.startswith(name)) for name in allowed)
                whats = dict.fromkeys(
                    (*self._in_path(path, allowed=may), *self._in_data(file.read_bytes(), path, allowed=may))
                )
                found += [Trace(path, what) for what in whats]
        return found

    def _in_path(self, path: str, *, allowed: bool) -> Iterator[str]:
        if not allowed and self.slug and self._slug.search(path):
            yield f"the slug in the file's name: {self.slug}"

    def _in_data(self, data: bytes, path: str, *, allowed: bool) -> Iterator[str]:
        name = self.pictures.get(hashlib.sha256(data).hexdigest())
        if name is not None:
            yield f"the picture {name}"
        for text in readings(data, path):
            yield from self._in_text(self._without_addresses(text) if allowed else text, allowed=allowed)

    def _in_text(self, text: str, *, allowed: bool) -> Iterator[str]:
        if not allowed:
            yield from (f"the address: {address}" for address in self.addresses if _address(address).search(text))
        if self.slug and self._slug.search(text):
            yield f"the slug: {self.slug}"
        yield from (f"{what}: {string}" for string, what in self.strings.items() if string in text)
        yield from (f"{what}: {short}" for short, what in self.whole.items() if _alone(short).search(text))
        found = words(text)
        spaced = f" {' '.join(found)} "
        yield from (f"{what}: {run}" for run, what in self.exact.items() if f" {run} " in spaced)
        lower = [word.casefold() for word in found]
        spaced = f" {' '.join(lower)} "
        yield from (f"{what}: {run}" for run, what in self.loose.items() if f" {run} " in spaced)
        run = next(self._runs(lower), None)
        if run is not None:
            yield f"words of the text: {' '.join(run)}"

    def _runs(self, found: list[str]) -> Iterator[tuple[str, ...]]:
        firsts = {run[0] for run in self.runs}
        for at, word in enumerate(found):
            if word in firsts:
                run = tuple(found[at : at + RUN])
                if run in self.runs:
                    yield run

    @property
    def _slug(self) -> re.Pattern[str]:
        # The name of a picture has the slug and a hash. Another entry's slug may begin with the same words.
        return re.compile(rf"(?<![\w-]){re.escape(self.slug)}(?!\w)(?!-(?![0-9a-f]{{8,}}\b))")

    def _without_addresses(self, text: str) -> str:
        for address in self.addresses:
            text = _address(address).sub(" ", text)
        return text


def search_for(
    story: Story, others: Mapping[str, bytes], *, known_pictures: Collection[str], known_names: Collection[str]
) -> Search:
    """Return the search for the content of ``story``.

    Args:
        story: the story before its withdrawal.
        others: the bytes of its other files, by path.
        known_pictures: the hashes of the pictures of the remaining entries, which may stay.
        known_names: the names that the remaining stories show, which may stay.
    """
    exact: dict[str, str] = {}
    loose: dict[str, str] = {}
    skipped: list[str] = []
    title = words(story.title)
    if _FEW <= len(title) < _MANY:
        exact[" ".join(title)] = "the title"
    elif len(title) >= _MANY:
        loose[" ".join(title).casefold()] = "the title"
    name = story.narrator.display_name
    if is_description(name) or len(name.strip(".")) < _SHORTEST_NAME:
        skipped.append(f"the name shown, “{name}”: it could be anybody")
    elif name in known_names:
        skipped.append(f"the name shown, “{name}”: another story shows it too")
    else:
        exact[" ".join(words(name))] = "the name shown"
    texts = [story.source.body, story.summary or "", story.image.alt or "" if story.image else ""]
    texts += [update.what for update in story.updated]
    for sentence in _sentences(texts):
        loose[" ".join(sentence)] = "a sentence"
    strings = {story.consent.ref: "the reference of the consent"} if story.consent else {}
    hashes = {hashlib.sha256(data).hexdigest(): path for path, data in others.items()}
    return Search(
        {story.title: "the title"},
        exact,
        loose,
        frozenset(_runs(texts)),
        strings,
        story.slug if "-" in story.slug else "",
        (story.permalink, *story.aliases),
        {digest: path for digest, path in hashes.items() if digest not in known_pictures},
        tuple(skipped),
    )


def _sentences(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the words of each sentence long enough to be unique, and of the longest sentence of each text."""
    for text in texts:
        found = [[word.casefold() for word in words(part)] for part in _SENTENCE.split(plain(text))]
        longest = max(found, key=len, default=[])
        for sentence in found:
            if len(sentence) >= _SENTENCE_WORDS or (sentence is longest and len(sentence) >= _FEW):
                yield sentence


def _runs(texts: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for text in texts:
        for part in _HELP_LINK.split(text):
            found = [word.casefold() for word in words(plain(part))]
            yield from (tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1))


def _address(address: str) -> re.Pattern[str]:
    bare = re.escape(address.strip("/"))
    return re.compile(rf"(?<![\w-])/?{bare}(?:/(?:index\.html)?)?(?![\w/-])")


def _alone(text: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[>\"“‘'\n\0]|– )\s*{re.escape(text)}\s*(?:$|[<\"”’'\n\0]| –)", re.MULTILINE | re.IGNORECASE
    )
