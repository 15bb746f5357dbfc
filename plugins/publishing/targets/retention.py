"""Keeping: which releases a target keeps, and which it lets go; the same for every target."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from plugins.publishing.release.inventory import ID_DIGITS, Inventory, InventoryError, read
from plugins.publishing.targets.target import Kept, TargetError


def is_id(name: str) -> bool:
    """Whether ``name`` can be the id of a release."""
    return re.fullmatch(rf"[0-9a-f]{{{ID_DIGITS}}}", name) is not None


def in_order(kept: Sequence[Kept]) -> list[Kept]:
    """Return ``kept`` with the newest first."""
    return sorted(kept, key=lambda one: (-one.when, one.id))


def leaving(
    kept: Sequence[Kept], keep: int, unwanted: Callable[[Inventory], bool], inventory: Callable[[str], Inventory]
) -> list[str]:
    """Return the ids of the releases that go: never the live one.

    Args:
        kept: all, the newest first.
        keep: how many of them stay.
        unwanted: tells of a release whether it must go all the same.
        inventory: gives the inventory of a kept release; one whose inventory cannot be read goes.
    """

    def goes(number: int, release: str) -> bool:
        if number >= keep:
            return True
        try:
            return unwanted(inventory(release))
        except TargetError:
            return True

    return [one.id for number, one in enumerate(kept) if not one.is_live and goes(number, one.id)]


def inventory_of(release: str, text: str | bytes, name: str) -> Inventory:
    """Return the inventory of ``release`` that stands in ``text``, as the target ``name`` keeps it.

    Raises:
        TargetError: when it is none, or another's.
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


def not_kept(release: str, name: str) -> TargetError:
    """Return what to raise when the target ``name`` does not keep ``release``."""
    return TargetError(f"{name} does not keep a release {release!r}. Ask for the ones that are kept, and choose one.")
