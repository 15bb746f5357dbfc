"""The report of an import with the result for each text, as JSON and as an HTML page."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, StrictUndefined
from msgspec import Struct, field
from msgspec.structs import asdict

from plugins.authoring.importing.item import Note, Urgency
from plugins.authoring.importing.to_dos import ToDo
from plugins.base.atomic_write import replace_bytes

#: Actions and their labels.
ACTIONS = {
    "new": "written as a draft",
    "updated": "written again, because the source, the mapping or a file has changed",
    "unchanged": "as it was",
    "touched": "left alone, because somebody has changed it since",
    "deleted": "left alone, because somebody has deleted it since",
    "skipped": "not imported",
    "failed": "could not be imported",
}
#: The heading of the notes of each urgency, and what to do about them.
URGENCIES = {
    Urgency.DECIDE: ("Decide or mend", "Begin at the top: the first ones can hurt somebody, or stop the site."),
    Urgency.LOST: (
        "Lost",
        "Only the old site could show these. Where readers need one, say it in words, or link to where it is now.",
    ),
    Urgency.CHANGED: ("Kept in another form", "Nothing to do here, unless it looks wrong when you read the text."),
    Urgency.LEFT_OUT: ("Left out on purpose", "Nothing to do here."),
}
#: Words for parts of a source that are no texts.
LEFT_OUT = {
    "attachment": "files of the media library; a file that a text shows lies beside that text",
    "nav_menu_item": "links of menus",
    "revision": "older versions",
    "trash": "texts in the bin",
}
#: Lists with more cases than this are closed at first.
_MOST_OPEN = 50


class Group(NamedTuple):
    """Cases of one note that belong together: all of one text, or the texts with the same detail.

    Attributes:
        heading: what they share.
        code: the path of the text that they share, or "".
        lines: what differs, each with a path or "".
    """

    heading: str
    code: str
    lines: tuple[tuple[str, str], ...]


class Remark(NamedTuple):
    """One kind of note.

    Attributes:
        what: what was done.
        how: what to do, or "".
        number: number of notes.
        groups: the notes.
    """

    what: str
    how: str
    number: int
    groups: tuple[Group, ...]


class ImportOutcome(Struct):
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


class Report(Struct):
    """The report of an import.

    Attributes:
        sources: the source files, each with the number of parts that are no texts.
        outcomes: one for each text.
        unmatched: names of the old site that the mapping leaves open, by its sections.
    """

    sources: list[dict[str, Any]] = field(default_factory=list)
    outcomes: list[ImportOutcome] = field(default_factory=list)
    unmatched: dict[str, list[str]] = field(default_factory=dict)

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
            "unmatched": self.unmatched,
            "texts": [outcome_data(outcome) for outcome in self.outcomes],
        }

    def write(self, folder: Path) -> None:
        """Write ``report.json`` and ``report.html`` into ``folder``."""
        data = self.as_data()
        replace_bytes(folder / "report.json", json.dumps(data, ensure_ascii=False, indent=1).encode())
        replace_bytes(folder / "report.html", self.page().encode())

    def page(self) -> str:
        """Return the report as an HTML page without external files."""
        environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        template = environment.from_string((Path(__file__).parent / "report.html").read_text(encoding="utf-8"))
        return template.render(
            report=self, totals=self.totals(), sections=list(self._sections()), actions=ACTIONS, left_out=LEFT_OUT,
            most_open=_MOST_OPEN,
        )  # fmt: skip

    def _sections(self) -> Iterator[tuple[Urgency, str, str, list[Remark]]]:
        """Yield each urgency that has notes, with its heading, what to do, and its notes."""
        for urgency, (heading, about) in URGENCIES.items():
            cases: dict[str, list[tuple[ImportOutcome, str]]] = {}
            for outcome in self.outcomes:
                for note in outcome.notes:
                    if note.urgency == urgency:
                        cases.setdefault(note.what, []).append((outcome, note.detail))
            if urgency is Urgency.DECIDE:
                ordered = [(str(what), what.how) for what in ToDo if what in cases]
            else:
                ordered = [(what, "") for what in sorted(cases, key=lambda what: -len(cases[what]))]
            if ordered:
                yield (
                    urgency,
                    heading,
                    about,
                    [Remark(what, how, len(cases[what]), _grouped(what, cases[what])) for what, how in ordered],
                )


def _grouped(what: str, cases: Sequence[tuple[ImportOutcome, str]]) -> tuple[Group, ...]:
    """Group ``cases`` by their text, or by their detail where texts share details."""
    if what == ToDo.STORY:
        # The line for import.yaml, to be copied.
        return tuple(
            Group(_name(one), one.path, ((f"Why: {detail}", ""), ("If it is none:", f'"{one.key}": guide')))
            for one, detail in cases
        )
    by_detail: dict[str, list[ImportOutcome]] = {}
    by_text: dict[str, list[tuple[ImportOutcome, str]]] = {}
    for outcome, detail in cases:
        by_detail.setdefault(detail, []).append(outcome)
        by_text.setdefault(outcome.key, []).append((outcome, detail))
    if "" not in by_detail and len(by_detail) < len(by_text):
        return tuple(
            Group(detail, "", tuple(dict.fromkeys((_name(one), one.path) for one in outcomes)))
            for detail, outcomes in by_detail.items()
        )
    return tuple(
        Group(_name(its[0][0]), its[0][0].path, tuple(dict.fromkeys((detail, "") for _, detail in its if detail)))
        for its in by_text.values()
    )


def _name(outcome: ImportOutcome) -> str:
    return outcome.title or outcome.place


def outcome_data(outcome: ImportOutcome) -> dict[str, Any]:
    """Return ``outcome`` as plain data."""
    notes = [{"urgency": note.urgency, "what": note.what, "detail": note.detail} for note in outcome.notes]
    return {**asdict(outcome), "notes": notes}


def outcome_from_data(data: Mapping[str, Any]) -> ImportOutcome:
    """Return the outcome from ``data``, the reverse of ``outcome_data``."""
    notes = [Note(Urgency(note["urgency"]), note["what"], note["detail"]) for note in data["notes"]]
    return ImportOutcome(**{**data, "notes": notes})
