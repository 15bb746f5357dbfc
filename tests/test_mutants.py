"""Test that the guard of every mutant occurs once, so that a rename cannot disable the tests that take minutes."""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.engine.incremental.guarding import Guard
from tests.engine.incremental.guards import GUARDS
from tests.mutants import ROOT, Mutant


def _mutants() -> list[Mutant]:
    """Return the mutants in the module-level lists of all test modules."""
    found: list[Mutant] = []
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        if "import Mutant" in file.read_text(encoding="utf-8"):
            module = importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
            lists = [value for value in vars(module).values() if isinstance(value, list | tuple)]
            found += [item for value in lists for item in value if isinstance(item, Mutant)]
    return found


@pytest.mark.parametrize("mutant", _mutants(), ids=lambda mutant: mutant.name)
def test_the_guard_of_a_mutant_occurs_once(mutant: Mutant) -> None:
    """The module of each mutant exists, and contains its guard once."""
    spec = find_spec(mutant.module)
    assert spec is not None, mutant.module
    assert spec.origin is not None
    assert Path(spec.origin).read_text(encoding="utf-8").count(mutant.guard) == 1


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_the_source_of_an_input_occurs_once(guard: Guard) -> None:
    """The file of each compared input of an incremental build contains its source text once."""
    assert (ROOT / guard.module).read_text(encoding="utf-8").count(guard.old) == 1
