"""Split a list into pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from plugins.content_model import permalink
from plugins.pages.template_context import Meta, Pagination, pagination
from plugins.views.views import Link

_T = TypeVar("_T")


class ListPage(Struct, Generic[_T], frozen=True):
    """One page of a list.

    Attributes:
        items: its items.
        number: its number, from 1.
        first: metadata of the first page.
        links: the links to all pages of the list.
    """

    items: Sequence[_T]
    number: int
    first: Meta
    links: Sequence[Link]

    @property
    def permalink(self) -> str:
        """Its address."""
        return self.first.permalink if self.number == 1 else self.links[self.number - 1].href

    @property
    def meta(self) -> Meta:
        """Its metadata. Titles after the first contain the number, so that no two are equal."""
        first = self.first
        if self.number == 1:
            return first
        return replace(
            first,
            title=f"{first.title}, page {self.number}",
            description=f"{first.description} Page {self.number} of {len(self.links)}.".strip(),
            permalink=self.permalink,
            breadcrumbs=(*first.breadcrumbs, Link(first.title, first.permalink)),
        )

    @property
    def pagination(self) -> Pagination:
        """Its position and the links to other pages."""
        return pagination(self.links, self.number)


def list_pages(first: Meta, parts: Sequence[Sequence[_T]]) -> Iterator[ListPage[_T]]:
    """Yield the pages of one list.

    Args:
        first: metadata of the first page.
        parts: the items of each page.
    """
    section = first.permalink.strip("/")
    links = [Link(str(number), permalink.index(section, number)) for number in range(1, len(parts) + 1)]
    for number, part in enumerate(parts, start=1):
        yield ListPage(part, number, first, links)
