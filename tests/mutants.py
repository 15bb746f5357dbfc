"""Remove guards from the code one at a time, and report those that no test misses.

A test that passes with and without a guard does not test it. Each mutant runs in a separate process, which imports the
changed source of one module. No file changes.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

import pytest
from msgspec import Struct
from msgspec.structs import asdict

ROOT = Path(__file__).resolve().parents[1]
#: Modules that tests import. They are imported once, before the processes fork.
_HEAVY = ("bs4", "html5lib", "hypothesis", "pelican", "phonenumbers", "PIL", "playwright.sync_api", "pydantic", "yaml")

#: Plain assertions, because pytest cannot rewrite modules that are already imported.
_OPTIONS = ("-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:xdist")


class Mutant(Struct, frozen=True):
    """A change of the code that a test must detect.

    Attributes:
        module: the module to change, for example ``plugins.commitments.history``.
        guard: the part of its source to replace, which occurs once.
        instead: the replacement.
        tests: node ids of tests, one of which must fail.
    """

    module: str
    guard: str
    instead: str
    tests: str

    @property
    def name(self) -> str:
        """Return the mutant in one line."""
        return f"{self.module}: {' '.join(self.guard.split())} -> {' '.join(self.instead.split())}"


def survivors(mutants: Sequence[Mutant], storage: Path) -> list[str]:
    """Return the mutants that no test detects; ``storage`` is a folder for Hypothesis.

    Raises:
        AssertionError: when a mutant could not be made or tested.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.mutants"],
        input=json.dumps([asdict(mutant) for mutant in mutants]),
        cwd=ROOT,
        env={**os.environ, "HYPOTHESIS_STORAGE_DIRECTORY": str(storage)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    results: list[int] = json.loads(done.stdout)
    assert len(results) == len(mutants)
    odd = [f"{mutant.name}: {result}" for mutant, result in zip(mutants, results, strict=True) if result not in {0, 1}]
    assert not odd, f"these could not be tested: {odd}"
    return [mutant.name for mutant, result in zip(mutants, results, strict=True) if result == 0]


class _Loader(SourceFileLoader):
    """Load one module without its guard."""

    def __init__(self, mutant: Mutant, path: str) -> None:
        super().__init__(mutant.module, path)
        self._mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        """Compile the changed source and ignore the cached bytecode of the original."""
        source = self.get_source(fullname) or ""
        assert source.count(self._mutant.guard) == 1, f"{source.count(self._mutant.guard)} of: {self._mutant.name}"
        changed = source.replace(self._mutant.guard, self._mutant.instead)
        return compile(changed, self.path, "exec", dont_inherit=True)


class _Finder:
    """Find the module of a mutant before Python does."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of the mutant's module, and None for others."""
        if fullname != self._mutant.module:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        assert spec is not None
        assert spec.origin is not None
        spec.loader = _Loader(self._mutant, spec.origin)
        return spec


def _run_tests(mutant: Mutant) -> int:
    """Run the tests of ``mutant`` in this process and return pytest's status. A detected mutant has status 1."""
    sys.meta_path.insert(0, _Finder(mutant))
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
        return int(pytest.main([*_OPTIONS, *mutant.tests.split()]))


def main() -> None:
    """Read mutants from standard input, test two at a time, and write their statuses."""
    mutants = [Mutant(**fields) for fields in json.load(sys.stdin)]
    for name in _HEAVY:
        importlib.import_module(name)
    results = [-1] * len(mutants)
    running: dict[int, int] = {}
    for number, mutant in enumerate(mutants):
        process = os.fork()
        if process == 0:
            status = 70
            try:
                status = _run_tests(mutant)
            finally:
                os._exit(status)
        running[process] = number
        if len(running) == (os.cpu_count() or 1):
            _reap(running, results)
    while running:
        _reap(running, results)
    json.dump(results, sys.stdout)


def _reap(running: dict[int, int], results: list[int]) -> None:
    process, status = os.wait()
    results[running.pop(process)] = os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    main()
