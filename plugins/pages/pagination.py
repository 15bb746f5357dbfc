"""Cut a list into pages."""

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
        meta: what it says about itself.
        items: of the list, those that it shows.
        pagination: where it stands among the others.
    """

    meta: Meta
    items: Sequence[_T]
    pagination: Pagination


def list_pages(first: Meta, items: Sequence[_T], size: int) -> Iterator[ListPage[_T]]:
    """Yield the pages of one list; each after the first says which it is, so that no two pages share a title.

    Args:
        first: what the first page says about itself.
        items: all that the list holds.
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
