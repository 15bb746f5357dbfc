"""Decide which files of an earlier release stay available, and which pages must not return."""

from __future__ import annotations

from plugins.publishing.hosts.response_rules import FOREVER
from plugins.publishing.release.inventory import Inventory

#: The folder of stories, below the root of the site.
_STORIES = "stories"


def withdrawn_pages(old: Inventory, live: Inventory) -> list[str]:
    """Return the pages of ``old`` that must not return: withdrawn entries, and stories that ``live`` does not show.

    A story that ``live`` does not show may have been withdrawn, or the consent to it may have ended.
    """
    gone = {page for page in live.gone.values() if page not in old.gone.values()}
    stories = f"{live.folder}{_STORIES}/"
    shown = {path for path in old.items if path.startswith(stories) and path.endswith("/index.html")}
    return sorted((shown - live.items.keys()) | (gone & old.items.keys()))


def carried_over(old: Inventory | None, new: Inventory) -> list[str]:
    """Return the fingerprinted files of ``old`` that stay on the host until the release after ``new``.

    A page that was opened or cached before the switch still requests its pictures, scripts and search index. If ``old``
    has a page that must not return, none of its files stay.
    """
    if old is None or withdrawn_pages(old, new):
        return []
    return sorted(item.path for item in old if item.caching == FOREVER and item.path not in new.items)
