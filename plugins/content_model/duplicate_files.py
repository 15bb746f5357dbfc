"""Copies: files that a program made beside an entry, such as `index (1).md` and `a-walk - Copy/index.md`.

Folders in a cloud, browsers and desktops make them unasked. Both files hold the same id, so one of them has to go.
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
    """Yield ``name`` without what programs add to the name of a copy; nothing where there is no such mark."""
    folded = name.casefold()
    if folded.startswith("copy of "):
        yield name[len("copy of ") :]
    before, bracket, inside = name.removesuffix(")").rpartition("(")
    if name.endswith(")") and bracket:
        said = inside.casefold()
        if inside.strip().isdecimal() or any(word in said for word in _WORDS):
            yield before.rstrip(" -_.")
            yield from _without_mark(before.rstrip(" -_."))
    stem = name.rstrip("0123456789 ")
    for word in _WORDS:
        if stem.casefold().endswith((f" {word}", f"-{word}", f"_{word}")):
            yield stem[: -len(word)].rstrip(" -_.")
    at = max(folded.find(".sync-conflict-"), folded.find("-desktop-"), folded.find("-laptop-"))
    if at > 0:
        yield name[:at]
