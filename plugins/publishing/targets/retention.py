"""Decide which releases a target keeps and which it deletes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from plugins.publishing.release.inventory import ID_DIGITS, Inventory, InventoryError, read
from plugins.publishing.targets.target import Kept, TargetError


def is_id(name: str) -> bool:
    """Return whether ``name`` has the form of a release id."""
    return re.fullmatch(rf"[0-9a-f]{{{ID_DIGITS}}}", name) is not None


def newest_first(kept: Sequence[Kept]) -> list[Kept]:
    """Return ``kept`` sorted by time, the newest first."""
    return sorted(kept, key=lambda item: (-item.when, item.id))


def releases_to_delete(
    kept: Sequence[Kept], keep: int, unwanted: Callable[[Inventory], bool], inventory: Callable[[str], Inventory]
) -> list[str]:
    """Return the ids of the releases to delete, which never include the live one.

    Args:
        kept: all releases, the newest first.
        keep: the number of releases that stay.
        unwanted: returns whether a release must be deleted although it is among the newest.
        inventory: returns the inventory of a kept release. A release whose inventory cannot be read is deleted.
    """

    def is_deleted(number: int, release: str) -> bool:
        if number >= keep:
            return True
        try:
            return unwanted(inventory(release))
        except TargetError:
            return True

    return [item.id for number, item in enumerate(kept) if not item.is_live and is_deleted(number, item.id)]


def inventory_of(release: str, text: str | bytes, name: str) -> Inventory:
    """Parse the inventory of ``release`` as the target ``name`` stores it.

    Raises:
        TargetError: if the text is not an inventory, or belongs to another release.
    """
    try:
        found = read(text)
    except InventoryError as error:
        raise TargetError(f"{name}: the release {release} is not whole: {error}. Publish it again.") from error
    if found.id != release:
        raise TargetError(
            f"{name}: the release {release} is not whole: it holds the list of {found.id}. Publish it again."
        )
    return found


def not_kept_error(release: str, name: str) -> TargetError:
    """Return the error for a release that the target ``name`` does not keep."""
    return TargetError(f"{name} does not keep a release {release!r}. Ask for the ones that are kept, and choose one.")
