"""Test the architecture rules of ``tests/architecture`` on the project and on violations.

The project violates no rule, and each rule finds a violation written into a copy of the project.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.architecture import import_rules, layout_rules, state_rules
from tests.architecture.modules import Rule, Rules
from tests.sites.building import ROOT

RULES: Rules = [*import_rules.RULES, *layout_rules.RULES, *state_rules.RULES]


@pytest.mark.parametrize("rule", [rule for rule, _ in RULES], ids=lambda rule: rule.__name__)
def test_the_project_keeps_the_rule(rule: Rule) -> None:
    """The project does not violate the rule."""
    assert rule(ROOT) == []


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return two copies of the project for violations: all packages for the import contracts, and three packages."""
    whole, part = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("part")
    for root, folders in ((whole, ["plugins"]), (part, ["plugins/content_model", "plugins/feeds", "plugins/pages"])):
        for folder in folders:
            shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        settings = "plugins/engine/default_settings.py"
        (root / settings).parent.mkdir(exist_ok=True)
        for file in (*ROOT.glob("*.py"), ROOT / "pyproject.toml", ROOT / settings):
            shutil.copy(file, root / file.relative_to(ROOT))
    return whole, part


@pytest.mark.parametrize(
    ("rule", "violation"),
    [
        pytest.param(rule, violation, id=f"{rule.__name__}-{n}")
        for rule, violations in RULES
        for n, violation in enumerate(violations)
    ],
)
def test_a_violation_is_found(rule: Rule, violation: dict[str, str], copies: tuple[Path, Path]) -> None:
    """The rule finds a violation in a copy of the project that otherwise keeps the rule."""
    whole, part = copies
    copy = whole if rule is import_rules.layers_import_downwards else part
    kept = {path: (copy / path).read_bytes() for path in violation if (copy / path).exists()}
    try:
        for path, text in violation.items():
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            (copy / path).write_text(text, encoding="utf-8")
        assert rule(copy)
    finally:
        for path in violation:
            (copy / path).unlink()
            if path in kept:
                (copy / path).write_bytes(kept[path])
            elif not any((copy / path).parent.iterdir()):
                (copy / path).parent.rmdir()
