"""Draw seconds against articles as an SVG with a line for each tool, for light and dark schemes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from msgspec import Struct

from tests.benchmarks.build.report import Report
from tests.benchmarks.build.scenarios import BODY, COLD, Scenario
from tests.benchmarks.build.tools import OURS

_PANELS = (COLD, BODY)
_WIDTH, _HEIGHT = 760, 360
#: Origin and lengths of the axes of one panel.
_LEFT, _BOTTOM, _ACROSS, _UP = 56, 300, 220, 230
_NEXT = _WIDTH // 2
#: The least vertical distance of two names.
_LINE = 15
_NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
_STYLE = """
    text { font: 13px system-ui, sans-serif; fill: #222; }
    .panel { font-weight: 600; }
    .axis { stroke: #767676; }
    .grid { stroke: #ddd; }
    polyline { fill: none; stroke-width: 2; }
    .t0 { stroke: #0b5d57; fill: #0b5d57; } .t1 { stroke: #a3331f; fill: #a3331f; }
    .t2 { stroke: #5b4b9a; fill: #5b4b9a; } .t3 { stroke: #7a5b00; fill: #7a5b00; }
    text.t0, text.t1, text.t2, text.t3 { stroke: none; }
    text.t0 { font-weight: 700; }
    polyline.t0 { stroke-width: 3.5; } polyline[class] { fill: none; }
    @media (prefers-color-scheme: dark) {
      text { fill: #eee; }
      .axis { stroke: #999; }
      .grid { stroke: #444; }
      .t0 { stroke: #5fd0c5; fill: #5fd0c5; } .t1 { stroke: #ff9b87; fill: #ff9b87; }
      .t2 { stroke: #b9aaff; fill: #b9aaff; } .t3 { stroke: #e8c24a; fill: #e8c24a; }
    }"""


class _Scale(Struct, frozen=True):
    """The position of numbers on a logarithmic axis.

    Attributes:
        least: the number at the start of the axis.
        most: the number at its end.
        start: the coordinate of the start.
        length: its length; negative for upwards.
    """

    least: float
    most: float
    start: float
    length: float

    def place(self, value: float) -> float:
        """Return the coordinate of ``value``."""
        return self.start + self.length * math.log(value / self.least) / math.log(self.most / self.least)

    def tens(self) -> Iterator[float]:
        """Yield the powers of ten on the axis."""
        for power in range(math.ceil(math.log10(self.least) - 1e-9), math.floor(math.log10(self.most) + 1e-9) + 1):
            yield 10.0**power


def draw(report: Report) -> str:
    """Return the chart of ``report`` as an SVG document."""
    tools = [OURS, *(name for name in report.titles if name != OURS)]
    parts = [
        f'<svg {_NAMESPACE} viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="title desc">',
        '  <title id="title">Seconds that a build takes, by number of articles</title>',
        f'  <desc id="desc">{escape(_description(report, tools))}</desc>',
        f"  <style>{_STYLE}\n  </style>",
    ]
    for number, scenario in enumerate(_PANELS):
        parts.append(f'  <g transform="translate({number * _NEXT} 0)">')
        parts += [f"    {line}" for line in _panel(report, scenario, tools)]
        parts.append("  </g>")
    return "\n".join([*parts, "</svg>"]) + "\n"


def _description(report: Report, tools: Sequence[str]) -> str:
    """Return the values of the chart as text."""
    said = []
    for scenario in _PANELS:
        for tool in tools:
            found = [(size, it.wall) for size in report.sizes if (it := report.find(size, tool, scenario))]
            times = ", ".join(f"{wall:.2g} s for {size:,} articles" for size, wall in found)
            said += [f"{scenario.name}, {tool}: {times}."] if found else []
    return " ".join(said)


def _panel(report: Report, scenario: Scenario, tools: Sequence[str]) -> Iterator[str]:
    shown = {name.name for name in _PANELS}
    seconds = [result.wall for result in report.results if result.scenario in shown]
    least, most = (10 ** math.floor(math.log10(min(seconds))), 10 ** math.ceil(math.log10(max(seconds))))
    across = _Scale(min(report.sizes), max(*report.sizes, min(report.sizes) * 10), _LEFT, _ACROSS)
    up = _Scale(least, max(most, least * 10), _BOTTOM, -_UP)
    yield f'<text class="panel" x="{_LEFT}" y="28">{escape(scenario.name.capitalize())}</text>'
    yield f'<text x="{_LEFT}" y="48">seconds</text>'
    yield from _axes(report, across, up)
    ends = []
    for number, tool in enumerate(tools):
        found = [
            (across.place(size), up.place(it.wall))
            for size in report.sizes
            if (it := report.find(size, tool, scenario))
        ]
        if not found:
            continue
        yield f'<polyline class="t{number}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in found)}"/>'
        yield from (f'<circle class="t{number}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in found)
        ends.append((found[-1][1], found[-1][0], number, tool))
    below = 0.0
    for y, x, number, tool in sorted(ends):
        below = max(y + 4, below + _LINE)
        yield f'<text class="t{number}" x="{x + 8:.1f}" y="{below:.1f}">{escape(tool)}</text>'


def _axes(report: Report, across: _Scale, up: _Scale) -> Iterator[str]:
    right = _LEFT + _ACROSS
    for value in up.tens():
        y = up.place(value)
        yield f'<line class="grid" x1="{_LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>'
    yield f'<line class="axis" x1="{_LEFT}" y1="{_BOTTOM}" x2="{right}" y2="{_BOTTOM}"/>'
    for size in report.sizes:
        yield f'<text x="{across.place(size):.1f}" y="{_BOTTOM + 18}" text-anchor="middle">{size:,}</text>'
    yield f'<text x="{right}" y="{_BOTTOM + 38}" text-anchor="end">articles</text>'
