"""Mending: the changes to a file that need nobody's judgement.

Each takes the whole file and gives it back, changed or not. What a change is for is a problem that the check names; a
change that does not make that problem go is not made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from plugins.content_model.entry import Entry
from plugins.content_model.fences import FENCE, Split, split
from plugins.content_model.line import FOREIGN_BULLETS, Kind, Line
from plugins.content_model.loader import parse_entry
from plugins.proofing.findings import Proofs
from plugins.proofing.list_layout import is_shallow
from plugins.proofing.people_first import Terms
from plugins.proofing.quotation_marks import straightened
from plugins.proofing.spelling import Slip

Outline = Callable[[str], Sequence[Line]]
#: Steps that uncover others are few: a file has two fences.
_ROUNDS = 4
_FOREIGN_BULLET = re.compile(rf"^(\s*(?:>\s?)*)[{''.join(FOREIGN_BULLETS)}]\s*")
_FIELD = re.compile(r"^(?P<name>\s*(?:- +)?[\w]+:)[ \t]+(?P<value>[^\s\"'].*?)[ \t]*$")


def mended(text: str, path: str, kind: type[Entry], outline: Outline, american: Iterable[Slip] = ()) -> str:
    """Return the file ``text`` with all that is safe to mend mended.

    Args:
        text: the whole file.
        path: its name, relative to the content folder.
        kind: what it holds.
        outline: reads Markdown.
        american: the American spellings found in ``text``.
    """
    text = _british(text, american)
    for _ in range(_ROUNDS):
        before = text
        for name, step in (
            ("broken-fence", _fence),
            ("text-before-fence", _fence),
            ("tab-indent", _front_matter(_spaces)),
            ("curly-quotes", _front_matter(straightened)),
            ("unknown-field", _front_matter(straightened)),
            ("colon-in-text", _front_matter(_with_quotes)),
            ("foreign-bullet", lambda text, _: _bullets(text, outline)),
            ("list-without-gap", lambda text, _: _gaps(text, outline)),
            ("shallow-list", lambda text, _: _nested(text, outline)),
        ):
            text = _kept(text, step(text, path), name, path, kind, outline)
        if text == before:
            return text
    return text


def _kept(before: str, after: str, name: str, path: str, kind: type[Entry], outline: Outline) -> str:
    """Return ``after`` if the problem ``name`` is in fewer places there, else ``before``."""
    if after == before:
        return before
    then, now = (Counter(_told(text, path, kind, outline)) for text in (before, after))
    return after if now[name] < then[name] else before


def _told(text: str, path: str, kind: type[Entry], outline: Outline) -> Iterator[str]:
    """Yield the names of what can be said of one file by itself, once for each place."""
    entry, problems = parse_entry(text, path, kind)
    yield from (problem.name for problem in problems)
    if entry is not None:
        yield from (problem.name for problem in Proofs.of(entry, outline).findings(Terms({})))
        # Stands in for the check of Markdown, which tells of such bullets wherever a body is rendered.
        for line in outline(entry.source.body):
            if line.kind is Kind.TEXT and _FOREIGN_BULLET.match(line.source):
                yield "foreign-bullet"


def _british(text: str, american: Iterable[Slip]) -> str:
    lines = text.split("\n")
    for slip in sorted(american, key=lambda slip: slip.position, reverse=True):
        line, at = lines[slip.position.line - 1], slip.position.column - 1
        if slip.american and len(slip.corrections) == 1 and line[at : at + len(slip.word)] == slip.word:
            lines[slip.position.line - 1] = line[:at] + slip.corrections[0] + line[at + len(slip.word) :]
    return "\n".join(lines)


def _fence(text: str, path: str) -> str:
    """Write the fence that is not one as three hyphens, and nothing above the first."""
    problem = split(text, path)
    if isinstance(problem, Split):
        return text
    lines = text.split("\n")
    if problem.name == "text-before-fence":
        return text.lstrip("\ufeff \t\n")
    if problem.name == "broken-fence":
        lines[problem.position.line - 1] = FENCE
    return "\n".join(lines)


def _front_matter(change: Callable[[str], str]) -> Callable[[str, str], str]:
    """Return a step that makes ``change`` to each line between the fences."""

    def step(text: str, path: str) -> str:
        parts = split(text, path)
        if not isinstance(parts, Split):
            return text
        lines = text.split("\n")
        end = parts.body_line - 2
        return "\n".join([lines[0], *map(change, lines[1:end]), *lines[end:]])

    return step


def _spaces(line: str) -> str:
    """Write two spaces for each tab before the first word."""
    indent = line[: len(line) - len(line.lstrip())]
    return indent.replace("\t", "  ") + line[len(indent) :]


def _with_quotes(line: str) -> str:
    """Put a value that holds a second colon in double quotation marks."""
    found = _FIELD.match(line)
    if not found or ": " not in f"{found['value']} " or found["value"][0] in "[{|>&*!%@`#":
        return line
    value = found["value"].replace("\\", "\\\\").replace('"', '\\"')
    return f'{found["name"]} "{value}"'


def _body(text: str, change: Callable[[str], str]) -> str:
    parts = split(text, "")
    if not isinstance(parts, Split):
        return text
    return text[: len(text) - len(parts.body)] + change(parts.body)


def _bullets(text: str, outline: Outline) -> str:
    return _body(
        text,
        lambda body: "\n".join(
            _FOREIGN_BULLET.sub(r"\1- ", line.source) if line.kind is Kind.TEXT else line.source
            for line in outline(body)
        ),
    )


def _gaps(text: str, outline: Outline) -> str:
    def change(body: str) -> str:
        lines: list[str] = []
        for line in outline(body):
            if line.kind is Kind.ITEM and line.gap is not None:
                lines.append(line.gap)
            lines.append(line.source)
        return "\n".join(lines)

    return _body(text, change)


def _nested(text: str, outline: Outline) -> str:
    """Indent each item of a nested list, and what belongs to it, by four spaces a level."""

    def change(body: str) -> str:
        lines = outline(body)
        if not any(map(is_shallow, lines)):
            return body
        return "\n".join(_indented(line) for line in lines)

    return _body(text, change)


def _indented(line: Line) -> str:
    if line.prefix or not line.depth or line.indent is None or line.kind not in {Kind.ITEM, Kind.TEXT}:
        return line.source
    return " " * line.indent + line.source.lstrip()
