"""Read the register of withdrawn entries, and append to it as text so that comments and order stay."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from plugins.base.line_ends import unix_line_ends
from plugins.base.positions import Positions, Value
from plugins.base.problem import Problem
from plugins.content_model.tombstone import Tombstone
from plugins.content_model.validation import validate
from plugins.content_model.yaml_reader import YamlError, read_yaml
from plugins.stories.lookup import StoryError

_PATH = "register/withdrawn.yaml"
_HEAD = """\
# What was withdrawn. Written by  inv withdraw;  nothing here is ever deleted: it keeps what was taken back from being
# published again, lets its address say that it is gone, and lets feeds take back what they sent.

"""
_PLAIN = re.compile(r"[\w/][\w/.~-]*")


def read_tombstones(file: Path) -> list[Tombstone]:
    """Return the tombstones of the register ``file``, which may be missing.

    Raises:
        StoryError: if it cannot be read.
    """
    if not file.exists():
        return []
    stones: list[Tombstone] = []
    items, positions = _items(file.read_text(encoding="utf-8"))
    for number, item in enumerate(items):
        stone, problems = validate(Tombstone, item, positions=positions, path=_PATH, at=(number,))
        if stone is None:
            raise _register_error(problems[0])
        stones.append(stone)
    return stones


def with_tombstone(text: str, fields: Mapping[str, str | list[str]]) -> str:
    """Return the register ``text`` with one more tombstone at its end, and nothing else changed.

    Raises:
        StoryError: if its layout cannot be edited safely.
    """
    before, positions = _items(text)
    if not before:
        text = _HEAD if not text.strip(" \r\n[]") else re.sub(r"^\s*\[\s*\]\s*$", "", text, flags=re.MULTILINE)
    column = positions.of((0,)).column if before else 3
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = [f"{name}: {_scalar(value)}" for name, value in fields.items()]
    margin = " " * (column - 3)
    item = ending.join((f"{margin}- {lines[0]}", *(f"{margin}  {line}" for line in lines[1:]))) + ending
    gap = "" if not text or text.endswith("\n") else ending
    blank = ending if before and re.search(r"\n[^\S\n]*\r?\n\s*- ", text) else ""
    made = f"{text}{gap}{blank}{item}"
    try:
        after = _items(made)[0]
    except StoryError:
        after = []
    if after != [*before, dict(fields)]:
        raise StoryError(
            f"{_PATH} is laid out in a way that cannot be added to safely; write it as a list with one item after each "
            "dash and nothing behind it, and run this again"
        )
    return made


def _items(text: str) -> tuple[list[Value], Positions]:
    try:
        document = read_yaml(unix_line_ends(text), _PATH)
    except YamlError as fault:
        raise _register_error(fault.problems[0]) from fault
    items = document.value if document.value is not None else []
    if not isinstance(items, list):
        raise StoryError(f"{_PATH} is not a list; mend it first: begin each item with  - id: ...")
    return items, document.positions


def _register_error(problem: Problem) -> StoryError:
    return StoryError(f"{_PATH}:{problem.position.line}: {problem.message}; mend it first: {problem.hint}")


def _scalar(value: str | list[str]) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_scalar, value))}]"
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
