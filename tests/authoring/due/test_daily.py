"""Test the workflow that builds the site every day, so that expired entries go offline."""

from __future__ import annotations

import re

import yaml

from tests.sites.building import ROOT

WORKFLOW = ROOT / ".github" / "workflows" / "daily.yml"


def test_the_workflow_publishes_every_day() -> None:
    """It runs daily in the hour after midnight in London, lists what will lapse, and publishes."""
    made = yaml.load(WORKFLOW.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - makes strings only
    (schedule,) = made["on"]["schedule"]
    assert re.fullmatch(r"\d+ 0 \* \* \*", schedule["cron"])
    (job,) = made["jobs"].values()
    said = [re.findall(r"\binv ([a-z]+)", step.get("run", "")) for step in job["steps"]]
    assert [name for names in said for name in names] == ["due", "publish"]
