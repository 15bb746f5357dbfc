"""Publication: brings a release before readers, and takes it back when it does not fare well there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from plugins.publishing.release.carry_over import returning
from plugins.publishing.release.inventory import Changes, Inventory
from plugins.publishing.release.release import Release
from plugins.publishing.smoke_test import UnexpectedAnswer
from plugins.publishing.targets.target import Kept, Target, TargetError

#: How many releases a target keeps, the live one among them.
KEEP = 5
#: How many pages, or findings, a message names.
_SHOWN = 5

#: Returns what is wrong with what readers get, given what should be there and the files that changed.
Check = Callable[[Inventory, Sequence[str]], Sequence[UnexpectedAnswer]]


class PublicationError(RuntimeError):
    """Nothing new is before readers; the message says why, and what they see now."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did.

    Attributes:
        inventory: of what readers see now.
        changes: from what readers saw before to what they see now.
        told: what is not as it should be and harms nobody.
    """

    inventory: Inventory
    changes: Changes
    told: Sequence[UnexpectedAnswer]


def publish(release: Release, target: Target, check: Check) -> Published:
    """Let readers see ``release``, all at once or not at all.

    Interrupted anywhere, readers see the old release or the new one, and a second call ends well.

    Args:
        release: what is to be seen.
        target: where.
        check: looks at it as readers do, after the switch.

    Raises:
        PublicationError: where readers would fare worse with it: the old release is back then.
        TargetError: where the target cannot take it.
    """
    with target.locked():
        live = target.live()
        changes = release.inventory.since(live)
        if live is not None and live.id == release.inventory.id:
            # The run that brought it there may have ended before it took away what shows withdrawn stories.
            _tidy(target, live)
            return Published(live, changes, _fair(check(release.inventory, ()), "the live release"))
        target.send(release)
        target.switch(release.inventory.id)
        found = check(release.inventory, changes.to_send)
        if _harm(found):
            raise _taken_back(target, live, found)
        _tidy(target, release.inventory)
    return Published(release.inventory, changes, found)


def _tidy(target: Target, live: Inventory) -> None:
    target.tidy(KEEP, lambda old: bool(returning(old, live)))


def roll_back(target: Target, check: Check, to: str = "") -> tuple[Kept, Published]:
    """Let readers see a release that they saw before; return it.

    Args:
        target: where.
        check: as in ``publish``.
        to: the beginning of the release's id; "" for the one before the live one.

    Raises:
        PublicationError: where there is no such release, or it would bring back what was taken off the site.
        TargetError: where the target cannot do it.
    """
    # A lock would mark a place that is empty as one for releases.
    with target.reading():
        _live(target)
    with target.locked():
        live = _live(target)
        wanted = _wanted(target.kept(), to)
        old = target.inventory(wanted.id)
        if stories := returning(old, live):
            raise PublicationError(
                f"release {wanted.id} shows what is no longer on the site, and a person may have asked for that: "
                f"{', '.join(stories[:_SHOWN])}{' and others' if len(stories) > _SHOWN else ''}. "
                "Mend the content and publish it instead"
            )
        changes = old.since(live)
        target.switch(wanted.id)
        found = check(old, changes.to_send)
        if _harm(found):
            raise _taken_back(target, live, found)
    return wanted, Published(old, changes, found)


def _live(target: Target) -> Inventory:
    live = target.live()
    if live is None:
        raise PublicationError(f"nothing was published to {target.name} yet, so nothing can be taken back")
    return live


def _wanted(kept: Sequence[Kept], to: str) -> Kept:
    if to:
        found = [one for one in kept if one.id.startswith(to.strip().lower())]
        if len(found) > 1:
            ids = ", ".join(one.id for one in found)
            raise PublicationError(f"several releases begin with `{to}` ({ids}); write more of the one you mean")
        if not found:
            ids = ", ".join(one.id for one in kept)
            raise PublicationError(f"no release `{to}` is kept; these are, the newest first: {ids}")
        if found[0].is_live:
            raise PublicationError(f"release {found[0].id} is the one that readers see")
        return found[0]
    at = next((number for number, one in enumerate(kept) if one.is_live), len(kept))
    if at + 1 >= len(kept):
        raise PublicationError("no older release is kept; see  inv releases")
    return kept[at + 1]


def _harm(found: Sequence[UnexpectedAnswer]) -> list[UnexpectedAnswer]:
    return [finding for finding in found if finding.is_fatal]


def _fair(found: Sequence[UnexpectedAnswer], what: str) -> Sequence[UnexpectedAnswer]:
    """Return ``found``.

    Raises:
        PublicationError: where readers of ``what`` fare badly, and there is nothing to go back to.
    """
    if harm := _harm(found):
        raise PublicationError(f"nothing changed, but {what} is not as it should be:\n{_listed(harm)}")
    return found


def _taken_back(target: Target, live: Inventory | None, found: Sequence[UnexpectedAnswer]) -> PublicationError:
    """Go back to ``live``, and return what to tell."""
    harm = _listed(_harm(found))
    # Without an id: a switch was killed there before, and what readers saw was part of one and part of another.
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


def _listed(found: Sequence[UnexpectedAnswer]) -> str:
    lines = [f"  {finding.address} {finding.says}" for finding in found[:_SHOWN]]
    more = len(found) - _SHOWN
    return "\n".join([*lines, *([f"  and {more} more"] if more > 0 else [])])


def day_and_time(when: float) -> str:
    """Return a time, in seconds since 1970, as a person reads it, in the time zone of this machine."""
    return dt.datetime.fromtimestamp(when, tz=dt.UTC).astimezone().strftime("%Y-%m-%d %H:%M")
