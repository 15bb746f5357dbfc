"""Write the results as Markdown tables and as JSON, with the limits."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import asdict

from tests.benchmarks.build.machine import Machine
from tests.benchmarks.build.measuring import Result
from tests.benchmarks.build.scenarios import ADDED, BODY, COLD, RESTORED, TITLE, UNCHANGED, Scenario
from tests.benchmarks.build.tools import OURS

_NOTES = """\
- Each run is a fresh process, and the tools take turns. Wall: the median, the shortest and the longest in brackets.
- CPU is that of the process and of all that it started. Peak memory is that of the largest single process among them.
- Cold: no output and no cache. The programs themselves, and Python's bytecode of them, have run once before.
- All have the same bodies. The peers' have pictures, 40 in all, which they copy unopened. Ours has none there, as it
  would encode them; it draws a social card for each entry, which the peers do not."""


class Report(Struct, frozen=True):
    """The results of a benchmark.

    Attributes:
        titles: the tools, with their versions, by name.
        results: the figures.
        pages: the number of pages by size and tool.
        left_out: the reason why a tool is missing, by its name.
        machine: the machine of the benchmark.
        day: the day of the benchmark.
    """

    titles: Mapping[str, str]
    results: Sequence[Result]
    pages: Mapping[tuple[int, str], int]
    left_out: Mapping[str, str]
    machine: Machine
    day: str

    @property
    def sizes(self) -> tuple[int, ...]:
        """Return the measured sizes."""
        return tuple(sorted({result.size for result in self.results}))

    def find(self, size: int, tool: str, scenario: Scenario) -> Result | None:
        """Return the results of a tool in a scenario at a size, or None."""
        wanted = (size, tool, scenario.name)
        return next((it for it in self.results if (it.size, it.tool, it.scenario) == wanted), None)


class Limit(Struct, frozen=True):
    """A limit of our time relative to a peer.

    Attributes:
        scenario: our scenario.
        peer: the name of the peer.
        peers: the scenario of the peer.
        most: the largest ratio of our time to the peer's, by size.
    """

    scenario: Scenario
    peer: str
    peers: Scenario
    most: Mapping[int, float]


LIMITS = (
    Limit(UNCHANGED, "hugo", UNCHANGED, {100: 0.35, 1_000: 0.1, 10_000: 0.03}),
    Limit(BODY, "hugo", BODY, {100: 2.5, 1_000: 0.8, 10_000: 0.5}),
    Limit(TITLE, "hugo", TITLE, {100: 4.0, 1_000: 1.6, 10_000: 1.0}),
    Limit(ADDED, "hugo", ADDED, {100: 4.0, 1_000: 1.6, 10_000: 1.0}),
    Limit(RESTORED, "hugo", COLD, {}),
    Limit(COLD, "hugo", COLD, {}),
    Limit(COLD, "eleventy", COLD, {100: 2.0, 1_000: 2.5, 10_000: 2.2}),
    Limit(COLD, "pelican", COLD, {100: 2.0, 1_000: 1.5, 10_000: 1.0}),
)
#: Limit of the memory of our builds, in megabytes, by size.
_MEGABYTES = {100: 150.0, 1_000: 220.0, 10_000: 600.0}


def size_table(report: Report, size: int) -> str:
    """Return the results of every tool at one size as a heading and a Markdown table."""
    rows = [f"### {size:,} articles", ""]
    rows += _table_head(("", "tool", "wall s", "CPU s", "peak MB"), numbers=3)
    for result in report.results:
        if result.size == size:
            least, most = (_seconds(value) for value in result.spread)
            rows.append(
                f"| {result.scenario} | {result.tool} | {_seconds(result.wall)} ({least}–{most}) "
                f"| {_seconds(result.cpu)} | {result.megabytes:.0f} |"
            )
    pages = [f"{tool} {count:,}" for (at, tool), count in report.pages.items() if at == size]
    return "\n".join([*rows, "", f"Pages: {', '.join(pages)}."])


def ratio_table(report: Report) -> str:
    """Return our results and limits as a heading and a Markdown table."""
    rows = ["### Ours beside the peers, wall time", ""]
    rows += _table_head(("", *(f"{size:,}" for size in report.sizes)), numbers=len(report.sizes))
    for limit in LIMITS:
        to = "" if limit.peers == limit.scenario else f" {limit.peers.name}"
        cells = [_judged(ratio(report, size, limit), limit.most.get(size), "×") for size in report.sizes]
        rows.append(f"| {limit.scenario.name}, to {limit.peer.capitalize()}’s{to} | {' | '.join(cells)} |")
    cells = [_judged(_largest(report, size), _MEGABYTES.get(size), " MB") for size in report.sizes]
    rows.append(f"| peak memory, any of these | {' | '.join(cells)} |")
    return "\n".join(rows)


def ratio(report: Report, size: int, limit: Limit) -> float | None:
    """Return our median time divided by the peer's, or None where one is missing."""
    ours = report.find(size, OURS, limit.scenario)
    theirs = report.find(size, limit.peer, limit.peers)
    return ours.wall / theirs.wall if ours and theirs else None


def circumstances(report: Report) -> str:
    """Return a text on what was measured, on which machine and day, and how to read it."""
    left_out = [f"- Left out: {name}. {reason.splitlines()[0]}" for name, reason in report.left_out.items()]
    runs = max((len(result.runs) for result in report.results), default=0)
    return "\n".join(
        [
            f"- {'; '.join(report.titles.values())}.",
            f"- {report.machine}.",
            f"- {report.day}; {runs} {'run' if runs == 1 else 'runs'} of each.",
            *left_out,
            _NOTES,
        ]
    )


def as_json(report: Report) -> str:
    """Return all results as JSON: times in seconds, memory in megabytes."""
    found = {
        "day": report.day,
        "machine": asdict(report.machine),
        "tools": dict(report.titles),
        "left_out": dict(report.left_out),
        "pages": [{"size": size, "tool": tool, "pages": count} for (size, tool), count in report.pages.items()],
        "results": [
            {**asdict(result), "wall": result.wall, "cpu": result.cpu, "megabytes": result.megabytes}
            for result in report.results
        ],
        "ratios": [
            {
                "size": size,
                "scenario": limit.scenario.name,
                "peer": limit.peer,
                "peers_scenario": limit.peers.name,
                "ratio": ratio(report, size, limit),
                "most": limit.most.get(size),
            }
            for limit in LIMITS
            for size in report.sizes
        ],
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _table_head(names: Sequence[str], *, numbers: int) -> list[str]:
    """Return the first two lines of a table whose last columns contain ``numbers``."""
    lines = ["---"] * (len(names) - numbers) + ["---:"] * numbers
    return [f"| {' | '.join(names)} |", f"|{'|'.join(lines)}|"]


def _judged(found: float | None, most: float | None, unit: str) -> str:
    """Return a number, and whether it is within its limit."""
    if found is None:
        return "–"
    shown = f"{found:.0f}{unit}" if found >= 100 else f"{found:.3g}{unit}"
    if most is None:
        return shown
    return f"{shown} (asked ≤ {most:g}{unit}: {'met' if found <= most else 'missed'})"


def _largest(report: Report, size: int) -> float | None:
    return max((it.megabytes for it in report.results if (it.size, it.tool) == (size, OURS)), default=None)


def _seconds(value: float) -> str:
    return f"{value:.2f}" if value >= 1 else f"{value:.3f}"
