"""Test that saving without a change changes no byte, and that a change affects only its own lines."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.authoring.editor.form.form import Fields
from plugins.authoring.editor.form.front_matter_edit import LayoutError, changed, read
from plugins.authoring.editor.form.source_text import NotUtf8Error, SourceText
from plugins.authoring.editor.form.yaml_scalars import written
from plugins.base.positions import Value
from plugins.content_model.loader import KINDS
from tests.sites.building import ROOT

FOLDERS = ("content", "tests/sites", "docs/handbook")


def entries() -> Iterator[Path]:
    """Every text of the project."""
    for folder in FOLDERS:
        yield from sorted(
            file for file in (ROOT / folder).rglob("*") if file.suffix.lower() == ".md" and file.is_file()
        )


def sheets() -> Iterator[tuple[Path, SourceText]]:
    """Every text that is valid UTF-8."""
    for file in entries():
        sheet = SourceText(file.read_bytes())
        try:
            assert sheet.text is not None
        except NotUtf8Error:
            continue
        yield file, sheet


def test_saving_without_a_change_leaves_every_byte() -> None:
    """Each text of the repository, valid or not, is unchanged by the values that its form sends."""
    number = 0
    fields = {kind: Fields.of(kind) for kind in KINDS.values()}
    for file, sheet in sheets():
        number += 1
        assert sheet.with_text(sheet.text).data == sheet.data, file
        if sheet.values is None:
            continue
        assert sheet.with_parts(sheet.values, sheet.body, list(sheet.values)).data == sheet.data, file
        kind = KINDS.get(next((part for part in file.parts if part in KINDS), ""))
        if kind is not None:
            sent = {one: _as_sent(value) for one, value in sheet.values.items()}
            names = fields[kind].order
            assert sheet.with_parts(sent, sheet.body, names).data == sheet.data, file
    assert number > 300


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_ends_of_lines_and_marks_stay(end: str) -> None:
    """Windows line ends, a byte order mark, and a missing final newline are kept."""
    text = '---\ntitle: "A"\n# note\nslug: a\n---\n\nOne\n\nTwo'.replace("\n", end)
    sheet = SourceText(b"\xef\xbb\xbf" + text.encode())
    assert sheet.with_parts(sheet.values or {}, sheet.body, ["title", "slug"]).data == sheet.data
    made = sheet.with_parts({"title": "B"}, "One\n\nThree", ["title", "slug"])
    assert made.data == sheet.data.replace(b'"A"', b'"B"').replace(b"Two", b"Three")


def test_mixed_ends_of_lines_stay_where_nothing_changed() -> None:
    """Each unchanged line keeps its line end."""
    sheet = SourceText(b"---\r\ntitle: A\nslug: a\r\n---\n\nOne\r\nTwo\nThree\r\n")
    made = sheet.with_parts({}, "One\nZwei\nThree", ["title"])
    assert made.data == b"---\r\ntitle: A\nslug: a\r\n---\n\nOne\r\nZwei\r\nThree\r\n"


def test_one_changed_value_changes_its_own_lines() -> None:
    """A change of each value of each entry keeps the rest of the front matter and all comments."""
    tried = 0
    for file, sheet in sheets():
        if sheet.values is None or "invalid" in file.parts:
            continue
        for name, value in sheet.values.items():
            if not isinstance(value, str):
                continue
            made = sheet.with_parts({name: f"{value} more"}, sheet.body, list(sheet.values))
            assert (made.values or {})[name] == f"{' '.join(value.split())} more" or value in str(made.values)
            assert made.body == sheet.body
            assert _comments(made.front_matter) == _comments(sheet.front_matter), file
            others = {key: one for key, one in (made.values or {}).items() if key != name}
            assert others == {key: one for key, one in sheet.values.items() if key != name}
            tried += 1
    assert tried > 500


def test_lists_and_groups_change_in_place() -> None:
    """An added, removed or changed item leaves the others and their comments unchanged."""
    text = (
        "title: A   # seen\n"
        "sources:\n"
        "  # the first\n"
        "  - title: 'One'  # good\n"
        "    url: https://a.example/\n"
        "  - title: Two\n"
        "    url: https://b.example/   # better\n"
        "topics: [a, b]  # keys\n"
        "image:\n"
        "  file: x.jpg\n"
        '#summary: "..."   # for cards\n'
        "status: draft\n"
    )
    order = ["title", "summary", "status", "topics", "image", "sources"]
    values = read(text)

    def put(name: str, value: Value) -> str:
        made = changed(text, {name: value}, order)
        assert read(made) == {**values, name: value}
        return made

    sources = values["sources"]
    assert isinstance(sources, list)
    one, two = sources
    assert isinstance(one, dict)
    assert isinstance(two, dict)
    assert put("sources", [{**one, "title": "It's"}, two]) == text.replace("'One'", "'It''s'")
    assert put("sources", [two]) == text.replace("  - title: 'One'  # good\n    url: https://a.example/\n", "")
    more: Value = {"title": "Three: more", "url": "https://c.example/"}
    added = put("sources", [one, two, more])
    assert added == text.replace("# better\n", '# better\n  - title: "Three: more"\n    url: https://c.example/\n')
    assert put("topics", ["a", "c"]) == text.replace("[a, b]", "[a, c]")
    assert put("topics", ["a"]) == text.replace("[a, b]", "[a]")
    assert put("image", {"file": "x.jpg", "alt": "A hill"}) == text.replace("x.jpg\n", 'x.jpg\n  alt: "A hill"\n')
    assert put("summary", "In short") == text.replace('#summary: "..."   # for cards', 'summary: "In short"')
    gone = changed(text, {"topics": []}, order)
    assert gone == text.replace("topics: [a, b]  # keys\n", "")


@given(st.text(max_size=40), st.sampled_from([None, "", "'", '"']))
def test_a_written_value_reads_as_itself(value: str, style: str | None) -> None:
    """Any typed value is read back unchanged and stays on one line, or the change is refused."""
    text = f"a: {written('x', style)}\nb: y\n"
    try:
        made = changed(text, {"a": value}, ["a", "b"])
    except LayoutError:
        # A character that YAML does not allow.
        assert not value.isprintable()
        return
    assert read(made).get("b") == "y"
    assert (str(read(made).get("a") or "")).split() == value.split()
    assert made.count("\n") <= 2


def _comments(yaml: str) -> list[str]:
    return [line[line.index("#") :] for line in yaml.split("\n") if line.lstrip().startswith("#") or " #" in line]


def _as_sent(value: Value) -> Any:
    """Return a value as a form sends it: on one line, stripped, and "" if it is missing."""
    if isinstance(value, dict):
        return {**{name: _as_sent(one) for name, one in value.items()}, "credit": _as_sent(value.get("credit"))}
    if isinstance(value, list):
        return [_as_sent(one) for one in copy.deepcopy(value)]
    return " ".join((value or "").split())
