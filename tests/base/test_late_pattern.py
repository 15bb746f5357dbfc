"""Test patterns that are compiled when they are used."""

from __future__ import annotations

import re

import pytest

from plugins.base.late_pattern import late_pattern


def test_a_late_pattern_finds_what_a_compiled_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is compiled once, at its first use."""
    compiled: list[str] = []
    make = re.compile

    def count(source: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(source)
        return make(source, flags)

    monkeypatch.setattr(re, "compile", count)
    late = late_pattern("a(b)?", re.IGNORECASE)
    assert compiled == []
    assert late.findall("xABa") == make("a(b)?", re.IGNORECASE).findall("xABa")
    found = late.search("xAB")
    assert found is not None
    assert found[1] == "B"
    assert (late.sub("-", "aba"), late.pattern, late.groups) == ("--", "a(b)?", 1)
    assert compiled == ["a(b)?"]


def test_an_invalid_late_pattern_is_an_error_when_it_is_used() -> None:
    """A mistake is raised at the first use."""
    late = late_pattern("(")
    with pytest.raises(re.error):
        late.search("a")
