"""Page and Person: the standing pages of the site, and the people who write, by role."""

from __future__ import annotations

from typing import ClassVar, Literal

from plugins.content_model import permalink
from plugins.content_model.entry import Entry
from plugins.content_model.fields import Text

Layout = Literal["page", "home", "help", "subscribe", "charter", "privacy-receipt", "not-found"]


class Page(Entry):
    """A standing page. ``layout`` says what the page shows besides its text; each but ``page`` is used once."""

    kind_name: ClassVar[str] = "page"

    layout: Layout = "page"
    """What the page shows besides its text. Each layout but the plain one is used once."""

    @property
    def permalink(self) -> str:
        """The address; home is the root, and the page of a wrong address has a file of its own."""
        if self.layout == "home":
            return permalink.HOME
        if self.layout == "not-found":
            return f"/{permalink.NOT_FOUND_FILE}"
        return permalink.entry(self.section, self.slug)

    @classmethod
    def needs_date(cls) -> bool:
        """Standing pages need no date."""
        return False


class Person(Entry):
    """A person, by role: ``title`` is the name shown, ``slug`` the key that ``author`` fields use."""

    kind_name: ClassVar[str] = "person"
    section: ClassVar[str] = "people"

    role: Text
    """What the person does here."""

    @classmethod
    def needs_date(cls) -> bool:
        """People need no date."""
        return False
