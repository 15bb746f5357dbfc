"""Publish a release, check it over HTTP, and roll back to an earlier one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from msgspec import Struct

from plugins.publishing.release.carry_over import withdrawn_pages
from plugins.publishing.release.inventory import Changes, Inventory
from plugins.publishing.release.release import Release
from plugins.publishing.smoke_test import UnexpectedAnswer
from plugins.publishing.targets.target import Kept, Target, TargetError

#: How many releases a target keeps, including the live one.
KEEP = 5
#: How many pages or unexpected answers a message lists.
_SHOWN = 5

#: Checks the live site against an inventory, given the paths of the files that changed.
Check = Callable[[Inventory, Sequence[str]], Sequence[UnexpectedAnswer]]


class PublicationError(RuntimeError):
    """The release is not live. The message gives the reason and says what readers see now."""


class Published(Struct, frozen=True):
    """The result of a publication.

    Attributes:
        inventory: the inventory of the live release.
        changes: the changes from the previous live release to this one.
        warnings: the unexpected answers that are not fatal.
    """

    inventory: Inventory
    changes: Changes
    warnings: Sequence[UnexpectedAnswer]


def publish(release: Release, target: Target, check: Check) -> Published:
    """Switch the target to ``release`` atomically.

    A run that is interrupted leaves the old or the new release live. A second call completes it.

    Args:
        release: the release to publish.
        target: the target to publish to.
        check: requests a sample of the live site after the switch.

    Raises:
        PublicationError: if the check finds a fatal answer. The previous release is live again.
        TargetError: if the target fails.
    """
    with target.locked():
        live = target.live()
        changes = release.inventory.since(live)
        if live is not None and live.id == release.inventory.id:
            # An interrupted run may have switched without removing the releases that show withdrawn stories.
            _tidy(target, live)
            return Published(live, changes, _require_no_fatal(check(release.inventory, ()), "the live release"))
        target.send(release)
        target.switch(release.inventory.id)
        found = check(release.inventory, changes.to_send)
        if _fatal(found):
            raise _roll_back_failed(target, live, found)
        _tidy(target, release.inventory)
    return Published(release.inventory, changes, found)


def _tidy(target: Target, live: Inventory) -> None:
    target.tidy(KEEP, lambda old: bool(withdrawn_pages(old, live)))


def roll_back(target: Target, check: Check, to: str = "") -> tuple[Kept, Published]:
    """Switch the target to an earlier release, and return that release and the result.

    Args:
        target: the target to roll back.
        check: as in ``publish``.
        to: a prefix of the release's id, or "" for the release before the live one.

    Raises:
        PublicationError: if there is no such release, or it shows pages that were removed from the site.
        TargetError: if the target fails.
    """
    # ``locked`` would mark an empty place as a target, so check first that it has a live release.
    with target.reading():
        _live_inventory(target)
    with target.locked():
        live = _live_inventory(target)
        wanted = _find_release(target.kept(), to)
        old = target.inventory(wanted.id)
        if stories := withdrawn_pages(old, live):
            raise PublicationError(
                f"release {wanted.id} shows what is no longer on the site, and a person may have asked for that: "
                f"{', '.join(stories[:_SHOWN])}{' and others' if len(stories) > _SHOWN else ''}. "
                "Mend the content and publish it instead"
            )
        changes = old.since(live)
        target.switch(wanted.id)
        found = check(old, changes.to_send)
        if _fatal(found):
            raise _roll_back_failed(target, live, found)
    return wanted, Published(old, changes, found)


def _live_inventory(target: Target) -> Inventory:
    live = target.live()
    if live is None:
        raise PublicationError(f"nothing was published to {target.name} yet, so nothing can be taken back")
    return live


def _find_release(kept: Sequence[Kept], to: str) -> Kept:
    if to:
        found = [release for release in kept if release.id.startswith(to.strip().lower())]
        if len(found) > 1:
            ids = ", ".join(release.id for release in found)
            raise PublicationError(f"several releases begin with `{to}` ({ids}); write more of the one you mean")
        if not found:
            ids = ", ".join(release.id for release in kept)
            raise PublicationError(f"no release `{to}` is kept; these are, the newest first: {ids}")
        if found[0].is_live:
            raise PublicationError(f"release {found[0].id} is the one that readers see")
        return found[0]
    at = next((number for number, release in enumerate(kept) if release.is_live), len(kept))
    if at + 1 >= len(kept):
        raise PublicationError("no older release is kept; see  inv releases")
    return kept[at + 1]


def _fatal(found: Sequence[UnexpectedAnswer]) -> list[UnexpectedAnswer]:
    return [finding for finding in found if finding.is_fatal]


def _require_no_fatal(found: Sequence[UnexpectedAnswer], what: str) -> Sequence[UnexpectedAnswer]:
    """Return ``found`` if no answer is fatal.

    Raises:
        PublicationError: if an answer is fatal. No other release is there to roll back to.
    """
    if harm := _fatal(found):
        raise PublicationError(f"nothing changed, but {what} is not as it should be:\n{_listing(harm)}")
    return found


def _roll_back_failed(target: Target, live: Inventory | None, found: Sequence[UnexpectedAnswer]) -> PublicationError:
    """Switch back to ``live``, and return the error to raise."""
    harm = _listing(_fatal(found))
    # An inventory without an id comes from a switch that was killed half-way, so no whole release can return.
    if live is None or not live.id:
        return PublicationError(f"the release is there, but it is not as it should be:\n{harm}")
    try:
        target.switch(live.id)
    except TargetError as error:
        return PublicationError(
            f"the new release is not as it should be:\n{harm}\nand it could not be taken back: {error}\n"
            f"Take it back now:  inv rollback {live.id}"
        )
    return PublicationError(
        "the new release was not as it should be, so it was taken back; "
        f"readers see release {live.id} as before:\n{harm}"
    )


def _listing(found: Sequence[UnexpectedAnswer]) -> str:
    lines = [f"  {finding.address} {finding.message}" for finding in found[:_SHOWN]]
    more = len(found) - _SHOWN
    return "\n".join([*lines, *([f"  and {more} more"] if more > 0 else [])])


def day_and_time(when: float) -> str:
    """Return ``when``, in seconds since 1970, as date and time in the time zone of this machine."""
    return dt.datetime.fromtimestamp(when, tz=dt.UTC).astimezone().strftime("%Y-%m-%d %H:%M")
