"""Create the file of a new entry from the options of ``inv new``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from plugins.authoring.new.naming import new_id, slug_of
from plugins.authoring.new.templates import FOLDERS, STANDING, Draft, write
from plugins.base.prompts import Questions
from plugins.content_model.fields import SUMMARY_LENGTH
from plugins.content_model.library import Library
from plugins.content_model.loader import KINDS, parse_entry
from plugins.content_model.page import Person
from plugins.content_model.validation import closest_match

_AUTHORED = frozenset({"article", "story"})


class DraftError(ValueError):
    """The entry cannot be created; the message says why, and what to do."""


class NewEntryOptions(Struct, frozen=True):
    """The options of ``inv new``; "" for those not given."""

    kind: str
    title: str = ""
    slug: str = ""
    summary: str = ""
    author: str = ""
    topics: str = ""
    redress: str = ""


class EntryCreator:
    """Creates entries beside those of one library."""

    def __init__(self, library: Library, content: Path, *, contact: str = "") -> None:
        """Create entries in ``content``, the folder of ``library``; ``contact`` is the organisation's help contact."""
        self._library = library
        self._content = content
        self._contact = contact

    def missing(self, options: NewEntryOptions) -> list[str]:
        """Return the required options that ``options`` does not have."""
        wanted = [("title", options.title)]
        if options.kind in _AUTHORED:
            wanted.append(("author", options.author))
        return [f"--{name}" for name, value in wanted if not value]

    def ask(self, options: NewEntryOptions, questions: Questions) -> NewEntryOptions:
        """Return ``options`` with answers for the missing ones.

        Raises:
            DraftError: if a given option cannot be used; nothing was asked then.
        """
        self._validate(options)
        title = options.title or questions.text("Title", lambda text: self._error(self.title, text))
        slug = options.slug or questions.text(
            "Address, its last part", lambda text: self._error(lambda slug: self.slug(options.kind, slug), text),
            default=slug_of(title),
        )  # fmt: skip
        summary = options.summary or questions.text(
            "Summary in a sentence or two (may wait)", lambda text: self._error(self.summary, text)
        )
        author, topics = options.author, options.topics
        if options.kind in _AUTHORED and not author:
            author = questions.choices("Author", self._people(), several=False)[0]
        if options.kind not in STANDING and not topics and self._library.topics:
            names = {key: topic.name for key, topic in self._library.topics.items()}
            topics = ",".join(questions.choices("Topics", names, several=True))
        return NewEntryOptions(options.kind, title, slug, summary, author, topics, options.redress)

    def _validate(self, options: NewEntryOptions) -> None:
        if options.title:
            self.title(options.title)
        if options.slug:
            self.slug(options.kind, options.slug)
        self.summary(options.summary)
        if options.kind in _AUTHORED and options.author:
            self._known("author", options.author, self._people())
        self._topics(options)
        self._redress(options)

    def create(self, options: NewEntryOptions, on: dt.date, *, picture_advice: bool = True) -> tuple[Path, str, str]:
        """Return the new file, its text and its address; write nothing.

        Args:
            options: its fields.
            on: the day of publication.
            picture_advice: whether a comment says how to put a picture into the text.

        Raises:
            DraftError: if an option cannot be used, or the slug is taken.
        """
        title = self.title(options.title)
        slug = self.slug(options.kind, options.slug or slug_of(title))
        draft = Draft(
            kind=options.kind,
            id=new_id(self._ids()),
            title=title,
            slug=slug,
            summary=self.summary(options.summary),
            author=self._known("author", options.author, self._people()) if options.kind in _AUTHORED else "",
            topics=self._topics(options),
            on=on,
            redress=self._redress(options),
        )
        path = f"{FOLDERS[options.kind]}/{slug}/index.md"
        file = self._content / path
        if file.parent.exists() and any(file.parent.iterdir()):
            raise DraftError(f"there is something in {file.parent} already; give it another --slug")
        text = write(draft, picture_advice=picture_advice)
        entry, problems = parse_entry(text, path, KINDS[FOLDERS[options.kind]])
        if entry is None or problems:
            reasons = "; ".join(f"{problem.message} ({problem.hint})" for problem in problems)
            raise DraftError(f"the draft would not be right: {reasons}")
        return file, text, entry.permalink

    def title(self, title: str) -> str:
        """Return ``title`` as one line.

        Raises:
            DraftError: when there is none.
        """
        words = " ".join(title.split())
        if not words:
            raise DraftError("a title is needed; write it in a few words")
        if not words.isprintable():
            raise DraftError("the title holds a character that cannot be seen; type it again by hand")
        return words

    def summary(self, summary: str) -> str:
        """Return ``summary`` as one line.

        Raises:
            DraftError: when it is too long.
        """
        words = " ".join(summary.split())
        if len(words) > SUMMARY_LENGTH:
            raise DraftError(f"the summary has {len(words)} characters; take out {len(words) - SUMMARY_LENGTH}")
        return words

    def slug(self, kind: str, slug: str) -> str:
        """Return ``slug`` if it can be that of a new entry of ``kind``.

        Raises:
            DraftError: if it cannot be part of an address, or is taken.
        """
        if not slug or slug != slug_of(slug):
            better = slug_of(slug)
            hint = f"write --slug {better}" if better else "give it a --slug of lower-case letters, digits and hyphens"
            raise DraftError(f"`{slug}` cannot stand in an address; {hint}")
        section = KINDS[FOLDERS[kind]].section
        address = f"/{section}/{slug}/" if section else f"/{slug}/"
        for entry in self._library.entries:
            if address in {entry.permalink, *(f"{alias.rstrip('/')}/" for alias in entry.aliases)}:
                raise DraftError(f"the address {address} is that of {entry.source.path}; give it another --slug")
        for withdrawn in self._library.registers.withdrawn.values():
            if address in {withdrawn.address, *withdrawn.aliases}:
                raise DraftError(f"the address {address} was that of something withdrawn; give it another --slug")
        return slug

    def _ids(self) -> set[str]:
        return {entry.id for entry in self._library.entries} | set(self._library.registers.withdrawn)

    def _people(self) -> dict[str, str]:
        people = {entry.slug: entry.title for entry in self._library.entries if isinstance(entry, Person)}
        if not people:
            raise DraftError("there is nobody in content/people/ yet; begin with  inv new person")
        return people

    def _topics(self, options: NewEntryOptions) -> tuple[str, ...]:
        given = [key.strip() for key in options.topics.split(",") if key.strip()]
        return tuple(dict.fromkeys(self._known("topics", key, self._library.topics) for key in given))

    def _redress(self, options: NewEntryOptions) -> str:
        if options.kind != "commitment":
            return ""
        return self._known("redress", options.redress or self._contact, self._library.contacts)

    def _known(self, option: str, key: str, known: Mapping[str, object] | Sequence[str]) -> str:
        if key in known:
            return key
        close = closest_match(key, known)
        hint = f"did you mean `{close}`?" if close else f"choose one of: {', '.join(known)}"
        raise DraftError(f"--{option}: there is no `{key}`; {hint}")

    @staticmethod
    def _error(validate: Callable[[str], str], text: str) -> str:
        try:
            validate(text)
        except DraftError as error:
            return str(error)
        return ""
