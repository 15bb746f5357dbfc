"""Write ``docs/reference`` from the code: ``python -m tests.reference``.

``commands.md`` comes from the tasks of ``tasks.py`` and ``settings.md`` from the comments of
``plugins/engine/default_settings.py`` and the classes of settings. ``tests/test_reference.py`` fails when a page is
out of date.
"""

from __future__ import annotations

import ast
import inspect
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import takewhile
from pathlib import Path

from invoke.parser.argument import Argument
from msgspec import Struct
from pelican.settings import DEFAULT_CONFIG

import tasks
from plugins.authoring.cli.job import CommandTask
from plugins.authoring.cli.listing import HEADINGS
from tests.authoring.cli.commands import commands

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
#: The file with every setting.
DEFAULTS = ROOT / "plugins" / "engine" / "default_settings.py"
_MADE_BY = "<!-- Written by `python -m tests.reference` from the code. Do not edit. -->"
#: The length of the longest default in a table.
_LONGEST = 70
#: An entry of a section "Attributes" that begins with the name of a setting.
_ATTRIBUTE = re.compile(r"^\w+: ``([A-Z_]+)``, (.+)")


class Setting(Struct, frozen=True):
    """One assignment of a settings file.

    Attributes:
        group: the heading above it.
        name: its name.
        value: its value as written.
        meaning: the comment behind it, or right above it; "" for none.
    """

    group: str
    name: str
    value: str
    meaning: str


def pages() -> dict[str, str]:
    """Return the text of each page of the reference by the name of its file."""
    return {"commands.md": _commands_page(), "settings.md": _settings_page()}


def write() -> None:
    """Write the pages."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def _commands_page() -> str:
    jobs = [task for task in vars(tasks).values() if isinstance(task, CommandTask)]
    lines = ["# Commands", "", _MADE_BY, "", "`inv NAME --help` shows the same text as this page.", ""]
    for group, heading in HEADINGS.items():
        lines += [f"## {heading}", ""]
        for job in jobs:
            if job.group == group:
                lines += [*_command(job, commands()[job.name]), ""]
    return "\n".join(lines)


def _command(job: CommandTask, arguments: tuple[Argument, ...]) -> Iterator[str]:
    text, _, example = (inspect.getdoc(job) or "").partition("Example: ")
    yield from (f"### inv {job.name}", "", text.strip(), "", "```sh", f".venv/bin/{example.strip()}", "```")
    if job.needs:
        yield from ("", f"Needs the extra `{job.needs}` of `pyproject.toml`.")
    if arguments:
        yield from ("", "| option | default | meaning |", "|---|---|---|")
    for argument in arguments:
        option = f"`--{str(argument.name).replace('_', '-')}`"
        if argument.positional or argument.name == job.words:
            option += ", or alone"
        default = "required" if argument.positional else _shown(argument.default)
        yield f"| {option} | {default} | {_cell(argument.help)} |"


def _shown(default: object) -> str:
    """Return the default of an option for a cell of a table, with paths relative to the project."""
    if isinstance(default, bool):
        return "off"
    return (
        f"`{str(default).removeprefix(f'{ROOT}{os.sep}')}`" if isinstance(default, int | str) and default != "" else ""
    )


def settings_in(file: Path) -> Iterator[Setting]:
    """Yield the settings of ``file`` in order.

    A comment after a blank line begins a group and is its heading. A comment behind a setting, or on the lines above
    it, is its meaning.
    """
    source = file.read_text(encoding="utf-8")
    lines = ["", *source.splitlines()]
    group = ""
    end = 0
    for node in ast.parse(source).body:
        above = list(takewhile(lambda line: line.startswith("#"), reversed(lines[end + 1 : node.lineno])))[::-1]
        starts_group = above and not lines[node.lineno - len(above) - 1]
        end = node.end_lineno or node.lineno
        if starts_group:
            group = above.pop(0).removeprefix("# ")
        target = node.target if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [None])[0]
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None or not isinstance(target, ast.Name):
            continue
        behind = lines[end][node.end_col_offset or 0 :].strip()
        if group and target.id.isupper():
            comment = [behind] if behind else above
            meaning = " ".join(line.removeprefix("#").strip() for line in comment)
            yield Setting(group, target.id, ast.get_source_segment(source, node.value) or "", meaning)


@cache
def documented() -> dict[str, str]:
    """Return the settings that the classes of settings describe, with their descriptions."""
    found = {}
    for file in sorted((ROOT / "plugins").rglob("settings.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                attributes = re.sub(r"\n {4,}(?=\S)", " ", inspect.cleandoc(ast.get_docstring(node) or ""))
                for entry in re.split(r"\s(?=\w+: ``)", attributes):
                    if match := _ATTRIBUTE.match(entry):
                        found[match[1]] = match[2].replace("``", "`")
    return found


@cache
def _strings() -> Mapping[str, frozenset[str]]:
    """Return the string literals in each package of ``plugins``."""
    found: dict[str, set[str]] = {}
    for file in sorted((ROOT / "plugins").rglob("*.py")):
        package = "/".join(file.relative_to(ROOT).parts[:2])
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.setdefault(package, set()).add(node.value)
    return {package: frozenset(strings) for package, strings in found.items()}


def readers(name: str) -> list[str]:
    """Return the packages that read the setting ``name``, and Pelican if it does."""
    packages = [f"`{package}`" for package, strings in _strings().items() if name in strings]
    return [*packages, *(["Pelican"] if name in DEFAULT_CONFIG or name == "PELICAN_CLASS" else [])]


def _settings_page() -> str:
    settings = list(settings_in(DEFAULTS))
    lines = [
        "# Settings", "", _MADE_BY, "",
        "`plugins/engine/default_settings.py` sets the defaults, and `pelicanconf.py` those of the site.",
        "`publishconf.py` changes them for a release: `inv publish`, and any command with `--production`. A default",
        "that is too long for a table is shown in the file only.", "",
    ]  # fmt: skip
    for group in dict.fromkeys(setting.group for setting in settings):
        lines += [f"## {group}", "", *_table([setting for setting in settings if setting.group == group]), ""]
    known = {setting.name for setting in settings}
    rows = [Setting("", name, "", meaning) for name, meaning in documented().items() if name not in known]
    lines += ["## Set by commands", "", *_table(rows), ""]
    return "\n".join(lines)


def _table(settings: list[Setting]) -> Iterator[str]:
    yield from ("| setting | default | meaning | read by |", "|---|---|---|---|")
    known = documented()
    # Settings below one comment share a row.
    starts = [n for n, setting in enumerate(settings) if n == 0 or setting.meaning or setting.name in known]
    for start, end in zip(starts, [*starts[1:], len(settings)], strict=True):
        first, rows = settings[start], settings[start:end]
        words = _cell(first.meaning or known.get(first.name))
        names = ", ".join(f"`{setting.name}`" for setting in rows)
        read_by = dict.fromkeys(reader for setting in rows for reader in readers(setting.name))
        yield f"| {names} | {_value(first.value)} | {words} | {', '.join(read_by)} |"


def _value(value: str) -> str:
    return f"`{value}`" if value and "\n" not in value and len(value) <= _LONGEST else ""


def _cell(text: str | None) -> str:
    """Return ``text`` as a sentence in a table cell."""
    words = (text or "").replace("|", "\\|").strip()
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith('.') else '.'}" if words else ""


if __name__ == "__main__":
    write()
