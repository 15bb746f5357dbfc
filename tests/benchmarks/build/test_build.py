"""Test the benchmark of the build: its corpus, its measurements and its reports."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests import benchmarks
from tests.benchmarks import build
from tests.benchmarks.build import chart, dialects, report, tools
from tests.benchmarks.build.corpus import Article, Corpus, corpus
from tests.benchmarks.build.machine import Machine, this_machine
from tests.benchmarks.build.measuring import Failed, Measurement, Result, measure
from tests.benchmarks.build.report import LIMITS, Report
from tests.benchmarks.build.scenarios import ADDED, BODY, COLD, RESTORED, SCENARIOS, TITLE, UNCHANGED, Scenario
from tests.benchmarks.build.site import Site
from tests.benchmarks.build.tools import OURS, Tool
from tests.provisioning.programs import Missing
from tests.sites.building import build_here

MACHINE = Machine("A model", 2, "Linux 6", "3.11.7")
#: A fake tool that writes a page for each article with its text and the titles of all.
STAND_IN = """
import pathlib, re
texts = {re.search("slug: (.+)", text)[1]: text for text in map(pathlib.Path.read_text, pathlib.Path("in").glob("*"))}
titles = " ".join(re.search("title: (.+)", text)[1] for text in texts.values())
for slug, text in texts.items():
    page = pathlib.Path("out/articles", slug, "index.html")
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(titles + text)
"""


def found(**walls: tuple[float, float]) -> Report:
    """Return a report of ours and Hugo at 1,000 and 10,000 articles; ``walls`` are the seconds of both."""
    scenarios = {"cold": COLD, "restored": RESTORED, "unchanged": UNCHANGED, "body": BODY, "title": TITLE}
    results = [
        Result(
            size,
            tool,
            scenarios[name].name,
            (Measurement(wall / 2, 1, 50), Measurement(wall, 1, 60), Measurement(wall * 3, 1, 70)),
        )
        for size in (1_000, 10_000)
        for name, pair in walls.items()
        for tool, wall in zip((OURS, "hugo"), pair, strict=True)
    ]
    titles = {OURS: "ours 1234567", "hugo": "Hugo 0.168.0"}
    pages = {(1_000, OURS): 1_234}
    return Report(titles, results, pages, {"eleventy": "no Node.js\nand more"}, MACHINE, "2026-11-23")


def row(table: str, name: str) -> list[str]:
    """Return the cells of the row of ``table`` that begins with ``name``."""
    (line,) = [line for line in table.splitlines() if line.startswith(f"| {name} |")]
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


def fake_tool(name: str = OURS, code: str = STAND_IN) -> Tool:
    """Return a tool that runs ``code``."""
    dialect = dialects.Dialect(
        front=lambda article: f"slug: {article.slug}\ntitle: {article.title}\n",
        link=lambda article: article.slug,
        file=lambda article: f"in/{article.slug}",
        surround=lambda _: None,
    )
    return Tool(name, f"{name} 1.0", dialect, lambda _: [sys.executable, "-c", code], "out", ("kept",))


def test_our_corpus_builds_without_an_error(tmp_path: Path) -> None:
    """Five articles in our content model build, and the page of the oldest links to the newest."""
    articles = corpus(5)
    dialects.OURS.write(tmp_path, articles)
    built = build_here(tmp_path / "content", tmp_path / "output", CACHE_PATH=str(tmp_path / "cache"))
    for article in articles.articles:
        assert built.page(f"/articles/{article.slug}/").select_one("main h1")
    newest, oldest = articles.articles[-1], articles.articles[0]
    assert newest.title.replace("&", "&amp;") in built.text(f"articles/{oldest.slug}/index.html")


def test_every_tool_has_the_same_articles() -> None:
    """An article is the same in every dialect and at every size, except for links and pictures."""

    def words(articles: Corpus, article: Article, *, picture: str) -> str:
        text = articles.body(article, lambda other: other.slug, picture=picture)
        return re.sub(r"\]\([^)]*\)", "]", re.sub(r"!\[.*\n\n", "", text))

    few, many = corpus(5), corpus(50)
    for number in range(5):
        plain = words(few, few.articles[number], picture="")
        assert plain == words(few, few.articles[number], picture="/images/01.jpg")
        assert plain == words(many, many.articles[number], picture="")
        assert len(plain.split()) > 850


def test_each_scenario_shows_its_change(tmp_path: Path) -> None:
    """The pages show the change of each scenario, and the added article is removed again."""
    site = Site(fake_tool(), corpus(5), tmp_path / "site")
    site.begin()
    for scenario in SCENARIOS:
        assert scenario.measure(site, 1).wall > 0
    assert site.shows("nonceonebodyedited1", site.corpus.old)
    assert not (site.folder / site.tool.dialect.file(site.corpus.added)).exists()


@pytest.mark.parametrize("scenario", [BODY, TITLE, ADDED], ids=lambda it: it.name)
def test_a_missing_change_is_detected(tmp_path: Path, scenario: Scenario) -> None:
    """A tool that does not change its pages fails in each scenario with a change."""
    code = f"import os\nif not os.path.exists('out'):\n    exec({STAND_IN!r})"
    site = Site(fake_tool(code=code), corpus(5), tmp_path / "site")
    site.begin()
    site.build()
    with pytest.raises(Failed, match="does not show it"):
        scenario.measure(site, 1)


def test_cold_has_neither_output_nor_cache(tmp_path: Path) -> None:
    """A cold build starts without output and caches, and a build with restored cache only without output."""
    site = Site(fake_tool(), corpus(2), tmp_path / "site")
    site.begin()
    site.build()
    kept, made = site.folder / "kept" / "file", site.folder / "out" / "file"
    for scenario, keeps in ((RESTORED, True), (COLD, False)):
        kept.parent.mkdir(exist_ok=True)
        kept.touch()
        made.touch()
        scenario.measure(site, 1)
        assert (kept.exists(), made.exists()) == (keeps, False)


def test_a_process_is_measured(tmp_path: Path) -> None:
    """The measurements have the time of a process, the processor time with its children, and its own memory."""
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(10**7))'])"
    small = measure([sys.executable, "-c", child], tmp_path)
    assert 0.02 < small.cpu < small.wall + 1
    large = measure([sys.executable, "-c", "b'1' * 300_000_000"], tmp_path)
    assert small.megabytes < 60
    assert 300 < large.megabytes < 360


def test_the_environment_is_fixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A measured process runs in UTC and C.UTF-8 and may write bytecode, whatever the parent's environment."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    code = "import os, sys; sys.exit((os.environ['TZ'], os.environ['LC_ALL'], sys.dont_write_bytecode))"
    with pytest.raises(Failed, match=r"\('UTC', 'C.UTF-8', False\)"):
        measure([sys.executable, "-c", code], tmp_path)


def test_a_size_is_a_table() -> None:
    """The table of a size has a row for each tool and scenario: median, spread, processor time and memory."""
    table = report.size_table(found(cold=(2.0, 0.5)), 1_000)
    assert "### 1,000 articles" in table
    assert row(table, "cold | ours")[1:] == ["2.00 (1.00–6.00)", "1.00", "60"]
    assert row(table, "cold | hugo")[1:] == ["0.500 (0.250–1.50)", "1.00", "60"]
    assert "Pages: ours 1,234." in table


def test_ratios_have_limits() -> None:
    """Each ratio of medians from the same run is compared with the limit of its size."""
    table = report.ratio_table(found(cold=(1.0, 0.5), restored=(0.4, 0.4), unchanged=(0.03, 0.6), body=(0.3, 0.6)))
    assert row(table, "nothing changed, to Hugo’s") == ["0.05× (asked ≤ 0.1×: met)", "0.05× (asked ≤ 0.03×: missed)"]
    assert row(table, "one body edited, to Hugo’s") == ["0.5× (asked ≤ 0.8×: met)", "0.5× (asked ≤ 0.5×: met)"]
    assert row(table, "cold output, cache restored, to Hugo’s cold") == ["0.8×", "0.8×"]
    assert row(table, "newest title edited, to Hugo’s") == ["–", "–"]
    assert row(table, "cold, to Eleventy’s") == ["–", "–"]
    assert row(table, "peak memory, any of these") == ["60 MB (asked ≤ 220 MB: met)", "60 MB (asked ≤ 600 MB: met)"]


def test_the_report_has_the_circumstances() -> None:
    """The report has versions, machine, day, runs, and the reason for each peer that was left out."""
    told = report.circumstances(found(cold=(1.0, 0.5)))
    for words in ("ours 1234567; Hugo 0.168.0", "A model, 2 processors", "2026-11-23; 3 runs", "eleventy. no Node.js"):
        assert words in told
    assert str(this_machine()).endswith(f"Python {sys.version.split()[0]}")


def test_the_results_are_json() -> None:
    """The JSON has every run, the medians, and the ratios with their limits."""
    data = json.loads(report.as_json(found(cold=(2.0, 0.5))))
    first = data["results"][0]
    assert (first["tool"], first["wall"], len(first["runs"])) == (OURS, 2.0, 3)
    assert len(data["ratios"]) == 2 * len(LIMITS)
    assert {"size": 1_000, "tool": OURS, "pages": 1_234} in data["pages"]


def test_the_chart_is_valid_and_labelled() -> None:
    """The chart is well-formed, has title and values as text, a line for each tool, and light and dark colours."""
    drawn = chart.draw(found(cold=(2.0, 0.5), body=(0.2, 0.6)))
    root = ET.fromstring(drawn)  # noqa: S314 - our own
    name = "{http://www.w3.org/2000/svg}"
    assert root.get("aria-labelledby") == "title desc"
    assert "cold, ours: 2 s for 1,000 articles" in (root.findtext(f"{name}desc") or "")
    assert len(root.findall(f".//{name}polyline")) == 4
    assert "prefers-color-scheme: dark" in drawn


def test_a_failing_peer_is_left_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A peer that fails to install or build is named and left out, and the others are measured."""

    def absent() -> Tool:
        raise Missing("there is no way to it")

    monkeypatch.setattr(tools, "ours", fake_tool)
    monkeypatch.setattr(
        build, "PEERS", {"hugo": absent, "eleventy": lambda: fake_tool("eleventy", "raise SystemExit('it broke')")}
    )
    options = build.BenchmarkOptions(("hugo", "eleventy"), 2, tmp_path / "chart.svg", tmp_path / "found.json")
    benchmarks.run("build", "3", options)
    printed = capsys.readouterr()
    assert "- Left out: hugo. there is no way to it" in printed.out
    assert "eleventy is left out" in printed.err
    assert "it broke" in printed.err
    assert f"3 articles, {ADDED.name}, ours, 2 of 2" in printed.err
    data = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    assert {(it["tool"], it["scenario"]) for it in data["results"]} == {(OURS, it.name) for it in SCENARIOS}
    assert (tmp_path / "chart.svg").read_text(encoding="utf-8").startswith("<svg")


def test_our_own_failure_ends_the_benchmark(monkeypatch: pytest.MonkeyPatch) -> None:
    """When our own build fails, the benchmark ends with its output."""
    monkeypatch.setattr(tools, "ours", lambda: fake_tool(code="raise SystemExit('it broke')"))
    with pytest.raises(SystemExit, match=r"(?s)^error: .*it broke"):
        benchmarks.run("build", "3", build.BenchmarkOptions(()))


@pytest.mark.parametrize(
    ("peers", "runs", "message"),
    [("hugo,jekyll", "5", "no peer `jekyll`; choose among: hugo, eleventy, pelican"), ("hugo", "0", "write it as")],
)
def test_invalid_options_are_explained(peers: str, runs: str, message: str) -> None:
    """An unknown peer or an invalid number of runs ends with a message."""
    with pytest.raises(SystemExit) as stop:
        build.BenchmarkOptions.of_words(peers, runs, "", "")
    assert str(stop.value).startswith("error: ")
    assert message in str(stop.value)


def test_options_belong_to_the_build_benchmark() -> None:
    """Another benchmark refuses the options chart, JSON, runs and peers with a message."""
    with pytest.raises(SystemExit, match="belong to  inv bench build"):
        benchmarks.run("feeds", "3", build.BenchmarkOptions(runs=3))
