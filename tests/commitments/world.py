"""Make commitments for tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugins.content_model.commitment import Commitment, wording_hash
from plugins.content_model.loader import parse_entry
from tests.sites.writing import fields, text

REGISTER = """\
- id: emergency
  name: Emergency services
  who_for: Anyone whose life is at risk
  number: "999"
  hours: Always
  nations: [england, scotland, wales, northern-ireland]
  cost: Free
  source: Known
- id: elm-tree-hub
  name: Elm Tree Hub
  who_for: All
  number: 020 8191 9191
  ask_for: Sammy
  hours: Always
  nations: [england]
  cost: Free
  source: Ours
- id: samaritans
  name: Samaritans
  who_for: All
  number: "116 123"
  hours: Always
  nations: [england]
  cost: Free
  source: Theirs
"""


def log_entry(**changes: Any) -> dict[str, Any]:
    """Return the fields of a log entry with ``changes``."""
    return {"on": "2026-06-01", "said": "We said.", "did": "We did.", "by_role": "Editor", **changes}


def parse(made: Mapping[str, Any]) -> Commitment:
    """Return the commitment of ``made`` without checking its rules."""
    found, problems = parse_entry(text(made), "commitments/a/index.md", Commitment)
    assert isinstance(found, Commitment), problems
    return found


def recorded(slug: str = "a", /, **changes: Any) -> dict[str, Any]:
    """Return the fields of a commitment whose last log entry has its wording and its review."""
    made = fields(Commitment, slug, **changes)
    log = [dict(entry) for entry in made["log"]]
    log[-1] |= {"wording": wording_hash(parse(made)), "next_review": made["review_due"]}
    return {**made, "log": log}
