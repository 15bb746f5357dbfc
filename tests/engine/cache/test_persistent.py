"""Test that the persistent cache returns a result while its inputs and lookups are unchanged."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from plugins.authoring.check.command import problems_in
from plugins.base import code_version
from plugins.base.cache import Computation
from plugins.base.fingerprint import Lazy
from plugins.engine.cache import persistent
from plugins.engine.cache.persistent import PersistentCache
from tests.authoring.check.world import content, page
from tests.examples import examples
from tests.sites.building import AS_OF
from tests.sites.writing import write


class Steps:
    """Counts the computations of a step. Each ``run`` opens the cache anew.

    Args:
        folder: the folder of the cache.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / "cache.sqlite"
        self.done = 0

    def run(self, *inputs: object, all_seen: bool = True, **names: int) -> list[object]:
        """Run the step for each of ``inputs``. It looks up ``a`` in ``names``."""

        def make(sources: Mapping[str, Any]) -> object:
            self.done += 1
            return sources["names"].get("a")

        cache = PersistentCache(self.file, {"step"})
        found = cache.get_or_compute_many("step", {"names": names}, [Computation((given,), make) for given in inputs])
        cache.write(all_seen=all_seen)
        return list(found)


def test_what_jobs_share_is_prepared_for_those_without_a_result(tmp_path: Path) -> None:
    """``prepare`` is told which jobs have no result yet."""
    told: list[Sequence[int]] = []
    for inputs in ("ab", "abc"):
        cache = PersistentCache(tmp_path / "cache.sqlite", {"step"})
        jobs = [Computation((given,), lambda _: None) for given in inputs]
        cache.get_or_compute_many("step", {}, jobs, told.append)
        cache.write(all_seen=True)
    assert told == [[0, 1], [2]]


def test_a_later_run_does_only_what_is_new(tmp_path: Path) -> None:
    """A result is found by its inputs, even if it is None. A complete run drops results that it did not use."""
    steps = Steps(tmp_path)
    assert steps.run("one", "two") == [None, None]
    steps.run("two", "one", "three")
    assert steps.done == 3
    steps.run("one", all_seen=False)
    steps.run("three")
    assert steps.done == 3
    steps.run("two")
    assert steps.done == 4


def test_a_changed_lookup_invalidates_a_result(tmp_path: Path) -> None:
    """A result is computed again only if a lookup of the step changed."""
    steps = Steps(tmp_path)
    assert steps.run("one", a=1) == steps.run("one", a=1, b=2) == [1]
    assert steps.done == 1
    assert steps.run("one", a=2) == [2]
    assert steps.done == 2


def test_unnamed_steps_are_not_stored(tmp_path: Path) -> None:
    """Only the named steps are stored."""
    cache = PersistentCache(tmp_path / "cache.sqlite", {"step"})
    assert [cache.get_or_compute("other", 1, lambda given=given: given) for given in "ab"] == ["a", "b"]  # type: ignore[misc]
    cache.write(all_seen=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("spoil", [lambda _: b"", lambda _: b"x", lambda data: data[:-5000], lambda data: data[1:]])
def test_a_damaged_file_is_replaced(spoil: Any, tmp_path: Path) -> None:
    """A damaged file is ignored silently, and replaced."""
    steps = Steps(tmp_path)
    steps.run("one")
    steps.file.write_bytes(spoil(steps.file.read_bytes()))
    steps.run("one")
    steps.run("one")
    assert steps.done == 2


def test_a_flipped_bit_is_noticed(tmp_path: Path) -> None:
    """Wherever one byte changes, a later run returns the right result."""
    steps = Steps(tmp_path)
    steps.run("one", a=1)
    whole = steps.file.read_bytes()
    for at in range(0, len(whole), len(whole) // examples(200)):
        steps.file.write_bytes(whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :])
        assert steps.run("one", a=1) == [1]


def test_a_change_of_the_code_invalidates_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of the code invalidates all results."""
    shutil.copytree(code_version._CODE / "recent_articles", tmp_path / "code")
    monkeypatch.setattr(code_version, "_CODE", tmp_path / "code")
    monkeypatch.setattr(persistent, "code_digest", code_version.code_digest)
    steps = Steps(tmp_path)
    steps.run("one")
    write(tmp_path, {"code/more.py": "MORE = 1\n"})
    steps.run("one")
    assert steps.done == 2


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    """If the file cannot be written, nothing is stored."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    steps = Steps(tmp_path / "file")
    steps.run("one")
    steps.run("one")
    assert steps.done == 2


def test_a_second_check_sees_what_changed_elsewhere(tmp_path: Path) -> None:
    """A broken link is reported when its target is removed, although the file with the link is unchanged."""
    other = page("Text.\n").replace("slug: a", "slug: b").replace("entry-id-a", "entry-id-b")
    folder = content(tmp_path, page("[There]({filename}/pages/b/index.md)\n"))
    write(folder, {"pages/b/index.md": other})
    assert "missing-entry" not in {problem.name for problem in problems_in(folder, as_of=AS_OF)}
    shutil.rmtree(folder / "pages/b")
    assert "missing-entry" in {problem.name for problem in problems_in(folder, as_of=AS_OF)}


def test_stored_values_can_be_results_of_other_steps(tmp_path: Path) -> None:
    """A step may return stored values of another step, even more than SQLite keeps in memory."""
    texts = [f"{number} " * 10_000 for number in range(600)]

    def none() -> Lazy[str]:
        raise AssertionError("it is known")

    def remembered() -> PersistentCache:
        return PersistentCache(tmp_path / "cache.sqlite", {"large", "more"})

    first = remembered()
    for text in texts:
        first.get_or_compute("large", text, partial(Lazy.of, text))
    first.write(all_seen=True)
    second = remembered()
    for text in texts:
        second.get_or_compute("more", text, partial(second.get_or_compute, "large", text, none))
    second.write(all_seen=True)
    third = remembered()
    assert [third.get_or_compute("more", text, none).value for text in texts] == texts


@pytest.mark.parametrize("beside", ["", "-journal"])
def test_a_file_that_others_can_write_is_replaced(beside: str, tmp_path: Path) -> None:
    """A file that others can write is not unpickled, but replaced by a private one."""
    steps = Steps(tmp_path)
    steps.run("one")
    place = steps.file.with_name(f"{steps.file.name}{beside}")
    place.touch()
    place.chmod(0o666)
    steps.run("one")
    assert steps.done == 2
    steps.run("one")
    assert steps.done == 2
    assert {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {steps.file.name: 0o600}
