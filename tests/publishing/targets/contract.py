"""Releases and operations for the tests that hold for every target."""

from __future__ import annotations

import pytest

from plugins.publishing.release.inventory import Inventory
from plugins.publishing.release.release import Release
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
#: Runs a test with each kind of place, and with a real SSH server only in the tier ``deep``. By day, ``near_ssh`` runs
#: the same scripts without one.
ssh_at_night = pytest.mark.parametrize(
    "place",
    [
        "folder", "near_ssh", pytest.param("ssh", marks=[pytest.mark.real, pytest.mark.deep]),
        pytest.param("s3", marks=pytest.mark.real), pytest.param("git", marks=pytest.mark.real),
    ],
    indirect=True,
)  # fmt: skip


def publish(place: Place, *releases: Release) -> None:
    """Publish ``releases`` in order, each through a new target."""
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
    """Call ``tidy`` with the release ``unwanted`` as unwanted."""
    target = place.target()
    with target.locked():
        target.tidy(keep, lambda inventory: inventory.id == unwanted)


def live(place: Place) -> Inventory | None:
    """Return the live inventory."""
    target = place.target()
    with target.locked():
        return target.live()


def kept(place: Place) -> list[tuple[str, bool]]:
    """Return the id of each kept release and whether it is live."""
    target = place.target()
    with target.locked():
        return [(one.id, one.is_live) for one in target.kept()]
