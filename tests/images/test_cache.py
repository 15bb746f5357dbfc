"""The picture cache returns complete files or none."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from plugins.images.cache import PictureCache

PARTS = {"400.jpg": b"four hundred", "800.jpg": b"eight hundred", "empty": b""}


@pytest.fixture
def cache(tmp_path: Path) -> PictureCache:
    """Return a cache with one key."""
    made = PictureCache(tmp_path / "images")
    made.put("key", PARTS)
    return made


def test_put_and_read(cache: PictureCache) -> None:
    """Every part is returned with its length, and a missing key is None."""
    assert cache.lengths("key") == {name: len(data) for name, data in PARTS.items()}
    assert {name: cache.read("key", name) for name in PARTS} == PARTS
    assert cache.read("key", "other") is None
    assert cache.read("other", "400.jpg") is None
    assert cache.lengths("other") is None


def test_damage_is_detected(cache: PictureCache, tmp_path: Path) -> None:
    """A file with a changed byte or a changed length counts as missing."""
    file = tmp_path / "images" / "key"
    whole = file.read_bytes()
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        found = {name: cache.read("key", name) for name in PARTS}
        assert found != PARTS, place
        assert all(data in {None, PARTS[name]} for name, data in found.items()), place
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        assert cache.lengths("key") is None, length


def test_interrupted_write_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C during a write leaves no file."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        PictureCache(tmp_path).put("key", PARTS)
    assert list(tmp_path.iterdir()) == []


def test_sweep_deletes_abandoned_files(cache: PictureCache, tmp_path: Path) -> None:
    """Old unfinished files are deleted; recent ones and finished files are kept."""
    folder = tmp_path / "images"
    for name, age in (("old", 7200), ("new", 0)):
        file = folder / f".unfinished-{name}"
        file.write_bytes(b"x")
        os.utime(file, (time.time() - age,) * 2)
    cache.sweep()
    assert sorted(file.name for file in folder.iterdir()) == [".unfinished-new", "key"]


def test_file_of_another_user_counts_as_missing(cache: PictureCache, tmp_path: Path) -> None:
    """A file that another user can have written counts as missing."""
    (tmp_path / "images" / "key").chmod(0o646)
    assert cache.lengths("key") is None
    assert cache.read("key", "400.jpg") is None
    cache.put("key", PARTS)
    assert cache.read("key", "400.jpg") == PARTS["400.jpg"]
