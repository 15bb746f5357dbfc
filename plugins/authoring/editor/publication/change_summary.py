"""Describe the changes that readers will see after a publication."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from plugins.authoring.editor.form.labels import label
from plugins.authoring.editor.form.source_text import SourceText
from plugins.authoring.editor.publication.diff import Row, side_by_side
from plugins.base.positions import Value
from plugins.base.terminal import pluralise

_PARAGRAPHS = re.compile(r"\n[ \t]*\n+")
#: Fields that publishing sets.
_SET = frozenset({"status", "published", "id"})


def change_summary(before: SourceText | None, after: SourceText) -> str:
    """Return the changes for readers, in words.

    Args:
        before: the last committed version, or None.
        after: the version to publish.
    """
    old = (before.values or {}) if before else {}
    new = after.values or {}
    if before is None or old.get("status") != "published":
        return f"Readers have not seen it before. It has {pluralise(len(after.body.split()), 'word')}."
    fields = [label(name) for name in _changed_fields(old, new)]
    parts = [f"these fields change: {', '.join(f'“{one}”' for one in fields)}"] if fields else []
    parts += _of_text(_paragraphs(before.body), _paragraphs(after.body))
    if not parts:
        return "It is published already, as it is here: nothing is different."
    return f"It is published already. For readers, {'; '.join(parts)}."


def change_rows(before: SourceText, after: SourceText) -> list[Row]:
    """Return the rows of ``side_by_side`` for readers: of the fields that change and hold a text, and of the body."""
    old, new = before.values or {}, after.values or {}
    changes = [(name, old.get(name), new.get(name)) for name in _changed_fields(old, new)]
    rows: list[Row] = [
        ("changed", _shown(name, was), _shown(name, becomes))
        for name, was, becomes in changes
        if isinstance(was or becomes, str)
    ]
    return rows + (side_by_side(before.body, after.body) if before.body != after.body else [])


def _shown(name: str, value: Value) -> str:
    return f"{label(name)}: {value}" if isinstance(value, str) else ""


def _changed_fields(old: Mapping[str, Value], new: Mapping[str, Value]) -> list[str]:
    return [name for name in dict.fromkeys((*new, *old)) if name not in _SET and new.get(name) != old.get(name)]


def _of_text(old: Sequence[str], new: Sequence[str]) -> list[str]:
    added = removed = changed = 0
    for tag, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            both = min(last - first, new_last - new_first)
            changed += both
            added += new_last - new_first - both
            removed += last - first - both
    counts = [(changed, "changed"), (added, "added"), (removed, "taken out")]
    counted = [f"{pluralise(count, 'paragraph')} {done}" for count, done in counts if count]
    return [f"in the text, {' and '.join(counted)}"] if counted else []


def _paragraphs(body: str) -> list[str]:
    return [part for part in _PARAGRAPHS.split(body) if part.strip()]
