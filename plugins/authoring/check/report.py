"""Format problems as text, JSON, SARIF or workflow commands of GitHub Actions."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from plugins.base.problem import Problem, Severity, format_problems
from plugins.base.source_lines import SourceLines

_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
_NOUNS = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.ADVICE: ("piece of advice", "pieces of advice"),
}


def as_text(problems: Sequence[Problem], content: Path, root: str) -> str:
    """Return the report for a terminal; errors come last, nearest to the prompt.

    Args:
        problems: in report order.
        content: the content folder.
        root: prefix of each path, so that an editor can open it.
    """
    ordered = [problem for level in reversed(Severity) for problem in problems if problem.severity is level]
    texts = [*format_problems(ordered, root=root, source_line=SourceLines(content).line), summary(problems)]
    return "\n\n".join(texts)


def summary(problems: Sequence[Problem]) -> str:
    """Return how many of each level there are, in words."""
    counts = [(sum(problem.severity is level for problem in problems), _NOUNS[level]) for level in Severity]
    return ", ".join(f"{count} {one if count == 1 else many}" for count, (one, many) in counts) + "."


def as_json(problems: Sequence[Problem], _content: Path, root: str) -> str:
    """Return a JSON object with the list ``problems``."""
    listed = [
        {
            "path": problem.shown_path(root),
            "line": problem.position.line,
            "column": problem.position.column,
            "name": problem.name,
            "level": problem.severity.value,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]
    # ASCII, which every terminal and pipe can show.
    return json.dumps({"problems": listed}, indent=2)


def as_sarif(problems: Sequence[Problem], _content: Path, root: str) -> str:
    """Return a log in SARIF 2.1.0 (an OASIS standard), which editors and code hosts show beside the lines."""
    names = sorted({problem.name for problem in problems})
    results = [
        {
            "ruleId": problem.name,
            "ruleIndex": names.index(problem.name),
            "level": _SARIF_LEVELS[problem.severity],
            "message": {"text": f"{problem.message}. Mend: {problem.hint}."},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": problem.shown_path(root)},
                        "region": {"startLine": problem.position.line, "startColumn": problem.position.column},
                    }
                }
            ],
        }
        for problem in problems
    ]
    run = {
        "tool": {"driver": {"name": "inv check", "rules": [{"id": name} for name in names]}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2)


def as_github(problems: Sequence[Problem], _content: Path, root: str) -> str:
    """Return workflow commands of GitHub Actions, one a line: each becomes a note beside its line."""
    return "\n".join(
        f"::{_GITHUB_LEVELS[problem.severity]} file={_property(problem.shown_path(root))},line={problem.position.line},"
        f"col={problem.position.column},title={_property(problem.name)}::{_data(f'{problem.message}. {problem.hint}')}"
        for problem in problems
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


#: The formats by the value of ``--format``.
FORMATS: dict[str, Callable[[Sequence[Problem], Path, str], str]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
}
