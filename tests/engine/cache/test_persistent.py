"""The persistent cache returns a result while its inputs and lookups are unchanged."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from plugins.authoring.lint.command import problems_in
from plugins.base import code_version
from plugins.base.cache import Computation
from plugins.base.fingerprint import Lazy
from plugins.engine.cache import persistent
from plugins.engine.cache.persistent import PersistentCache
from tests.authoring.lint.world import content, page
from tests.examples import examples
from tests.sites.building import AS_OF
from tests.sites.writing import write


class Steps:
    """Counts how often a step is done, in a run of its own each time.

    Args:
        folder: the folder of the cache.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / "cache.sqlite"
        self.done = 0

    def run(self, *inputs: object, all_seen: bool = True, **names: int) -> list[object]:
        """Do the step for each of ``inputs``, which looks it up among ``names``."""

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
    """A result is recalled by its inputs, though it be None; what a whole run did not ask for is forgotten."""
    steps = Steps(tmp_path)
    assert steps.run("one", "two") == [None, None]
    steps.run("two", "one", "three")
    assert steps.done == 3
    steps.run("one", all_seen=False)
    steps.run("three")
    assert steps.done == 3
    steps.run("two")
    assert steps.done == 4


def test_another_answer_undoes_a_result(tmp_path: Path) -> None:
    """What a step asked decides; what it did not ask for may change."""
    steps = Steps(tmp_path)
    assert steps.run("one", a=1) == steps.run("one", a=1, b=2) == [1]
    assert steps.done == 1
    assert steps.run("one", a=2) == [2]
    assert steps.done == 2


def test_other_steps_are_done_each_time(tmp_path: Path) -> None:
    """Only the steps that were named are remembered."""
    cache = PersistentCache(tmp_path / "cache.sqlite", {"step"})
    assert [cache.get_or_compute("other", 1, lambda given=given: given) for given in "ab"] == ["a", "b"]  # type: ignore[misc]
    cache.write(all_seen=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("spoil", [lambda _: b"", lambda _: b"x", lambda data: data[:-5000], lambda data: data[1:]])
def test_a_spoilt_file_is_as_none(spoil: Any, tmp_path: Path) -> None:
    """A file that is not as it was written is ignored without a word, and replaced."""
    steps = Steps(tmp_path)
    steps.run("one")
    steps.file.write_bytes(spoil(steps.file.read_bytes()))
    steps.run("one")
    steps.run("one")
    assert steps.done == 2


def test_a_flipped_bit_is_noticed(tmp_path: Path) -> None:
    """Wherever one byte is changed, a later run gives what the step would give."""
    steps = Steps(tmp_path)
    steps.run("one", a=1)
    whole = steps.file.read_bytes()
    for at in range(0, len(whole), len(whole) // examples(200)):
        steps.file.write_bytes(whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :])
        assert steps.run("one", a=1) == [1]


def test_what_other_code_made_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of a source of ours undoes everything."""
    shutil.copytree(code_version._CODE / "recent_articles", tmp_path / "code")
    monkeypatch.setattr(code_version, "_CODE", tmp_path / "code")
    monkeypatch.setattr(persistent, "code_digest", code_version.code_digest)
    steps = Steps(tmp_path)
    steps.run("one")
    write(tmp_path, {"code/more.py": "MORE = 1\n"})
    steps.run("one")
    assert steps.done == 2


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    """Where nothing can be written, nothing is remembered."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    steps = Steps(tmp_path / "file")
    steps.run("one")
    steps.run("one")
    assert steps.done == 2


def test_a_second_check_sees_what_changed_elsewhere(tmp_path: Path) -> None:
    """A link is told when the entry that it leads to goes, although its own file is as before."""
    other = page("Text.\n").replace("slug: a", "slug: b").replace("entry-id-a", "entry-id-b")
    folder = content(tmp_path, page("[There]({filename}/pages/b/index.md)\n"))
    write(folder, {"pages/b/index.md": other})
    assert "missing-entry" not in {problem.name for problem in problems_in(folder, as_of=AS_OF)}
    shutil.rmtree(folder / "pages/b")
    assert "missing-entry" in {problem.name for problem in problems_in(folder, as_of=AS_OF)}


def test_what_lies_in_the_file_may_be_handed_on_while_it_is_written(tmp_path: Path) -> None:
    """A step may give values that another step left in the file, more of them than fit in the memory of the file."""
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
def test_a_file_that_others_can_have_written_is_as_none(beside: str, tmp_path: Path) -> None:
    """What others may have written is not unpickled: it is done again, and the file begun anew, for its owner alone."""
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
