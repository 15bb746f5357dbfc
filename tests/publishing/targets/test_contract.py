"""What holds of every target."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from plugins.publishing.release.inventory import PATH, Inventory
from plugins.publishing.release.release import Release
from plugins.publishing.targets.target import TargetError
from tests.publishing.releases import release
from tests.publishing.targets.interrupting import interrupted, steps
from tests.publishing.targets.places import Place

OLD = {
    "index.html": b"<p>old home",
    "a/index.html": b"<p>a",
    "b/index.html": b"<p>old b",
    "gone/index.html": b"<p>a story",
    "images/x-0123456789.png": b"picture",
    "feed.xml": b"<feed>1",
}
NEW = {
    "index.html": b"<p>new home",
    "a/index.html": b"<p>a",
    "b/index.html": b"<p>new b",
    "images/x-0123456789.png": b"picture",
    "pictures/y.png": b"another picture",
    "c/d/été 'and'.html": b"<p>c",
    "feed.xml": b"<feed>2",
}


@pytest.fixture
def old(tmp_path: Path) -> Release:
    """A release."""
    return release(tmp_path, OLD)


@pytest.fixture
def new(tmp_path: Path) -> Release:
    """The next release: files are added, changed and removed."""
    return release(tmp_path, NEW)


def publish(place: Place, *releases: Release) -> None:
    """Publish ``releases``, one after the other, each by a process of its own."""
    for one in releases:
        target = place.target()
        with target.locked():
            target.send(one)
            target.switch(one.inventory.id)


def switch(place: Place, id_: str) -> None:
    """Switch to a kept release."""
    target = place.target()
    with target.locked():
        target.switch(id_)


def tidy(place: Place, keep: int = 5, unwanted: str = "") -> None:
    """Tidy, with the release ``unwanted`` unwanted."""
    target = place.target()
    with target.locked():
        target.tidy(keep, lambda inventory: inventory.id == unwanted)


def live(place: Place) -> Inventory | None:
    """What a target says is live."""
    target = place.target()
    with target.locked():
        return target.live()


def kept(place: Place) -> list[tuple[str, bool]]:
    """The ids that a target keeps, and which is live."""
    target = place.target()
    with target.locked():
        return [(one.id, one.is_live) for one in target.kept()]


def test_nothing_is_published_yet(place: Place) -> None:
    """A new place shows and keeps nothing."""
    assert live(place) is None
    assert kept(place) == []


def test_the_first_release(place: Place, old: Release) -> None:
    """After the first publishing readers see the release, and it is told as live, whole, with the time of now."""
    publish(place, old)
    assert place.seen() == OLD
    assert live(place) == old.inventory
    assert kept(place) == [(old.inventory.id, True)]


def test_a_release_that_was_sent_is_not_seen(place: Place, old: Release, new: Release) -> None:
    """Until the switch readers see the old release, and the new one is kept."""
    publish(place, old)
    target = place.target()
    with target.locked():
        target.send(new)
        assert target.inventory(new.inventory.id) == new.inventory
    assert place.seen() == OLD
    assert live(place) == old.inventory
    assert kept(place) == [(new.inventory.id, False), (old.inventory.id, True)]


def test_the_next_release(place: Place, old: Release, new: Release) -> None:
    """After the switch readers see the new release and nothing of the old one."""
    publish(place, old, new)
    assert place.seen() == NEW
    assert live(place) == new.inventory
    assert kept(place) == [(new.inventory.id, True), (old.inventory.id, False)]


def test_only_what_is_new_is_sent(place: Place, old: Release, new: Release) -> None:
    """What the host has is not sent again; a release that it has whole is not sent at all."""
    publish(place, old)
    before = place.stored()
    publish(place, new)
    assert before <= place.stored()
    after = place.stored()
    publish(place, new)
    publish(place, old)
    assert place.stored() == after


def test_back_to_an_older_release(place: Place, old: Release, new: Release) -> None:
    """A switch to a kept release shows it again, whole."""
    publish(place, old, new)
    switch(place, old.inventory.id)
    assert place.seen() == OLD
    assert live(place) == old.inventory
    assert kept(place) == [(new.inventory.id, False), (old.inventory.id, True)]


def test_a_release_that_is_sent_again_is_the_newest(place: Place, old: Release, new: Release) -> None:
    """The order of kept releases is that in which they were last sent."""
    publish(place, old, new, old)
    assert kept(place) == [(old.inventory.id, True), (new.inventory.id, False)]


def test_the_time_of_sending(place: Place, old: Release, new: Release) -> None:
    """Each kept release has the time at which it was sent."""
    publish(place, old, new)
    target = place.target()
    with target.locked():
        newest, oldest = target.kept()
    assert new.folder.stat().st_mtime - 2 <= oldest.when <= newest.when <= new.folder.stat().st_mtime + 60


@pytest.mark.parametrize("id_", ["abcdef123456", "../..", "", "-rf"])
def test_a_release_that_is_not_kept(place: Place, old: Release, id_: str) -> None:
    """A release that is not kept cannot be asked for or switched to, and the message says so."""
    publish(place, old)
    target = place.target()
    with target.locked():
        with pytest.raises(TargetError, match="does not keep"):
            target.switch(id_)
        with pytest.raises(TargetError, match="does not keep"):
            target.inventory(id_)
    assert place.seen() == OLD


def test_a_place_of_others_is_refused(place: Place, old: Release) -> None:
    """Where other things stand and nothing was published, nothing changes, and the message says what to do."""
    place.occupy()
    before = place.everything()
    with pytest.raises(TargetError, match=r"(?s)other things.*empty|Name another branch"):
        publish(place, old)
    assert place.everything() == before


def test_what_others_put_there_stays(place: Place, old: Release, new: Release) -> None:
    """What publishing did not make outlives every publication, switch and tidying, whatever its name."""
    publish(place, old)
    before = place.everything()
    place.occupy()
    others = {name: data for name, data in place.everything().items() if before.get(name) != data}
    publish(place, new, old)
    tidy(place, keep=0)
    assert others
    assert {name: data for name, data in place.everything().items() if name in others} == others
    assert kept(place) == [(old.inventory.id, True)]


def test_reading_changes_nothing(place: Place, old: Release, new: Release) -> None:
    """What is live and what is kept can be told without a lock, and without making anything where nothing is."""
    for is_live in (False, True):
        before = place.everything()
        target = place.target()
        with target.reading():
            assert target.live() == (old.inventory if is_live else None)
            assert [one.id for one in target.kept()] == [one.inventory.id for one in (old, new) if is_live]
        assert place.everything() == before
        publish(place, new, old)


def test_an_interrupted_first_publication(place: Place, old: Release) -> None:
    """However often the first publication is interrupted, the place stays open to the next run."""
    step = 0
    while interrupted(lambda: publish(place, old), step := step + 7):
        place.died()
    assert place.seen() == OLD


def test_old_releases_go(tmp_path: Path, place: Place) -> None:
    """Tidying keeps the newest releases, and the live one however old it is."""
    releases = [release(tmp_path, {**OLD, "index.html": b"%d" % n}) for n in range(4)]
    ids = [one.inventory.id for one in releases]
    publish(place, *releases)
    switch(place, ids[0])
    tidy(place, keep=2)
    assert kept(place) == [(ids[3], False), (ids[2], False), (ids[0], True)]
    assert place.seen()["index.html"] == b"0"
    switch(place, ids[2])
    assert place.seen()["index.html"] == b"2"


def test_an_unwanted_release_goes(place: Place, old: Release, new: Release) -> None:
    """A release that must go is taken away with what only it held, unless it is live."""
    publish(place, old, new)
    before = place.stored()
    tidy(place, unwanted=new.inventory.id)
    assert place.stored() == before
    tidy(place, unwanted=old.inventory.id)
    assert kept(place) == [(new.inventory.id, True)]
    assert place.stored() < before
    assert place.seen() == NEW


def test_two_at_once(place: Place, old: Release) -> None:
    """While somebody publishes, a second one is refused, and told who it is and since when; afterwards it may."""
    publish(place, old)
    target = place.target()
    with target.locked():
        with pytest.raises(TargetError, match=r"process \d+.*since \d{4}-.*publishing there.*again") as told:
            publish(place, old)
        assert "None" not in str(told.value)
    publish(place, old)


@pytest.mark.parametrize("path", ["index.html", "index.html.gz", PATH, "_headers"])
def test_a_damaged_release_is_not_sent(place: Place, old: Release, new: Release, path: str) -> None:
    """A release on this machine that lacks a file is refused before anything happens."""
    publish(place, old)
    (new.folder / path).unlink()
    _is_refused(place, new, path)


@pytest.mark.parametrize("path", ["index.html", "a/index.html", PATH, "not-on-the-list.html"])
def test_a_changed_release_is_not_sent(place: Place, old: Release, new: Release, path: str) -> None:
    """A release on this machine that holds other bytes, or a file that it does not know, is refused."""
    publish(place, old)
    (new.folder / path).write_bytes(b"changed")
    _is_refused(place, new, path)


def _is_refused(place: Place, new: Release, path: str) -> None:
    target = place.target()
    with target.locked(), pytest.raises(TargetError, match=f"damaged: {path} .*make the release again"):
        target.send(new)
    assert place.seen() == OLD
    assert [is_live for _, is_live in kept(place)] == [True]


def test_a_kept_release_that_is_damaged(place: Place, old: Release, new: Release) -> None:
    """A kept release that is not whole any more is not switched to; sending it again mends it."""
    publish(place, new, old)
    place.damage(new.inventory.id)
    with pytest.raises(TargetError, match="not whole"):
        switch(place, new.inventory.id)
    assert place.seen() == OLD
    publish(place, new)
    assert place.seen() == NEW


def test_an_interrupted_sending(place: Place, old: Release, new: Release) -> None:
    """Wherever sending is interrupted, readers see the old release, and the next run succeeds."""
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


def test_an_interrupted_switch(place: Place, old: Release, new: Release) -> None:
    """Wherever a switch is interrupted, readers see one release, and the next run succeeds."""
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


def test_an_interrupted_tidying(place: Place, old: Release, new: Release) -> None:
    """Wherever tidying is interrupted, readers see the live release, and the next tidying ends it."""
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
    """The steps at which a piece of work of ``count`` steps is interrupted: all, or some of them."""
    numbers = list(range(1, count + 1))
    return sorted(random.Random(count).sample(numbers, min(count, place.interruptions)))  # noqa: S311 - no secret


def _is_one_or_the_other(place: Place, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> None:
    seen = place.seen()
    if place.switches_at_once:
        assert seen in (old, new)
    assert all(data in {old.get(path), new.get(path)} for path, data in seen.items())
    assert (old.keys() & new.keys()) <= seen.keys()
