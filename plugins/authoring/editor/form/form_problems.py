"""Assign each problem to a field or word of the form, and find the problems with a safe fix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from plugins.authoring.editor.form.source_text import SourceText
from plugins.base.positions import FieldPath, Positions
from plugins.base.problem import Position, Problem
from plugins.content_model.yaml_reader import YamlError, read_yaml

#: A word, or another run of characters.
_WORD = re.compile(r"[^\W_](?:[\w’'-]*[^\W_])?|\S{1,60}")

#: The name of the field that a problem reports as missing.
_MISSING = re.compile(r"`(\w+)`")
#: A hint that offers exactly one replacement.
_REPLACEMENT = re.compile(r"write “([^”]+)”(?=;|$)")
_FILL_IN = ("this cannot stay empty", "fill it in")


class FormProblem(Struct, frozen=True):
    """A problem at its place in the form.

    Attributes:
        name: permanent name of the kind of problem.
        severity: error, warning or advice.
        message: what is wrong.
        hint: what to do.
        way: path of the field, for example ``("sources", 0, "url")``. Empty for the text or the whole file.
        line: in the text, from 1. 0 for a field or the whole file.
        column: from 1.
        word: the word at this position.
        replacement: the text to write for ``word``, or "" unless the hint offers exactly one.
        fixes: True if there is a safe fix.
    """

    name: str
    severity: str
    message: str
    hint: str
    way: FieldPath = ()
    line: int = 0
    column: int = 0
    word: str = ""
    replacement: str = ""
    fixes: bool = False


def locate_problems(source: SourceText, problems: Iterable[Problem], mended: str = "") -> list[FormProblem]:
    """Return ``problems`` of the file ``source``, each with its place in the form.

    Args:
        source: the file.
        problems: what is wrong with it.
        mended: the text after all safe fixes, or "" if unknown.
    """
    lines = source.text.split("\n")
    changed = _changes(lines, mended.split("\n")) if mended else {}
    positions = _positions(source)
    return [_located(problem, source, lines, positions, changed) for problem in problems]


def fix_line(text: str, mended: str, line: int) -> str:
    """Return ``text`` with only the change of ``mended`` at ``line`` (from 1)."""
    old, new = text.split("\n"), mended.split("\n")
    made: list[str] = []
    for tag, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        is_meant = tag != "equal" and _covers(first, last, line)
        if is_meant and tag == "replace" and last - first == new_last - new_first:
            # Fixes of neighbouring lines are not applied.
            pairs = zip(range(first, last), range(new_first, new_last), strict=True)
            made += [new[there] if here == line - 1 else old[here] for here, there in pairs]
        else:
            made += new[new_first:new_last] if is_meant else old[first:last]
    return "\n".join(made)


def _covers(first: int, last: int, line: int) -> bool:
    return first <= line - 1 < last or (first == last == line - 1)


def _changes(old: Sequence[str], new: Sequence[str]) -> dict[int, str]:
    """Return the changed lines (from 1) with their new text, or "" for added and removed lines."""
    found: dict[int, str] = {}
    for tag, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace" and last - first == new_last - new_first:
            found |= dict(zip(range(first + 1, last + 1), new[new_first:new_last], strict=True))
        elif tag != "equal":
            found |= dict.fromkeys(range(first + 1, max(last, first + 1) + 1), "")
    return found


def _touches(before: str, after: str, column: int, word: str) -> bool:
    """Tell whether a change of a line affects the word at ``column``, because a line may have several problems."""
    if not after or not word:
        return True
    start, end = column - 1, column - 1 + len(word)
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return any(tag != "equal" and first <= end and start <= last for tag, first, last, _, _ in codes)


def _positions(source: SourceText) -> Positions:
    if source.values is None:
        return Positions()
    try:
        return read_yaml(source.front_matter, "", first_line=2).positions
    except YamlError:
        return Positions()


def _located(
    problem: Problem, source: SourceText, lines: Sequence[str], positions: Positions, changed: Mapping[int, str]
) -> FormProblem:
    position = problem.position
    way, line, column, word = _way(position, positions), 0, 0, ""
    here = lines[position.line - 1] if position.line <= len(lines) else ""
    if source.values is not None and position.line >= source.first_line:
        way, line, column = (), position.line - source.first_line + 1, position.column
        word = _word(here, position.column)
    missing = _MISSING.search(problem.message) if problem.name == "missing-field" else None
    if missing is not None and not line:
        # The message of the file asks for a line. In the form, a field has to be filled in.
        return FormProblem(problem.name, problem.severity.value, *_FILL_IN, way=(*way, missing[1]))
    offered = _REPLACEMENT.match(problem.hint) if word else None
    return FormProblem(
        problem.name, problem.severity.value, problem.message, problem.hint, way, line, column, word,
        replacement=offered[1] if offered else "",
        fixes=position.line in changed and _touches(here, changed[position.line], position.column, word),
    )  # fmt: skip


def _way(position: Position, positions: Positions) -> FieldPath:
    """Return the field whose name or value is at ``position``, or the last one that begins before it."""
    exact = [way for way, at in positions.values.items() if at == position]
    exact += [way for way, at in positions.keys.items() if at == position]
    if exact:
        return max(exact, key=len)
    if position.line <= 1:
        return ()
    before = [(at, len(way), way) for way, at in positions.values.items() if at <= position and way]
    before += [(at, len(way), way) for way, at in positions.keys.items() if at <= position]
    return max(before, key=lambda one: one[:2])[2] if before else ()


def _word(line: str, column: int) -> str:
    rest = line[column - 1 :]
    found = _WORD.match(rest)
    return found[0] if found else ""
