"""Test the strict YAML reader."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.base.positions import FieldPath, Value
from plugins.base.problem import Position, Problem
from plugins.content_model.yaml_reader import YamlDocument, YamlError, read_yaml
from tests.examples import examples

#: Fragments of YAML. Random sequences of them reach more branches than random letters do.
_PIECES = st.sampled_from(
    [
        "a",
        "title",
        ": ",
        ":",
        "\n",
        "  ",
        "- ",
        "-",
        "[",
        "]",
        "{",
        "}",
        ",",
        '"',
        "'",
        "#",
        " #",
        "&x",
        "*x",
        "!!str ",
        "!",
        "|",
        ">",
        "?",
        "? ",
        "%",
        "@",
        "`",
        "---",
        "...",
        "\t",
        "\\",
        "\x00",
        "\x85",
        "\u2028",
        "\ufeff",
        "\U0001f600",
        "é",
        "2026-11-22",
        "<<: ",
        "~",
        "null",
        "yes",
        "\x0c",
    ],
)
_YAML_LIKE = st.lists(_PIECES, max_size=40).map("".join)
_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029"))
_SCALARS = st.one_of(
    _TEXT, st.sampled_from(["yes", "no", "null", "~", "1_000", "0o14", "2026-11-22", "1e3", "=", "<<", "."])
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_SCALARS, inner, max_size=4),
    max_leaves=12,
)


def names(text: str) -> list[str]:
    """Return the names of the problems of ``text``."""
    with pytest.raises(YamlError) as caught:
        read_yaml(text, "a.md")
    return [problem.name for problem in caught.value.problems]


@pytest.mark.parametrize(
    "word", ["yes", "no", "on", "null", "~", "1_000", "012", "1e3", "2026-11-22", "0x1F", "12:30:00", "true"]
)
def test_scalars_stay_strings(word: str) -> None:
    """Values that YAML would convert to a boolean, a number or a date stay text."""
    assert read_yaml(f"a: {word}", "a.md").value == {"a": word}


@pytest.mark.parametrize(
    ("text", "value"), [("", None), ("# only a comment", None), ("a:", {"a": None}), ('a: ""', {"a": ""})]
)
def test_nothing_is_none_and_an_empty_text_is_not(text: str, value: Value) -> None:
    """A key without a value gives None, and one with an empty text gives that text."""
    assert read_yaml(text, "a.md").value == value


def test_positions_of_keys_and_values() -> None:
    """Every key and value has the line and column of its first character in the whole file."""
    positions = read_yaml("title: A\nlist:\n  - one\n  - {x: y}\n", "a.md", first_line=2).positions
    assert positions.keys[("title",)] == Position(2, 1)
    assert positions.values[("title",)] == Position(2, 8)
    assert positions.values["list", 0] == Position(4, 5)
    assert positions.keys["list", 1, "x"] == Position(5, 6)
    assert positions.values["list", 1, "x"] == Position(5, 9)


def test_columns_count_characters() -> None:
    """A column counts characters, also those outside the Basic Multilingual Plane."""
    assert read_yaml("{é😀: x}", "a.md").positions.values[("é😀",)] == Position(1, 6)


def test_an_absent_value_has_the_position_of_its_parent() -> None:
    """The position of an absent value is that of its nearest existing parent."""
    positions = read_yaml("image:\n  file: a.jpg\n", "a.md").positions
    assert positions.of(("image", "alt")) == Position(2, 3)
    assert positions.of_key(("image", "alt")) == Position(2, 3)
    assert positions.of(("nothing",)) == Position(1, 1)


@pytest.mark.parametrize(
    ("text", "name", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3", "duplicate-key", 3, 1),
        ("a: {x: 1, x: 2}", "duplicate-key", 1, 11),
        ("a: &x 1", "yaml-anchor", 1, 4),
        ("a: *x", "yaml-alias", 1, 4),
        ("a: !!int 1", "yaml-tag", 1, 4),
        ("a: !x 1", "yaml-tag", 1, 4),
        ("[a]: 1", "bad-key", 1, 1),
        ("a: {{ b }}", "bad-key", 1, 5),
        ("a: 1\n\tb: 2", "tab-indent", 2, 1),
        ("a: 1\n  \tb: 2", "tab-indent", 2, 3),
        ("a: x\x07y", "control-character", 1, 5),
        ("a: x\u2028b: y", "control-character", 1, 5),
        ("a: x\x85b: y", "control-character", 1, 5),
        ('a: "x\\x00y"', "control-character", 1, 4),
        ("---\na: 1", "second-document", 1, 1),
        ("- a\n---\n- b", "second-document", 2, 1),
        ("a: " + "[" * 3000, "too-deep", 1, 24),
        ("- " * 3000 + "a", "too-deep", 1, 43),
        ("{a: b} c", "bad-indent", 1, 8),
    ],
)
def test_surprising_yaml_is_refused(text: str, name: str, line: int, column: int) -> None:
    """Duplicate keys, anchors, tags, second documents and invisible characters are problems at their positions."""
    with pytest.raises(YamlError) as caught:
        read_yaml(text, "a.md")
    assert [(p.name, p.position) for p in caught.value.problems] == [(name, Position(line, column))]


def test_problems_are_in_lines_of_the_file() -> None:
    """The line of a problem counts from the first line of the file, not of the YAML."""
    with pytest.raises(YamlError) as caught:
        read_yaml("a: 1\na: 2", "a.md", first_line=5)
    assert caught.value.problems[0].position == Position(6, 1)
    assert "line 5" in caught.value.problems[0].message


def test_all_problems_of_a_text_are_found() -> None:
    """Reading continues after a problem that leaves the rest readable."""
    assert names("a: &x 1\na: 2\nb: !y 3") == ["yaml-anchor", "duplicate-key", "yaml-tag"]


@given(_YAML_LIKE | st.text().map(lambda text: text.replace("\r", "\n")))
@example("a: " + "[" * 10_000)
@settings(max_examples=examples(400))
def test_any_text_gives_a_value_or_a_problem_inside_it(text: str) -> None:
    """Any text gives a value, or at least one problem inside the text."""
    read = document_or_problems(text)
    if isinstance(read, YamlDocument):
        return
    assert read
    lines = text.split("\n")
    for problem in read:
        assert 1 <= problem.position.line <= len(lines)
        assert 1 <= problem.position.column <= len(lines[problem.position.line - 1]) + 1
        assert problem.message
        assert problem.hint


def document_or_problems(text: str) -> YamlDocument | list[Problem]:
    """Return the document that ``text`` gives, or its problems."""
    try:
        return read_yaml(text, "a.md")
    except YamlError as fault:
        return fault.problems


@given(_VALUES)
@settings(max_examples=examples(300))
def test_values_round_trip(value: Value) -> None:
    """Texts, lists and mappings written by PyYAML are read back unchanged.

    The reader strips any kind of space around a text without quotation marks.
    """
    written = yaml.dump(value, Dumper=_StringDumper, allow_unicode=True, width=1000)
    assert _stripped(read_yaml(written, "a.md").value) == _stripped(value)


def _stripped(value: Value) -> Value:
    if isinstance(value, dict):
        return {key: _stripped(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_stripped(part) for part in value]
    return (value or "").strip()


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2007", "\u202f", "\u3000"])
def test_spaces_around_a_value_are_stripped(space: str) -> None:
    """Any space around a value is stripped, although YAML strips plain ones only. Quotation marks keep it."""
    assert read_yaml(f"a: b{space}\nc: '{space}'", "a.md").value == {"a": "b", "c": space}


@given(_VALUES)
def test_every_part_has_a_position(value: Value) -> None:
    """Every key and value of a document has a position."""
    document = read_yaml(yaml.dump(value, Dumper=_StringDumper, allow_unicode=True), "a.md")
    for path in _paths(document.value, ()):
        assert path in document.positions.values
        if path and isinstance(path[-1], str):
            assert path in document.positions.keys


def _paths(value: Value, path: FieldPath) -> list[FieldPath]:
    if isinstance(value, dict):
        return [path, *(inner for key, part in value.items() for inner in _paths(part, (*path, key)))]
    if isinstance(value, list):
        return [path, *(inner for number, part in enumerate(value) for inner in _paths(part, (*path, number)))]
    return [path]


class _StringDumper(yaml.SafeDumper):
    """Write equal parts twice instead of as anchors."""

    def ignore_aliases(self, _data: object) -> bool:
        return True
