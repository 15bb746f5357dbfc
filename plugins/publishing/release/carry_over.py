"""Succession: what one release may leave to the next, and what must never come back."""

from __future__ import annotations

from plugins.publishing.hosts.response_rules import FOREVER
from plugins.publishing.release.inventory import Inventory

#: The folder of the pages of stories, below the root of the site.
_STORIES = "stories"


def returning(old: Inventory, live: Inventory) -> list[str]:
    """Return the pages that ``old`` would bring back although they must not return: stories, and what was withdrawn.

    A story that ``live`` no longer shows may have been withdrawn, or the consent to it may have ended. Nobody may find
    out by publishing it again.
    """
    gone = {page for page in live.gone.values() if page not in old.gone.values()}
    stories = f"{live.folder}{_STORIES}/"
    shown = {path for path in old.items if path.startswith(stories) and path.endswith("/index.html")}
    return sorted((shown - live.items.keys()) | (gone & old.items.keys()))


def inherited(old: Inventory | None, new: Inventory) -> list[str]:
    """Return the files of ``old`` that stay beside those of ``new``, on no list, until the release after it.

    A page that was opened or kept in a cache before the switch still asks for its pictures, its script and its index of
    searches, all named by their content. Nothing stays where ``old`` has something that must not return.
    """
    if old is None or returning(old, new):
        return []
    return sorted(item.path for item in old if item.caching == FOREVER and item.path not in new.items)
