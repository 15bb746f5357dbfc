"""The cache: what is in it is whole, or it is not in it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from plugins.images.cache import PictureCache

PARTS = {"400.jpg": b"four hundred", "800.jpg": b"eight hundred", "empty": b""}


@pytest.fixture
def cache(tmp_path: Path) -> PictureCache:
    """A cache that holds one key."""
    made = PictureCache(tmp_path / "images")
    made.put("key", PARTS)
    return made


def test_what_is_put_can_be_read(cache: PictureCache) -> None:
    """Every part comes back, with its length; what was never put does not."""
    assert cache.lengths("key") == {name: len(data) for name, data in PARTS.items()}
    assert {name: cache.read("key", name) for name in PARTS} == PARTS
    assert cache.read("key", "other") is None
    assert cache.read("other", "400.jpg") is None
    assert cache.lengths("other") is None


def test_the_keys_are_those_that_were_put(cache: PictureCache, tmp_path: Path) -> None:
    """Every key is listed, but nothing unfinished; a folder that is not there holds none."""
    (tmp_path / "images" / ".unfinished-new").write_bytes(b"x")
    assert cache.keys() == {"key"}
    assert PictureCache(tmp_path / "missing").keys() == set()


def test_any_damage_is_noticed(cache: PictureCache, tmp_path: Path) -> None:
    """Whatever byte of a file changes, and wherever it ends, a part counts as missing and nothing wrong is read."""
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


def test_an_interrupted_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while a file is put in place leaves neither it nor half of it."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        PictureCache(tmp_path).put("key", PARTS)
    assert list(tmp_path.iterdir()) == []


def test_what_killed_builds_left_is_swept(cache: PictureCache, tmp_path: Path) -> None:
    """Old unfinished files go; those that another build may be writing stay, and so does what is finished."""
    folder = tmp_path / "images"
    for name, age in (("old", 7200), ("new", 0)):
        file = folder / f".unfinished-{name}"
        file.write_bytes(b"x")
        os.utime(file, (time.time() - age,) * 2)
    cache.sweep()
    assert sorted(file.name for file in folder.iterdir()) == [".unfinished-new", "key"]


def test_what_others_can_have_written_is_as_none(cache: PictureCache, tmp_path: Path) -> None:
    """A picture that somebody else may have put there is made again."""
    (tmp_path / "images" / "key").chmod(0o646)
    assert cache.lengths("key") is None
    assert cache.read("key", "400.jpg") is None
    cache.put("key", PARTS)
    assert cache.read("key", "400.jpg") == PARTS["400.jpg"]
