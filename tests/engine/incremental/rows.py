"""Make edits in a row, and compare an incremental build with a full one after each."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

from plugins.engine.output_index import beside
from tests.engine.incremental.building import Ended, Order, Workplace
from tests.engine.incremental.comparing import contents, differences
from tests.engine.incremental.editing import Edit, Scribe
from tests.engine.incremental.mistakes import IN_CODE, MISTAKES
from tests.engine.incremental.surroundings import FRESH, SITE_EDITS
from tests.engine.incremental.tampering import CACHE_EDITS, OUTPUT_EDITS
from tests.engine.incremental.texts import TEXT_EDITS
from tests.sites.building import copied

EDITS: dict[str, Edit] = {
    edit.__name__: edit for edit in (*TEXT_EDITS, *SITE_EDITS, *OUTPUT_EDITS, *CACHE_EDITS, *MISTAKES)
}
#: Steps in a row; the next row begins with another project.
LENGTH = 12
_SUMMARY = re.compile(r"^[\d,]+ of [\d,]+ pages? written in [\d.,]+ s", re.MULTILINE)


class UnsoundEditError(Exception):
    """An edit that should be fine stopped a build from nothing, or a mistake did not: the edit itself is wrong."""


@dataclass(frozen=True)
class Step:
    """An edit, and the seed of what it chooses."""

    edit: str
    seed: int

    def __str__(self) -> str:
        return f"{self.edit}:{self.seed}"

    @classmethod
    def read(cls, text: str) -> Step:
        """Read ``edit:seed``; the seed may be missing."""
        edit, _, seed = text.partition(":")
        if edit not in EDITS:
            raise ValueError(f"there is no edit {edit}; they are: {', '.join(EDITS)}")
        return cls(edit, int(seed or 0))


def dealt(steps: int, seed: int) -> list[list[Step]]:
    """Return rows of ``steps`` steps in all; no edit comes again before every other has come."""
    chance = Random(seed)  # noqa: S311 - an edit, not a secret
    names: list[str] = []
    while len(names) < steps:
        names += chance.sample(sorted(EDITS), len(EDITS))
    every = [Step(name, chance.randrange(10_000)) for name in names[:steps]]
    return [every[start : start + LENGTH] for start in range(0, steps, LENGTH)]


class Row:
    """A project, its site, and the reference beside it. Use it in a ``with``.

    Args:
        folder: where everything lies.
        change: changes the project before its first build, as a planted fault does.
    """

    def __init__(self, folder: Path, change: Callable[[Scribe], None] | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.scribe = Scribe(folder)
        if change is not None:
            change(self.scribe)
        self.workspace = Workplace(self.scribe.root)
        self._reference, self._pictures = folder / "reference", folder / "reference-cache"
        self._nothing = folder / "nothing"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.workspace.forget_code()

    def order(self, kind: str = "fast") -> Order:
        """Return an order for the site as it is now."""
        scribe = self.scribe
        output, cache = (scribe.output, scribe.cache) if kind == "fast" else (self._reference, self._pictures)
        return Order(kind, scribe.wish, output, cache)

    def begin(self) -> list[str]:
        """Build for the first time; return what differs."""
        found = self.compared()
        for name, folder in (("output", self.scribe.output), ("cache", self.scribe.cache)):
            if folder.is_dir():
                copied(folder, self.scribe.kept / name)
        return found

    def take(self, step: Step) -> list[str]:
        """Do the edit of ``step``, build, and return what differs; a mistake is undone and the site built again."""
        scribe, edit = self.scribe, EDITS[step.edit]
        is_fresh = edit in FRESH or edit in IN_CODE
        scribe.wish = replace(scribe.wish, environment={})
        edit(scribe, Random(step.seed))  # noqa: S311 - an edit, not a secret
        if scribe.is_broken:
            found = self._refused(step, fresh=is_fresh)
            scribe.repair()
            if found:
                return found
        return self.compared(fresh=is_fresh)

    def compared(self, *, fresh: bool = False) -> list[str]:
        """Build fast and from nothing; return what differs."""
        if fresh:
            # Pictures are known by what they are made from, and that does not hold the code that makes them.
            shutil.rmtree(self._pictures, ignore_errors=True)
        fast, plain = self._built(fresh=fresh)
        if plain.status:
            raise UnsoundEditError(plain.said)
        self.scribe.remember()
        if fast.status:
            return [f"the fast build failed:\n{fast.said}"]
        return [*self._difference(self._reference), *_told(fast, plain), *self._summary(fast)]

    def end(self) -> list[str]:
        """Compare the site with one that the command makes without any memory; return what differs."""
        shutil.rmtree(self._nothing, ignore_errors=True)
        cache = self._nothing.with_name("no-cache")
        shutil.rmtree(cache, ignore_errors=True)
        order = replace(self.order("nothing"), output=self._nothing, cache=cache)
        (nothing,) = self.workspace.build(order, fresh=bool(order.wish.environment))
        if nothing.status:
            return [f"the build without a memory failed:\n{nothing.said}"]
        return self._difference(self._nothing)

    def _built(self, *, fresh: bool) -> list[Ended]:
        shutil.rmtree(self._reference, ignore_errors=True)
        return self.workspace.build(self.order(), self.order("plain"), fresh=fresh)

    def _refused(self, step: Step, *, fresh: bool) -> list[str]:
        """Build what no build may pass; return how the fast one fails otherwise, or what it changed all the same."""
        before = contents(self.scribe.output)
        fast, plain = self._built(fresh=fresh)
        if not plain.status:
            raise UnsoundEditError(f"{step} is no mistake")
        if fast.status != plain.status:
            return [f"the fast build ended with {fast.status}, the other one with {plain.status}:\n{fast.said}"]
        return [*_told(fast, plain), *differences(contents(self.scribe.output), before)]

    def _difference(self, wanted: Path) -> list[str]:
        return [
            *differences(contents(self.scribe.output), contents(wanted)),
            *differences(contents(beside(self.scribe.output)), contents(beside(wanted))),
        ]

    def _summary(self, fast: Ended) -> list[str]:
        if _SUMMARY.search(fast.stdout):
            return []
        return [f"the fast build does not say how much it wrote: {fast.stdout!r}"]


def _told(fast: Ended, plain: Ended) -> list[str]:
    missing = [f"not told: {line}" for line in plain.told if line not in fast.told]
    return [*missing, *(f"told for nothing: {line}" for line in fast.told if line not in plain.told)]


def read(text: str) -> list[Step]:
    """Read steps with blanks between them."""
    return [Step.read(word) for word in text.split()]


def run(row: Sequence[Step], folder: Path, change: Callable[[Scribe], None] | None = None) -> Iterator[list[str]]:
    """Yield what differs after the first build, after each step of ``row``, and at its end; all empty when all is well.

    A row ends at its first difference.
    """
    with Row(folder, change) as site:
        found = site.begin()
        yield found
        for step in row:
            if found:
                return
            found = site.take(step)
            yield found
        if not found:
            yield site.end()


def first_difference(row: Sequence[Step], folder: Path, change: Callable[[Scribe], None] | None = None) -> list[str]:
    """Return what differs first in ``row``, with the row that leads there before it; nothing when nothing does."""
    for number, found in enumerate(run(row, folder, change)):
        if found:
            taken = " ".join(str(step) for step in row[:number])
            return [f"python -m tests.engine.incremental --row {taken}", *found]
    return []
