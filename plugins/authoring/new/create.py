"""Beginning: from what a person wants to a new file, or to the reason why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

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
    """The entry cannot be begun; the message says why, and how to mend it."""


@dataclass(frozen=True, slots=True)
class NewEntryOptions:
    """What a person said of the new entry; "" for what they did not say."""

    kind: str
    title: str = ""
    slug: str = ""
    summary: str = ""
    author: str = ""
    topics: str = ""
    redress: str = ""


class Beginner:
    """Begins entries beside those of one library."""

    def __init__(self, library: Library, content: Path, *, contact: str = "") -> None:
        """Begin entries in ``content``, which holds ``library``; ``contact`` is the organisation's own help contact."""
        self._library = library
        self._content = content
        self._contact = contact

    def lacking(self, wish: NewEntryOptions) -> list[str]:
        """Return the options that ``wish`` must have and has not."""
        wanted = [("title", wish.title)]
        if wish.kind in _AUTHORED:
            wanted.append(("author", wish.author))
        return [f"--{name}" for name, value in wanted if not value]

    def ask(self, wish: NewEntryOptions, questions: Questions) -> NewEntryOptions:
        """Return ``wish`` with the answers to what it does not say.

        Raises:
            DraftError: when something that it does say cannot be used; nothing was asked then.
        """
        self._judge(wish)
        title = wish.title or questions.text("Title", lambda text: self._wrong(self.title, text))
        slug = wish.slug or questions.text(
            "Address, its last part", lambda text: self._wrong(lambda slug: self.slug(wish.kind, slug), text),
            default=slug_of(title),
        )  # fmt: skip
        summary = wish.summary or questions.text(
            "Summary in a sentence or two (may wait)", lambda text: self._wrong(self.summary, text)
        )
        author, topics = wish.author, wish.topics
        if wish.kind in _AUTHORED and not author:
            author = questions.choices("Author", self._people(), several=False)[0]
        if wish.kind not in STANDING and not topics and self._library.topics:
            names = {key: topic.name for key, topic in self._library.topics.items()}
            topics = ",".join(questions.choices("Topics", names, several=True))
        return NewEntryOptions(wish.kind, title, slug, summary, author, topics, wish.redress)

    def _judge(self, wish: NewEntryOptions) -> None:
        if wish.title:
            self.title(wish.title)
        if wish.slug:
            self.slug(wish.kind, wish.slug)
        self.summary(wish.summary)
        if wish.kind in _AUTHORED and wish.author:
            self._known("author", wish.author, self._people())
        self._topics(wish)
        self._redress(wish)

    def begin(self, wish: NewEntryOptions, on: dt.date) -> tuple[Path, str, str]:
        """Return the file for ``wish``, what it holds and its address; nothing is written.

        Raises:
            DraftError: when something that was said cannot be used, or is taken.
        """
        title = self.title(wish.title)
        slug = self.slug(wish.kind, wish.slug or slug_of(title))
        draft = Draft(
            kind=wish.kind,
            id=new_id(self._ids()),
            title=title,
            slug=slug,
            summary=self.summary(wish.summary),
            author=self._known("author", wish.author, self._people()) if wish.kind in _AUTHORED else "",
            topics=self._topics(wish),
            on=on,
            redress=self._redress(wish),
        )
        path = f"{FOLDERS[wish.kind]}/{slug}/index.md"
        file = self._content / path
        if file.parent.exists() and any(file.parent.iterdir()):
            raise DraftError(f"there is something in {file.parent} already; give it another --slug")
        text = write(draft)
        entry, problems = parse_entry(text, path, KINDS[FOLDERS[wish.kind]])
        if entry is None or problems:
            told = "; ".join(f"{problem.message} ({problem.hint})" for problem in problems)
            raise DraftError(f"the draft would not be right: {told}")
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
            DraftError: when it cannot stand in an address, or is taken.
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
        for stone in self._library.registers.withdrawn.values():
            if address in {stone.address, *stone.aliases}:
                raise DraftError(f"the address {address} was that of something withdrawn; give it another --slug")
        return slug

    def _ids(self) -> set[str]:
        return {entry.id for entry in self._library.entries} | set(self._library.registers.withdrawn)

    def _people(self) -> dict[str, str]:
        people = {entry.slug: entry.title for entry in self._library.entries if isinstance(entry, Person)}
        if not people:
            raise DraftError("there is nobody in content/people/ yet; begin with  inv new person")
        return people

    def _topics(self, wish: NewEntryOptions) -> tuple[str, ...]:
        given = [key.strip() for key in wish.topics.split(",") if key.strip()]
        return tuple(dict.fromkeys(self._known("topics", key, self._library.topics) for key in given))

    def _redress(self, wish: NewEntryOptions) -> str:
        if wish.kind != "commitment":
            return ""
        return self._known("redress", wish.redress or self._contact, self._library.contacts)

    def _known(self, option: str, key: str, known: Mapping[str, object] | Sequence[str]) -> str:
        if key in known:
            return key
        close = closest_match(key, known)
        hint = f"did you mean `{close}`?" if close else f"choose one of: {', '.join(known)}"
        raise DraftError(f"--{option}: there is no `{key}`; {hint}")

    @staticmethod
    def _wrong(judge: Callable[[str], str], text: str) -> str:
        try:
            judge(text)
        except DraftError as error:
            return str(error)
        return ""
