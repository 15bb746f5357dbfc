"""The models of pages and of people."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar, Literal

from plugins.content_model import permalink
from plugins.content_model.entry import Entry
from plugins.content_model.fields import Text

Layout = Literal["page", "home", "help", "subscribe", "charter", "privacy-receipt", "not-found"]


class Page(Entry):
    """A page. ``layout`` chooses what it shows besides its text. At most one page has each layout but ``page``."""

    kind_name: ClassVar[str] = "page"

    layout: Layout = "page"
    """What the page shows besides its text. Each layout but the plain one is used once."""

    @cached_property
    def permalink(self) -> str:
        """The address of the page: ``/`` for home, ``/404.html`` for the page of unknown addresses."""
        if self.layout == "home":
            return permalink.HOME
        if self.layout == "not-found":
            return f"/{permalink.NOT_FOUND_FILE}"
        return permalink.entry(self.section, self.slug)

    @classmethod
    def needs_date(cls) -> bool:
        """Return False."""
        return False


class Person(Entry):
    """A person who writes. ``title`` is the name shown. ``author`` fields refer to ``slug``."""

    kind_name: ClassVar[str] = "person"
    section: ClassVar[str] = "people"

    role: Text
    """What the person does here."""

    @classmethod
    def needs_date(cls) -> bool:
        """Return False."""
        return False
