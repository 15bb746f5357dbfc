"""Make a row of edits, and compare an incremental build with a full one after each."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from plugins.engine.output_index import beside
from tests.engine.incremental.building import BuildJob, BuildResult, ProjectBuilder
from tests.engine.incremental.comparing import contents, differences
from tests.engine.incremental.editing import Edit, Project
from tests.engine.incremental.mistakes import IN_CODE, MISTAKES
from tests.engine.incremental.pictures import PICTURE_EDITS
from tests.engine.incremental.registers import REGISTER_EDITS
from tests.engine.incremental.surroundings import FRESH, SITE_EDITS
from tests.engine.incremental.tampering import CACHE_EDITS, OUTPUT_EDITS
from tests.engine.incremental.texts import TEXT_EDITS
from tests.sites.building import copied

EDITS: dict[str, Edit] = {
    edit.__name__: edit
    for edits in (TEXT_EDITS, PICTURE_EDITS, REGISTER_EDITS, SITE_EDITS, OUTPUT_EDITS, CACHE_EDITS, MISTAKES)
    for edit in edits
}
#: Steps in a row. Each row has its own project.
LENGTH = 12
_SUMMARY = re.compile(r"^[\d,]+ of [\d,]+ pages? written in [\d.,]+ s", re.MULTILINE)


class UnsoundEditError(Exception):
    """The edit itself is wrong: a valid edit failed a build from nothing, or a mistake did not."""


class Step(Struct, frozen=True):
    """An edit, and the seed of its random choices."""

    edit: str
    seed: int

    def __str__(self) -> str:
        return f"{self.edit}:{self.seed}"

    @classmethod
    def read(cls, text: str) -> Step:
        """Parse ``edit:seed``. The seed may be missing."""
        edit, _, seed = text.partition(":")
        if edit not in EDITS:
            raise ValueError(f"there is no edit {edit}; they are: {', '.join(EDITS)}")
        return cls(edit, int(seed or 0))


def random_rows(steps: int, seed: int) -> list[list[Step]]:
    """Return rows with ``steps`` steps in total. Every edit comes once before any is repeated."""
    rng = Random(seed)  # noqa: S311 - an edit, not a secret
    names: list[str] = []
    while len(names) < steps:
        names += rng.sample(sorted(EDITS), len(EDITS))
    every = [Step(name, rng.randrange(10_000)) for name in names[:steps]]
    return [every[start : start + LENGTH] for start in range(0, steps, LENGTH)]


class Row:
    """A project, its site, and the reference site. Use as a context manager.

    Args:
        folder: for all files.
        change: changes the project before its first build, for example to plant a fault.
    """

    def __init__(self, folder: Path, change: Callable[[Project], None] | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.project = Project(folder)
        if change is not None:
            change(self.project)
        self.workspace = ProjectBuilder(self.project.root)
        self._reference, self._pictures = folder / "reference", folder / "reference-cache"
        self._nothing = folder / "nothing"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.workspace.forget_code()

    def job(self, kind: str = "fast") -> BuildJob:
        """Return a job that builds the current state."""
        project = self.project
        output, cache = (project.output, project.cache) if kind == "fast" else (self._reference, self._pictures)
        return BuildJob(kind, project.setup, output, cache)

    def begin(self) -> list[str]:
        """Make the first builds. Return the differences."""
        found = self.compared()
        for name, folder in (("output", self.project.output), ("cache", self.project.cache)):
            if folder.is_dir():
                copied(folder, self.project.kept / name)
        return found

    def take(self, step: Step) -> list[str]:
        """Make the edit of ``step``, build, and return the differences. A mistake is undone afterwards."""
        project, edit = self.project, EDITS[step.edit]
        is_fresh = edit in FRESH or edit in IN_CODE
        project.setup = replace(project.setup, environment={})
        edit(project, Random(step.seed))  # noqa: S311 - an edit, not a secret
        if project.is_broken:
            found = self._refused(step, fresh=is_fresh)
            project.repair()
            if found:
                return found
        return self.compared(fresh=is_fresh)

    def compared(self, *, fresh: bool = False) -> list[str]:
        """Build incrementally and from nothing. Return the differences."""
        if fresh:
            # The key of a cached picture does not include the code that makes it.
            shutil.rmtree(self._pictures, ignore_errors=True)
        fast, plain = self._built(fresh=fresh)
        if plain.status:
            raise UnsoundEditError(plain.report)
        self.project.remember()
        if fast.status:
            return [f"the fast build failed:\n{fast.report}"]
        return [*self._difference(self._reference), *_problem_differences(fast, plain), *self._summary(fast)]

    def end(self) -> list[str]:
        """Compare the site with one that is built with ``--from-scratch``. Return the differences."""
        shutil.rmtree(self._nothing, ignore_errors=True)
        cache = self._nothing.with_name("no-cache")
        shutil.rmtree(cache, ignore_errors=True)
        job = replace(self.job("nothing"), output=self._nothing, cache=cache)
        (nothing,) = self.workspace.build(job, fresh=bool(job.setup.environment))
        if nothing.status:
            return [f"the build from scratch failed:\n{nothing.report}"]
        return self._difference(self._nothing)

    def _built(self, *, fresh: bool) -> list[BuildResult]:
        shutil.rmtree(self._reference, ignore_errors=True)
        return self.workspace.build(self.job(), self.job("plain"), fresh=fresh)

    def _refused(self, step: Step, *, fresh: bool) -> list[str]:
        """Build with a mistake. Return how the incremental build fails differently, or what it changed."""
        before = contents(self.project.output)
        fast, plain = self._built(fresh=fresh)
        if not plain.status:
            raise UnsoundEditError(f"{step} is no mistake")
        if fast.status != plain.status:
            return [f"the fast build ended with {fast.status}, the other one with {plain.status}:\n{fast.report}"]
        return [*_problem_differences(fast, plain), *differences(contents(self.project.output), before)]

    def _difference(self, wanted: Path) -> list[str]:
        return [
            *differences(contents(self.project.output), contents(wanted)),
            *differences(contents(beside(self.project.output)), contents(beside(wanted))),
        ]

    def _summary(self, fast: BuildResult) -> list[str]:
        if _SUMMARY.search(fast.stdout):
            return []
        return [f"the fast build does not say how much it wrote: {fast.stdout!r}"]


def _problem_differences(fast: BuildResult, plain: BuildResult) -> list[str]:
    missing = [f"not reported: {line}" for line in plain.problem_lines if line not in fast.problem_lines]
    return [
        *missing,
        *(f"reported without reason: {line}" for line in fast.problem_lines if line not in plain.problem_lines),
    ]


def read(text: str) -> list[Step]:
    """Parse steps separated by blanks."""
    return [Step.read(word) for word in text.split()]


def run(row: Sequence[Step], folder: Path, change: Callable[[Project], None] | None = None) -> Iterator[list[str]]:
    """Yield the differences after the first build, after each step of ``row``, and at its end.

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


def first_difference(row: Sequence[Step], folder: Path, change: Callable[[Project], None] | None = None) -> list[str]:
    """Return the first differences in ``row``, after the command that reproduces them. Empty if there are none."""
    for number, found in enumerate(run(row, folder, change)):
        if found:
            taken = " ".join(str(step) for step in row[:number])
            return [f"python -m tests.engine.incremental --row {taken}", *found]
    return []
