"""Detect copies of entries that programs make, such as `index (1).md` and `a-walk - Copy/index.md`.

Cloud folders, browsers and file managers make them. A copy has the same id as its original.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from plugins.base.problem import Position, Problem
from plugins.content_model.entry import Entry

_WORDS = ("copy", "kopie", "copie", "conflict")


def remove_copies(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], list[Problem]]:
    """Return ``entries`` without those that are copies of others, and a problem for each copy."""
    entries = tuple(entries)
    paths: dict[str, set[str]] = {}
    for entry in entries:
        paths.setdefault(entry.id, set()).add(entry.source.path)
    kept, problems = [], []
    for entry in entries:
        same = paths[entry.id]
        first = next((path for path in _originals(entry.source.path) if path in same), None) if len(same) > 1 else None
        if first is None:
            kept.append(entry)
        else:
            problems.append(_problem(entry.source.path, first))
    return tuple(kept), problems


def _problem(path: str, original: str) -> Problem:
    return Problem(
        path,
        Position(),
        "copy-of-an-entry",
        f"the file is a copy of {original}, as programs make them: both hold the same id",
        "delete one of the two; if this one is right, give it the name of the other then",
    )


def _originals(path: str) -> Iterator[str]:
    """Yield the paths of which ``path`` may be a copy, as a file or within a copied folder."""
    parts = path.split("/")
    for number, part in enumerate(parts):
        stem, end = posixpath.splitext(part) if number == len(parts) - 1 else (part, "")
        for plain in _without_mark(stem):
            yield "/".join((*parts[:number], f"{plain}{end}", *parts[number + 1 :]))


def _without_mark(name: str) -> Iterator[str]:
    """Yield the names that ``name`` may be a copy of. A name without the marks of a copy yields nothing."""
    folded = name.casefold()
    if folded.startswith("copy of "):
        yield name[len("copy of ") :]
    before, bracket, inside = name.removesuffix(")").rpartition("(")
    is_number = inside.strip().isdecimal()
    if name.endswith(")") and bracket and (is_number or any(word in inside.casefold() for word in _WORDS)):
        yield before.rstrip(" -_.")
        yield from _without_mark(before.rstrip(" -_."))
    stem = name.rstrip("0123456789 ")
    for word in _WORDS:
        if stem.casefold().endswith((f" {word}", f"-{word}", f"_{word}")):
            yield stem[: -len(word)].rstrip(" -_.")
    at = max(folded.find(".sync-conflict-"), folded.find("-desktop-"), folded.find("-laptop-"))
    if at > 0:
        yield name[:at]
