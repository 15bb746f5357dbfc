"""The benchmarks run, and invalid arguments are errors."""

from __future__ import annotations

import pytest

from tests import benchmarks, coroutines


@pytest.mark.deep
def test_feeds_benchmark(capsys: pytest.CaptureFixture[str]) -> None:
    """The feeds benchmark prints a line of figures for each size."""
    benchmarks.run("feeds", "3,5")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[2:]] == ["3", "5"]
    assert all(len(line.split()) == 5 for line in lines[2:])


@pytest.mark.deep
def test_check_benchmark(capsys: pytest.CaptureFixture[str]) -> None:
    """The check benchmark prints a line of figures for each run of each size."""
    benchmarks.run("check", "3")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines[2:]] == ["first", "second", "one"]


@pytest.mark.deep
@pytest.mark.real
def test_the_search_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    """The benchmark of the search prints a line of figures for each size."""
    with coroutines.without_event_loop():
        benchmarks.run("search", "3")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[2:]] == ["3"]
    assert all(float(figure) > 0 for figure in lines[2].split()[1:3])


@pytest.mark.deep
def test_the_import_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    """The benchmark of the import prints a line of figures for each run of each size."""
    benchmarks.run("import", "3")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[2:]] == [["3", "first"], ["3", "second"]]


@pytest.mark.parametrize(
    ("what", "sizes", "message"),
    [("fees", "10", "choose one of: build, check, feeds, import, preview, search"), ("feeds", "ten", "write it as")],
)
def test_invalid_arguments(what: str, sizes: str, message: str) -> None:
    """An unknown benchmark or an invalid size ends with a message."""
    with pytest.raises(SystemExit) as stop:
        benchmarks.run(what, sizes)
    assert str(stop.value).startswith("error: ")
    assert message in str(stop.value)
