"""Test what holds for every target."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.publishing.release.inventory import PATH
from plugins.publishing.release.release import Release
from plugins.publishing.targets.target import Target, TargetError
from tests.publishing.releases import release
from tests.publishing.targets.contract import NEW, OLD, kept, live, publish, ssh_at_night, switch, tidy
from tests.publishing.targets.places import Place


@ssh_at_night
def test_nothing_is_published_yet(place: Place) -> None:
    """A new place has no live and no kept release."""
    assert live(place) is None
    assert kept(place) == []


def test_the_first_release(place: Place, old: Release) -> None:
    """After the first publication, the release is live and kept, with the current time."""
    publish(place, old)
    assert place.seen() == OLD
    assert live(place) == old.inventory
    assert kept(place) == [(old.inventory.id, True)]


def test_a_release_that_was_sent_is_not_seen(place: Place, old: Release, new: Release) -> None:
    """Until the switch, the old release is live and the new one is kept."""
    publish(place, old)
    target = place.target()
    with target.locked():
        target.send(new)
        assert target.inventory(new.inventory.id) == new.inventory
    assert place.seen() == OLD
    assert live(place) == old.inventory
    assert kept(place) == [(new.inventory.id, False), (old.inventory.id, True)]


def test_the_next_release(place: Place, old: Release, new: Release) -> None:
    """After the switch, the new release is live and nothing of the old one is seen."""
    publish(place, old, new)
    assert place.seen() == NEW
    assert live(place) == new.inventory
    assert kept(place) == [(new.inventory.id, True), (old.inventory.id, False)]


def test_only_what_is_new_is_sent(place: Place, old: Release, new: Release) -> None:
    """Files that the host has are not sent again, and neither is a complete release."""
    publish(place, old)
    before = place.stored()
    publish(place, new)
    assert before <= place.stored()
    after = place.stored()
    publish(place, new)
    publish(place, old)
    assert place.stored() == after


def test_back_to_an_older_release(place: Place, old: Release, new: Release) -> None:
    """A switch to a kept release restores all its files."""
    publish(place, old, new)
    switch(place, old.inventory.id)
    assert place.seen() == OLD
    assert live(place) == old.inventory
    assert kept(place) == [(new.inventory.id, False), (old.inventory.id, True)]


@ssh_at_night
def test_a_release_that_is_sent_again_is_the_newest(place: Place, old: Release, new: Release) -> None:
    """Kept releases are ordered by the time of their last upload."""
    publish(place, old, new, old)
    assert kept(place) == [(old.inventory.id, True), (new.inventory.id, False)]


@ssh_at_night
def test_the_time_of_sending(place: Place, old: Release, new: Release) -> None:
    """Each kept release has its upload time."""
    publish(place, old, new)
    target = place.target()
    with target.locked():
        newest, oldest = target.kept()
    assert new.folder.stat().st_mtime - 2 <= oldest.when <= newest.when <= new.folder.stat().st_mtime + 60


@ssh_at_night
def test_a_release_that_is_not_kept(place: Place, old: Release) -> None:
    """Reading or switching to a release that is not kept is an error, whatever its id."""
    publish(place, old)
    target = place.target()
    with target.locked():
        for id_ in ("abcdef123456", "../..", "", "-rf"):
            with pytest.raises(TargetError, match="does not keep"):
                target.switch(id_)
            with pytest.raises(TargetError, match="does not keep"):
                target.inventory(id_)
    assert place.seen() == OLD


@ssh_at_night
def test_a_foreign_place_is_refused(place: Place, old: Release) -> None:
    """A place with foreign files and no release is refused and not changed, and the message says what to do."""
    place.occupy()
    before = place.everything()
    with pytest.raises(TargetError, match=r"(?s)other things.*empty|Name another branch"):
        publish(place, old)
    assert place.everything() == before


@ssh_at_night
def test_foreign_files_stay(place: Place, old: Release, new: Release) -> None:
    """Foreign files survive every publication, switch and tidying, whatever their names."""
    publish(place, old)
    before = place.everything()
    place.occupy()
    others = {name: data for name, data in place.everything().items() if before.get(name) != data}
    publish(place, new, old)
    tidy(place, keep=0)
    assert others
    assert {name: data for name, data in place.everything().items() if name in others} == others
    assert kept(place) == [(old.inventory.id, True)]


@ssh_at_night
def test_reading_changes_nothing(place: Place, old: Release, new: Release) -> None:
    """``live`` and ``kept`` work without a lock, and create nothing in an empty place."""
    for is_live in (False, True):
        before = place.everything()
        target = place.target()
        with target.reading():
            assert target.live() == (old.inventory if is_live else None)
            assert [one.id for one in target.kept()] == [one.inventory.id for one in (old, new) if is_live]
        assert place.everything() == before
        publish(place, new, old)


@ssh_at_night
def test_old_releases_go(tmp_path: Path, place: Place) -> None:
    """``tidy`` keeps the newest releases, and the live one however old it is."""
    releases = [release(tmp_path, {**OLD, "index.html": b"%d" % n}) for n in range(4)]
    ids = [one.inventory.id for one in releases]
    publish(place, *releases)
    switch(place, ids[0])
    tidy(place, keep=2)
    assert kept(place) == [(ids[3], False), (ids[2], False), (ids[0], True)]
    assert place.seen()["index.html"] == b"0"
    switch(place, ids[2])
    assert place.seen()["index.html"] == b"2"


@ssh_at_night
def test_an_unwanted_release_goes(place: Place, old: Release, new: Release) -> None:
    """An unwanted release is deleted with its own files, unless it is live."""
    publish(place, old, new)
    before = place.stored()
    tidy(place, unwanted=new.inventory.id)
    assert place.stored() == before
    tidy(place, unwanted=old.inventory.id)
    assert kept(place) == [(new.inventory.id, True)]
    assert place.stored() < before
    assert place.seen() == NEW


def test_two_at_once(place: Place, old: Release) -> None:
    """A second run is refused with the owner and the time of the lock. After the first has ended, it succeeds."""
    publish(place, old)
    target = place.target()
    with target.locked():
        with pytest.raises(TargetError, match=r"process \d+.*since \d{4}-.*publishing there.*again") as told:
            publish(place, old)
        assert "None" not in str(told.value)
    publish(place, old)


@ssh_at_night
def test_a_damaged_release_is_not_sent(place: Place, old: Release, new: Release) -> None:
    """A local release that lacks a file, or has a changed or additional one, is refused."""
    publish(place, old)
    target = place.target()
    with target.locked():
        for path in ("index.html", "index.html.gz", PATH, "_headers"):
            whole = (new.folder / path).read_bytes()
            (new.folder / path).unlink()
            _is_refused(target, new, path)
            (new.folder / path).write_bytes(whole)
        for path in ("index.html", "a/index.html", PATH):
            whole = (new.folder / path).read_bytes()
            (new.folder / path).write_bytes(b"changed")
            _is_refused(target, new, path)
            (new.folder / path).write_bytes(whole)
        (new.folder / "not-on-the-list.html").write_bytes(b"added")
        _is_refused(target, new, "not-on-the-list.html")
    assert place.seen() == OLD
    assert [is_live for _, is_live in kept(place)] == [True]


def _is_refused(target: Target, new: Release, path: str) -> None:
    with pytest.raises(TargetError, match=f"damaged: {path} .*make the release again"):
        target.send(new)


def test_a_kept_release_that_is_damaged(place: Place, old: Release, new: Release) -> None:
    """A damaged kept release is not switched to. Sending it again repairs it."""
    publish(place, new, old)
    place.damage(new.inventory.id)
    with pytest.raises(TargetError, match="not whole"):
        switch(place, new.inventory.id)
    assert place.seen() == OLD
    publish(place, new)
    assert place.seen() == NEW
