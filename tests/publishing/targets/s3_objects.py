"""Releases and operations for the tests of S3."""

from __future__ import annotations

from typing import Any

from plugins.publishing.release.release import Release
from plugins.publishing.targets.s3 import S3Target

FIRST = {
    "index.html": b"1",
    "a/index.html": b"a",
    "old.html": b"moved",
    "feed.xml": b"1",
    "images/x-0123456789.png": b"x",
}
SECOND = {**FIRST, "index.html": b"2", "feed.xml": b"2", "images/y-0123456789.png": b"y"}


def publish(one: Release, target: S3Target | None = None) -> S3Target:
    """Publish a release."""
    target = target or S3Target("site")
    with target.locked():
        target.send(one)
        target.switch(one.inventory.id)
    return target


def keys(client: Any) -> list[str]:
    """Return the keys of all objects."""
    return [one["Key"] for one in client.list_objects_v2(Bucket="site").get("Contents", ())]
