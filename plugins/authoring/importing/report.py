"""The report of an import with the result for each text, as JSON and as an HTML page."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from plugins.authoring.importing.item import Note, Urgency
from plugins.base.atomic_write import replace_bytes

#: Actions and their labels.
ACTIONS = {
    "new": "written",
    "updated": "written again, because the source, the mapping or a file has changed",
    "unchanged": "as it was",
    "touched": "left alone, because somebody has changed it since",
    "deleted": "left alone, because somebody has deleted it since",
    "skipped": "not imported",
    "failed": "could not be imported",
}
URGENCIES = {
    Urgency.DECIDE: "A person must decide or mend",
    Urgency.LOST: "Lost",
    Urgency.CHANGED: "Kept in another form",
    Urgency.LEFT_OUT: "Left out on purpose",
}


@dataclass(slots=True)
class ImportOutcome:
    """The result for one text.

    Attributes:
        key: of the text.
        place: its position in its source.
        title: its name.
        path: its entry, or "".
        action: one of ``ACTIONS``.
        why: the reason for the action.
        kind: the kind of its entry.
        guess: how the kind was decided.
        notes: remarks on parts that were changed or left out.
        elements: number of elements of each kind.
        words: number of words in the source and in the result, and the words that differ.
    """

    key: str
    place: str
    title: str
    path: str = ""
    action: str = ""
    why: str = ""
    kind: str = ""
    guess: str = ""
    notes: list[Note] = field(default_factory=list)
    elements: dict[str, int] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Report:
    """The report of an import.

    Attributes:
        sources: the source files, each with the number of parts that are no texts.
        outcomes: one for each text.
    """

    sources: list[dict[str, Any]] = field(default_factory=list)
    outcomes: list[ImportOutcome] = field(default_factory=list)

    def totals(self) -> dict[str, Any]:
        """Return the counts over all texts."""
        elements: Counter[str] = Counter()
        words: Counter[str] = Counter()
        notes: Counter[str] = Counter()
        for outcome in self.outcomes:
            elements.update(outcome.elements)
            notes.update(note.what for note in outcome.notes)
            for name in ("source", "result"):
                words[name] += outcome.words.get(name, 0)
            for name in ("lost", "added"):
                words[name] += len(outcome.words.get(name, ()))
        return {
            "texts": len(self.outcomes),
            "actions": dict(Counter(outcome.action for outcome in self.outcomes)),
            "kinds": dict(Counter(outcome.kind for outcome in self.outcomes if outcome.kind)),
            "elements": dict(elements.most_common()),
            "words": {name: words[name] for name in ("source", "result", "lost", "added")},
            "notes": dict(notes.most_common()),
        }

    def as_data(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return {
            "totals": self.totals(),
            "sources": self.sources,
            "texts": [outcome_data(outcome) for outcome in self.outcomes],
        }

    def write(self, folder: Path) -> None:
        """Write ``report.json`` and ``report.html`` into ``folder``."""
        data = self.as_data()
        replace_bytes(folder / "report.json", json.dumps(data, ensure_ascii=False, indent=1).encode())
        replace_bytes(folder / "report.html", self.page().encode())

    def page(self) -> str:
        """Return the report as an HTML page without external files."""
        groups = []
        for urgency, heading in URGENCIES.items():
            by_what: dict[str, list[tuple[ImportOutcome, str]]] = {}
            for outcome in self.outcomes:
                for note in outcome.notes:
                    if note.urgency == urgency:
                        by_what.setdefault(note.what, []).append((outcome, note.detail))
            groups.append((heading, urgency, sorted(by_what.items(), key=lambda pair: -len(pair[1]))))
        environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        template = environment.from_string((Path(__file__).parent / "report.html").read_text(encoding="utf-8"))
        return template.render(report=self, totals=self.totals(), groups=groups, actions=ACTIONS)


def outcome_data(outcome: ImportOutcome) -> dict[str, Any]:
    """Return ``outcome`` as plain data."""
    notes = [{"urgency": note.urgency, "what": note.what, "detail": note.detail} for note in outcome.notes]
    # ``asdict`` would copy every value.
    return {**{one.name: getattr(outcome, one.name) for one in fields(outcome)}, "notes": notes}


def outcome_from_data(data: Mapping[str, Any]) -> ImportOutcome:
    """Return the outcome from ``data``, the reverse of ``outcome_data``."""
    notes = [Note(Urgency(note["urgency"]), note["what"], note["detail"]) for note in data["notes"]]
    return ImportOutcome(**{**data, "notes": notes})
