"""Split a list into pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from plugins.content_model import permalink
from plugins.pages.template_context import Meta, Pagination, pagination
from plugins.views.views import Link

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ListPage(Generic[_T]):
    """One page of a list.

    Attributes:
        meta: its metadata.
        items: its items.
        pagination: its position and the links to other pages.
    """

    meta: Meta
    items: Sequence[_T]
    pagination: Pagination


def list_pages(first: Meta, items: Sequence[_T], size: int) -> Iterator[ListPage[_T]]:
    """Yield the pages of one list. Titles after the first contain the number, so that no two are equal.

    Args:
        first: metadata of the first page.
        items: all items of the list.
        size: items on one page.
    """
    parts = permalink.pages_of(items, size)
    section = first.permalink.strip("/")
    links = [Link(str(number), permalink.index(section, number)) for number in range(1, len(parts) + 1)]
    for number, part in enumerate(parts, start=1):
        meta = first
        if number > 1:
            meta = replace(
                first,
                title=f"{first.title}, page {number}",
                description=f"{first.description} Page {number} of {len(parts)}.".strip(),
                permalink=links[number - 1].href,
                breadcrumbs=(*first.breadcrumbs, Link(first.title, first.permalink)),
            )
        yield ListPage(meta, part, pagination(links, number))
