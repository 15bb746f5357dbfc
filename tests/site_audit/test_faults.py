"""Test that ``inv audit`` reports each fault."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.site_audit.command import audit
from tests.site_audit.engines import lighthouse
from tests.site_audit.faults import FAULTS, Fault
from tests.site_audit.rules import RULES
from tests.site_audit.tools import Tools
from tests.sites.building import Built

LIGHTHOUSE = {rule.name for rule in RULES if rule.engine == "lighthouse"}


ENGINES = {rule.name: rule.engine for rule in RULES}
#: The first fault of each engine is enough to test that the engine runs. The deep tests cover the others.
FIRST = {ENGINES[fault.rule]: fault for fault in reversed(FAULTS)}


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(
            fault,
            id=f"{fault.rule}: {fault.name}",
            marks=[] if fault is FIRST[ENGINES[fault.rule]] else [pytest.mark.deep],
        )
        for fault in FAULTS
    ],
)
def test_a_planted_fault_is_named(
    fault: Fault,
    real: Built,
    tools: Tools,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With one fault, the audit fails with one line that names the page and the rule."""
    # The fault is present in every try, so one is enough.
    monkeypatch.setattr(lighthouse, "_TRIES", 1)
    site = tmp_path / "site"
    shutil.copytree(real.output, site, copy_function=os.link)
    fault.plant(site, fault.page)
    # On a busy machine, Lighthouse may end before the first paint.
    for _ in range(3 if fault.rule in LIGHTHOUSE else 1):
        status = _status(site, tools, fault)
        if status:
            break
    said = capsys.readouterr().out
    assert status == 1, said or status
    shown = [line for line in said.splitlines() if line.split("  ")[1:2] == [fault.rule]]
    assert shown, said


def _status(site: Path, tools: Tools, fault: Fault) -> object:
    try:
        # A feed is checked with any page.
        page = "" if fault.page.startswith("/feeds/") else fault.page
        audit(str(site), tools=tools, pages=page, only=fault.rule)
    except SystemExit as stop:
        return stop.code
    return 0


def test_each_rule_has_a_fault() -> None:
    """Each rule has a fault, and each fault belongs to a rule."""
    assert {fault.rule for fault in FAULTS} == {rule.name for rule in RULES}
    assert len(FAULTS) >= 30
