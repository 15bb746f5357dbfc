"""Large values of results leave memory and come back the same."""

from __future__ import annotations

import gc
import weakref
from functools import partial
from pathlib import Path

import pytest

from plugins.base.cache import Computation
from plugins.base.fingerprint import Lazy
from plugins.base.scratch_file import ScratchFile
from plugins.engine.cache import value_file
from plugins.engine.cache.persistent import PersistentCache
from tests.processors import use_processors


class Text:
    """A value that a test can watch."""

    def __init__(self, words: str) -> None:
        self.words = words


_alive: weakref.WeakSet[Text] = weakref.WeakSet()


def _make(number: int, _: object = None) -> tuple[int, Lazy[Text]]:
    text = Text(f"{number} words")
    _alive.add(text)
    return number, Lazy.of(text, b"%016d" % number)


@pytest.mark.parametrize("processors", [1, 2])
def test_values_are_in_the_file_until_they_are_used(
    processors: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No value stays in memory after it was computed, and few after they were used. The cache stores them all."""
    use_processors(monkeypatch, processors)
    _alive.clear()
    cache = PersistentCache(tmp_path / "cache.sqlite", {"texts"})
    jobs = [Computation(number, partial(_make, number)) for number in range(200)]
    made = cache.get_or_compute_many("texts", {}, jobs)
    gc.collect()
    assert len(_alive) == 0
    expected = [(number, f"{number} words") for number in range(200)]
    used = [weakref.ref(lazy.value) for _, lazy in made]
    gc.collect()
    assert 0 < sum(one() is not None for one in used) <= value_file.RECENT
    assert [(number, lazy.value.words) for number, lazy in made] == expected
    cache.write(all_seen=True)
    again = PersistentCache(tmp_path / "cache.sqlite", {"texts"})
    found = again.get_or_compute_many("texts", {}, [Computation(job.inputs, _unexpected) for job in jobs])
    assert [(number, lazy.value.words) for number, lazy in found] == expected


def test_a_full_disk_leaves_values_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without room for the file, results are the same, and are stored."""

    def full(_file: ScratchFile, _data: bytes) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(ScratchFile, "append", full)
    cache = PersistentCache(tmp_path / "cache.sqlite", {"texts"})
    number, lazy = cache.get_or_compute("texts", 7, lambda: _make(7))
    assert (number, lazy.value.words, lazy.digest) == (7, "7 words", b"%016d" % 7)
    cache.write(all_seen=True)
    number, lazy = PersistentCache(tmp_path / "cache.sqlite", {"texts"}).get_or_compute("texts", 7, lambda: _make(8))
    assert (number, lazy.value.words) == (7, "7 words")


def _unexpected(_: object) -> tuple[int, Lazy[Text]]:
    raise AssertionError("it is stored")
