"""Test that ``docs/reference`` describes every command and every setting of the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import reference
from tests.authoring.cli.commands import commands, options


@pytest.mark.parametrize("name", ["commands.md", "settings.md"])
def test_the_reference_is_current(name: str) -> None:
    """Each page equals the output of ``python -m tests.reference``."""
    assert (reference.FOLDER / name).read_text(encoding="utf-8") == reference.pages()[name]


def test_every_command_and_option_has_a_row() -> None:
    """Each command has a heading, and each of its options a row with a meaning."""
    sections = dict(
        section.split("\n", maxsplit=1) for section in reference.pages()["commands.md"].split("\n### inv ")[1:]
    )
    assert set(sections) == set(commands())
    for name, section in sections.items():
        rows = [line for line in section.splitlines() if line.startswith("| `--")]
        assert {row.split("`")[1].removeprefix("--") for row in rows} <= options(name)
        assert len(rows) == len(commands()[name])
        assert all(row.split(" | ")[-1].strip(" |") for row in rows), name


def test_every_setting_has_a_meaning() -> None:
    """Each setting has a comment, or shares the comment above a row of settings that are off."""
    rows = [line.split(" | ") for line in reference.pages()["settings.md"].splitlines() if line.startswith("| `")]
    named = [name.strip("`| ") for row in rows for name in row[0].split(",")]
    settings = [*reference.settings_in(reference.DEFAULTS)]
    assert named[: len(settings)] == [setting.name for setting in settings]
    assert all(row[2] for row in rows)
    assert all("FEED" in row[0] for row in rows if "," in row[0])


def test_settings_are_read_from_a_file(tmp_path: Path) -> None:
    """Groups begin after blank lines; the comment above or behind a setting is its meaning."""
    file = tmp_path / "conf.py"
    file.write_text(
        '"""Settings."""\n\nimport os\n\n# First group\nA = 1  # one\n# Two\n# lines.\nB: int = 2\n'
        "\nC = [\n    3,  # no\n]\n\n# Second group\n# Four.\nD = 4\nlower = os\n",
        encoding="utf-8",
    )
    assert list(reference.settings_in(file)) == [
        reference.Setting("First group", "A", "1", "one"),
        reference.Setting("First group", "B", "2", "Two lines."),
        reference.Setting("First group", "C", "[\n    3,  # no\n]", ""),
        reference.Setting("Second group", "D", "4", "Four."),
    ]
