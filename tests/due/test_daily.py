"""The site is built every day, so that nothing stays online because nobody built."""

from __future__ import annotations

import re

import yaml

from tests.sites.building import ROOT

WORKFLOW = ROOT / ".github" / "workflows" / "daily.yml"


def test_the_workflow_builds_for_readers_every_day() -> None:
    """It runs daily, in the hour after midnight in London, with the settings of a release."""
    made = yaml.load(WORKFLOW.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - makes strings only
    (schedule,) = made["on"]["schedule"]
    assert re.fullmatch(r"\d+ 0 \* \* \*", schedule["cron"])
    assert any(".venv/bin/inv build --production" in step.get("run", "") for step in made["jobs"]["build"]["steps"])


def test_the_workflow_needs_no_secrets_and_may_change_nothing() -> None:
    """It may read the repository and no more."""
    text = WORKFLOW.read_text(encoding="utf-8")
    assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
    assert "secrets" not in text
