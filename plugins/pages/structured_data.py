"""Build the structured data of a page (JSON-LD, schema.org).

It contains the type, the dates and the breadcrumbs of a page. It contains nothing about health, and nothing about the
narrator of a story, whom a machine might take for a patient.
"""

from __future__ import annotations

from typing import Any

from plugins.pages.template_context import HOME, Meta
from plugins.views.views import EntryView


def structured_data(meta: Meta, entry: EntryView | None, *, name: str, url: str) -> dict[str, Any] | None:
    """Return the structured data of a page, or None if there is none.

    Args:
        meta: the metadata of the page.
        entry: the entry of the page, or None.
        name: of the site.
        url: the absolute URL of the site, without a trailing slash.
    """
    graph: list[dict[str, Any]] = []
    organisation = {"@type": "Organization", "name": name}
    if meta.permalink == HOME.href:
        graph.append({**organisation, "url": f"{url}{HOME.href}"})
    if meta.og_type == "article" and entry is not None:
        graph.append(_article(meta, entry, organisation))
    # Articles have no breadcrumbs here, because these would add more bytes than information.
    elif meta.breadcrumbs and meta.indexable:
        graph.append(_trail(meta, url))
    if not graph:
        return None
    return {"@context": "https://schema.org", "@graph": graph}


def _article(meta: Meta, entry: EntryView, organisation: dict[str, Any]) -> dict[str, Any]:
    dates = entry.dates
    article: dict[str, Any] = {"@type": "Article", "headline": meta.title, "author": organisation}
    if dates.published:
        article["datePublished"] = dates.published.isoformat()
    if dates.updated:
        article["dateModified"] = dates.updated[-1].on.isoformat()
    return article


def _trail(meta: Meta, url: str) -> dict[str, Any]:
    steps = [
        {"@type": "ListItem", "position": place, "name": crumb.label, "item": f"{url}{crumb.href}"}
        for place, crumb in enumerate(meta.breadcrumbs, start=1)
    ]
    here = {"@type": "ListItem", "position": len(steps) + 1, "name": meta.title}
    return {"@type": "BreadcrumbList", "itemListElement": [*steps, here]}
