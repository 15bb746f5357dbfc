"""The content folder that texts are imported into: its entries, and free paths and addresses for new ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from plugins.authoring.new.naming import new_id, slug_of
from plugins.authoring.new.templates import FOLDERS
from plugins.content_model.alias import Alias
from plugins.content_model.article import Article
from plugins.content_model.contact_details import normalise_contact_detail
from plugins.content_model.fields import SUMMARY_LENGTH, FeedId
from plugins.content_model.library import Library
from plugins.content_model.loader import KINDS, load
from plugins.content_model.page import Person
from plugins.content_model.permalink import file
from plugins.content_model.story import Story
from plugins.markdown_blocks.context import Context
from plugins.markdown_blocks.heading_anchor import anchor
from plugins.markdown_blocks.render import Renderer
from plugins.views.views import Picture

__all__ = ["SUMMARY_LENGTH", "Destination", "anchor", "new_id", "slug_of"]

_ALIAS: TypeAdapter[str] = TypeAdapter(Alias)
_FEED_ID: TypeAdapter[str] = TypeAdapter(FeedId)
#: Stands for every picture when a text is rendered only to compare its words.
_ANY_PICTURE = Picture(src="/any.jpg", width=1, height=1, alt="")


class Destination:
    """A content folder.

    Args:
        content: the folder.
        as_of: the day of the import.
        documents: file extensions of documents that the site publishes.

    Attributes:
        topics: names of topics, by key.
        people: names of people, by key.
        contacts: ids of help contacts, by the digits of their numbers and by address.
        names: names of help contacts, by id.
        ids: the ids of all entries, including withdrawn ones.
    """

    def __init__(self, content: Path, as_of: dt.date, documents: tuple[str, ...]) -> None:
        self.content = content
        self.documents = documents
        library, _ = load(content, as_of=as_of)
        self.topics: Mapping[str, str] = {key: topic.name for key, topic in library.topics.items()}
        self.people = {entry.slug: entry.title for entry in library.entries if isinstance(entry, Person)}
        self.contacts = _contacts(library)
        self.names = {contact.id: contact.name for contact in library.contacts.values()}
        self.ids = {entry.id for entry in library.entries} | set(library.registers.withdrawn)
        #: The output file of each address, with the entry that owns it.
        self._addresses: dict[str, str] = {}
        for entry in library.entries:
            for address in (entry.permalink, *entry.aliases):
                self._addresses.setdefault(file(address), entry.source.path)
        for stone in library.registers.withdrawn.values():
            for address in (stone.address, *stone.aliases):
                self._addresses.setdefault(file(address), "")
        #: The entry with each id of an earlier site in feeds.
        self._feed_ids = {stone.feed_id: "" for stone in library.registers.withdrawn.values() if stone.feed_id}
        self._feed_ids |= {
            entry.feed_id: entry.source.path
            for entry in library.entries
            if isinstance(entry, Article | Story) and entry.feed_id
        }
        self._renderer = Renderer()

    def path_for(self, kind: str, slug: str, owner: str = "") -> str:
        """Return the path for a new entry of ``kind``, a key of ``FOLDERS``, with a free slug.

        Args:
            kind: article, story or page.
            slug: the preferred slug, or "".
            owner: the current path of the entry, or "".
        """
        section = KINDS[FOLDERS[kind]].section
        preferred = slug or "imported"
        number = 1
        while True:
            name = preferred if number == 1 else f"{preferred}-{number}"
            path = f"{FOLDERS[kind]}/{name}/index.md"
            address = file(f"/{section}/{name}/" if section else f"/{name}/")
            holder = self._addresses.get(address)
            folder = self.content / FOLDERS[kind] / name
            if (holder is None and not folder.exists()) or (owner and holder == owner == path) or path == owner:
                self._addresses[address] = path
                return path
            number += 1

    def claim(self, alias: str, path: str, former: str = "") -> str:
        """Reserve the old address ``alias`` for ``path``. Return "" on success, else the reason why not.

        Args:
            alias: the old address.
            path: the entry.
            former: the previous path of the entry, or "".
        """
        try:
            address = _ALIAS.validate_python(alias)
        except ValidationError as error:
            return str(error.errors()[0]["msg"])
        return _claim(self._addresses, file(address), path, former)

    def claim_feed_id(self, feed_id: str, path: str, former: str = "") -> str:
        """Return why ``path`` cannot have the id ``feed_id`` in feeds; "" where it has it now. See ``claim``."""
        try:
            return _claim(self._feed_ids, _FEED_ID.validate_python(feed_id), path, former)
        except ValidationError as error:
            return str(error.errors()[0]["msg"])

    def is_own(self, alias: str, path: str) -> bool:
        """Tell whether ``alias`` is the address of the entry ``path`` itself."""
        folder, slug, _ = path.split("/")
        section = KINDS[folder].section
        return file(alias) == file(f"/{section}/{slug}/" if section else f"/{slug}/")

    def render(self, markdown: str) -> str:
        """Return the HTML of ``markdown`` for a comparison of words. Every picture counts as present."""
        context = Context("articles/imported/index.md", picture=lambda _path: _ANY_PICTURE)
        rendered = self._renderer.render(markdown, context)
        return rendered.body.html


def _claim(holders: dict[str, str], key: str, path: str, former: str) -> str:
    """Give ``key`` to ``path`` where nobody or ``former`` has it; return who has it otherwise, or ""."""
    holder = holders.setdefault(key, path)
    if holder and holder == former:
        holder = holders[key] = path
    return "" if holder == path else f"it is that of {holder or 'something withdrawn'}"


def _contacts(library: Library) -> dict[str, str]:
    found: dict[str, str] = {}
    for contact in library.contacts.values():
        text = contact.text.number if contact.text else ""
        for way in (contact.number, contact.email, text):
            if way:
                found.setdefault(normalise_contact_detail(way), contact.id)
    return found
