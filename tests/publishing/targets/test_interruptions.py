"""Test that every target survives an interruption at any step."""

from __future__ import annotations

import random
from collections.abc import Mapping

from plugins.publishing.release.release import Release
from tests.publishing.targets.contract import NEW, OLD, kept, live, publish, ssh_at_night, switch, tidy
from tests.publishing.targets.interrupting import interrupted, steps
from tests.publishing.targets.places import Place


def test_an_interrupted_first_publication(place: Place, old: Release) -> None:
    """After interruptions of the first publication, the next run succeeds."""
    step = 0
    while interrupted(lambda: publish(place, old), step := step + 7):
        place.died()
    assert place.seen() == OLD


@ssh_at_night
def test_an_interrupted_sending(place: Place, old: Release, new: Release) -> None:
    """After an interruption of ``send`` at any step, the old release is live, and the next run succeeds."""
    publish(place, old)
    count = steps(lambda: _send(place, new))
    tidy(place, keep=0)
    for step in some(place, count):
        assert interrupted(lambda: _send(place, new), step)
        place.died()
        assert place.seen() == OLD
        publish(place, new)
        assert place.seen() == NEW
        publish(place, old)
        tidy(place, keep=0)


def _send(place: Place, one: Release) -> None:
    target = place.target()
    with target.locked():
        target.send(one)


@ssh_at_night
def test_an_interrupted_switch(place: Place, old: Release, new: Release) -> None:
    """After an interruption of ``switch`` at any step, one release is live, and the next run succeeds."""
    publish(place, new, old)
    count = steps(lambda: switch(place, new.inventory.id))
    switch(place, old.inventory.id)
    for step in some(place, count):
        interrupted(lambda: switch(place, new.inventory.id), step)
        place.died()
        _is_one_or_the_other(place, OLD, NEW)
        publish(place, new)
        assert place.seen() == NEW
        assert live(place) == new.inventory
        switch(place, old.inventory.id)
        assert place.seen() == OLD


@ssh_at_night
def test_an_interrupted_tidying(place: Place, old: Release, new: Release) -> None:
    """After an interruption of ``tidy`` at any step, the live release is complete, and the next call finishes."""
    publish(place, new, old)
    count = steps(lambda: tidy(place, keep=0))
    for step in some(place, count):
        publish(place, new, old)
        interrupted(lambda: tidy(place, keep=0), step)
        place.died()
        assert place.seen() == OLD
        tidy(place, keep=0)
        assert kept(place) == [(old.inventory.id, True)]


def some(place: Place, count: int) -> list[int]:
    """Return the steps at which a function with ``count`` steps is interrupted: all, or a sample."""
    numbers = list(range(1, count + 1))
    return sorted(random.Random(count).sample(numbers, min(count, place.interruptions)))  # noqa: S311 - no secret


def _is_one_or_the_other(place: Place, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> None:
    seen = place.seen()
    if place.switches_at_once:
        assert seen in (old, new)
    assert all(data in {old.get(path), new.get(path)} for path, data in seen.items())
    assert (old.keys() & new.keys()) <= seen.keys()
