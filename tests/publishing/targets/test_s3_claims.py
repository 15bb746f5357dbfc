"""Test that publishing to S3 leaves foreign objects alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plugins.publishing.targets.s3 import S3Target
from plugins.publishing.targets.target import TargetError
from tests.publishing.releases import release
from tests.publishing.targets.s3_objects import FIRST, SECOND, keys, publish


def test_a_foreign_object_is_not_replaced(tmp_path: Path, s3_client: Any) -> None:
    """A foreign object at the path of a page stops the switch until it is moved away."""
    target = publish(release(tmp_path, FIRST))
    s3_client.put_object(Bucket="site", Key="c/index.html", Body=b"others")
    before = {key: s3_client.head_object(Bucket="site", Key=key)["ETag"] for key in keys(s3_client) if key[0] != "_"}
    with pytest.raises(TargetError, match=r"c/index.html is there and was not made by publishing.*Move it away"):
        publish(release(tmp_path, {**SECOND, "c/index.html": b"c"}), target)
    assert {key: s3_client.head_object(Bucket="site", Key=key)["ETag"] for key in before} == before
    s3_client.delete_object(Bucket="site", Key="c/index.html")
    publish(release(tmp_path, {**SECOND, "c/index.html": b"c"}), target)
    assert s3_client.get_object(Bucket="site", Key="c/index.html")["Body"].read() == b"c"


def test_a_lost_list_makes_nothing_foreign(tmp_path: Path, s3_client: Any) -> None:
    """Objects of an earlier switch are recognised even if the inventory of their release is lost."""
    target = publish(release(tmp_path, FIRST))
    for key in keys(s3_client):
        if key.startswith("_hosts/releases/"):
            s3_client.delete_object(Bucket="site", Key=key)
    publish(release(tmp_path, SECOND), target)
    assert s3_client.get_object(Bucket="site", Key="index.html")["Body"].read() == b"2"


def test_a_mark_lets_releases_stand_beside_other_objects(tmp_path: Path, s3_client: Any) -> None:
    """After following the refusal's advice, releases are published, and foreign objects stay."""
    s3_client.put_object(Bucket="site", Key="notes.txt", Body=b"others")
    with pytest.raises(TargetError, match=r"other things \(notes.txt\).*file s3://site/_hosts/publishing.txt first"):
        publish(release(tmp_path, FIRST))
    s3_client.put_object(Bucket="site", Key="_hosts/publishing.txt", Body=b"")
    publish(release(tmp_path, FIRST))
    assert s3_client.get_object(Bucket="site", Key="notes.txt")["Body"].read() == b"others"


def test_releases_without_a_mark(tmp_path: Path, s3_client: Any) -> None:
    """A bucket of an earlier version without a mark is recognised, and the target reports it once."""
    assert not publish(release(tmp_path, FIRST)).adopted
    s3_client.delete_object(Bucket="site", Key="_hosts/publishing.txt")
    assert publish(release(tmp_path, SECOND)).adopted
    assert not publish(release(tmp_path, FIRST)).adopted


def test_a_folder_made_in_a_console_is_empty(tmp_path: Path, s3_client: Any) -> None:
    """The empty object that consoles create for a folder does not count as foreign."""
    s3_client.put_object(Bucket="site", Key="below/", Body=b"")
    publish(release(tmp_path, FIRST), S3Target("site", "below"))


@pytest.mark.parametrize("name", ["live.json", "kept.json", "switching.json", "lock.json"])
def test_foreign_notes_are_refused(tmp_path: Path, s3_client: Any, name: str) -> None:
    """A foreign object with the name of one of our notes is reported and not replaced."""
    publish(release(tmp_path, FIRST))
    s3_client.put_object(Bucket="site", Key=f"_hosts/{name}", Body=b"others")
    with pytest.raises(TargetError, match=f"_hosts/{name} .*Move it away, then try again"):
        publish(release(tmp_path, SECOND))
    assert s3_client.get_object(Bucket="site", Key=f"_hosts/{name}")["Body"].read() == b"others"
