"""Compare the build with those of Hugo, Eleventy and stock Pelican, each in new processes of the same run.

``corpus.py`` generates the articles. ``dialects.py`` and ``own_dialect.py`` write them in each tool's format, and
``peers/`` contains the other files of a peer's site. ``tools.py`` installs and starts the tools, ``scenarios.py``
changes a site before each build, and ``measuring.py`` measures that build. ``report.py`` and ``chart.py`` write the
results.

The peers are installed below the user's cache folder. The sites are in a temporary folder and are removed.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field

from tests.benchmarks.build import chart, report, tools
from tests.benchmarks.build.corpus import corpus
from tests.benchmarks.build.machine import this_machine
from tests.benchmarks.build.measuring import Failed, Measurement, Result
from tests.benchmarks.build.report import Report
from tests.benchmarks.build.scenarios import COLD, SCENARIOS, Scenario
from tests.benchmarks.build.site import Site
from tests.benchmarks.build.tools import OURS, PEERS, Tool
from tests.provisioning.programs import Missing

#: Number of articles of the site on which each tool is tried before the measurements.
_FEW = 5


class BenchmarkOptions(Struct, frozen=True):
    """The options of the benchmark.

    Attributes:
        peers: the names of the peers.
        runs: the number of runs of each measurement.
        chart: a file for the chart, or None.
        json: a file for the results as JSON, or None.
    """

    peers: tuple[str, ...] = tuple(PEERS)
    runs: int = 5
    chart: Path | None = None
    json: Path | None = None

    @classmethod
    def of_words(cls, peers: str, runs: str, chart_file: str, json_file: str) -> BenchmarkOptions:
        """Return the options from command-line values.

        Raises:
            SystemExit: when a peer is unknown or ``runs`` is not a number.
        """
        names = tuple(name.strip() for name in peers.split(",") if name.strip())
        for name in names:
            if name not in PEERS:
                sys.exit(f"error: there is no peer `{name}`; choose among: {', '.join(PEERS)}")
        if not runs.isdigit() or int(runs) < 1:
            sys.exit(f"error: `{runs}` is not a number of runs; write it as  --runs 5")
        return cls(names, int(runs), Path(chart_file) if chart_file else None, Path(json_file) if json_file else None)


class _Bench(Struct):
    """A benchmark in progress."""

    options: BenchmarkOptions
    tools: list[Tool] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    results: list[Result] = field(default_factory=list)
    pages: dict[tuple[int, str], int] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)

    def install(self) -> None:
        """Install the peers and try every tool. A peer that fails is left out."""
        for tool in (OURS, *self.options.peers):
            try:
                found = tools.ours() if tool == OURS else PEERS[tool]()
                with tempfile.TemporaryDirectory() as folder:
                    site = Site(found, corpus(_FEW), Path(folder).resolve() / found.name)
                    site.begin()
                    _tell(f"{found.title}: builds {_FEW} articles in {site.build().wall:.2f} s")
            except (Missing, Failed) as problem:
                self._leave_out(tool, str(problem))
            else:
                self.tools.append(found)
                self.titles[found.name] = found.title

    def measure(self, size: int) -> None:
        """Measure every tool at one size. The tools take turns, so that other load affects all of them."""
        with tempfile.TemporaryDirectory() as folder:
            articles = corpus(size)
            sites = [Site(tool, articles, Path(folder).resolve() / tool.name) for tool in self.tools]
            for site in sites:
                site.begin()
            for scenario in SCENARIOS:
                taken: dict[str, list[Measurement]] = {}
                turns = ((turn, site) for turn in range(1, self.options.runs + 1) for site in sites)
                for turn, site in turns:
                    if found := self._once(scenario, site, turn):
                        taken.setdefault(site.tool.name, []).append(found)
                self.results += [Result(size, name, scenario.name, tuple(runs)) for name, runs in taken.items()]
                if scenario is COLD:
                    self.pages |= {(size, it.tool.name): it.pages() for it in sites if it.tool.name in taken}

    def _once(self, scenario: Scenario, site: Site, turn: int) -> Measurement | None:
        """Return the measurements of one run, or None for a tool that is left out or lacks the scenario."""
        name = site.tool.name
        if name in self.left_out or (scenario.only_ours and name != OURS):
            return None
        try:
            found = scenario.measure(site, turn)
        except Failed as problem:
            self._leave_out(name, str(problem))
            return None
        _tell(
            f"{site.corpus.size:,} articles, {scenario.name}, {name}, {turn} of {self.options.runs}: "
            f"{found.wall:.3f} s, CPU {found.cpu:.3f} s, {found.megabytes:.0f} MB"
        )
        return found

    def report(self) -> Report:
        """Return the results so far."""
        day = dt.datetime.now(tz=dt.UTC).date().isoformat()
        return Report(self.titles, self.results, self.pages, self.left_out, this_machine(), day)

    def _leave_out(self, tool: str, why: str) -> None:
        if tool == OURS:
            sys.exit(f"error: {why}")
        _tell(f"{tool} is left out: {why}")
        self.left_out[tool] = why


def run(sizes: Sequence[int], options: BenchmarkOptions) -> Iterator[str]:
    """Yield the parts of the report as soon as they are known, and print progress on stderr.

    Raises:
        SystemExit: when our own build fails.
    """
    bench = _Bench(options)
    bench.install()
    for size in sizes:
        bench.measure(size)
        found = bench.report()
        if options.json:
            options.json.write_text(report.as_json(found), encoding="utf-8")
        if options.chart:
            options.chart.write_text(chart.draw(found), encoding="utf-8")
        yield f"{report.size_table(found, size)}\n"
    found = bench.report()
    yield f"{report.ratio_table(found)}\n"
    yield report.circumstances(found)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
