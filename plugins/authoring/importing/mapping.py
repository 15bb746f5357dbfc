"""The mapping file, ``import.yaml``, from names of the old site to keys of this one.

The first run proposes it. Later runs keep what somebody writes in it, and add only missing names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct, field

from plugins.authoring.new.templates import quoted
from plugins.base.atomic_write import replace_bytes
from plugins.base.errors import UserError

KINDS = ("guide", "opinion", "news", "story", "page", "skip")
#: The name of the mapping for texts whose source names no author.
NOBODY_NAMED = "none named"
_SECTIONS = {
    "authors": (
        "Who wrote it: the name on the old site, then a folder of content/people/.\n"
        '# With "" the author is left to be chosen, and the site does not build until you have chosen.'
    ),
    "topics": "What it is about: a category or a tag of the old site, then keys of register/topics.yaml; [] for none.",
    "kinds": (
        "What sort of text is in a category: guide, opinion, news, story, page, or skip to leave it out.\n"
        '# With "" a text is a story when it is told in the first person, else a guide.'
    ),
    "entries": "Single texts, by the name that the report shows: guide, opinion, news, story, page or skip.",
}


class MappingError(UserError):
    """The mapping file cannot be used. The message says where, why and how to mend it."""


class NameMap(Struct):
    """The content of the mapping file.

    Attributes:
        authors: keys of people, by name.
        topics: keys of topics, by name.
        kinds: kinds of texts, by category.
        entries: kinds of single texts, by key.
    """

    authors: dict[str, str] = field(default_factory=dict)
    topics: dict[str, tuple[str, ...]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)

    def unmatched(self) -> dict[str, list[str]]:
        """Return the names of authors and topics that mean nothing on this site."""
        return {
            "authors": [name for name, key in self.authors.items() if not key],
            "topics": [name for name, keys in self.topics.items() if not keys],
        }


def read_mapping(file: Path, *, people: Iterable[str], topics: Iterable[str]) -> NameMap:
    """Read ``file``. A missing file gives an empty map.

    Raises:
        MappingError: when it cannot be parsed, or names an unknown person or topic.
    """
    if not file.exists():
        return NameMap()
    try:
        read = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else str(file)
        why = getattr(error, "problem", None) or "it is no text in UTF-8"
        raise MappingError(
            f"{where}: the mapping cannot be read ({why}); mend that line, or delete the file for a new proposal"
        ) from None
    read = read or {}
    if not isinstance(read, dict):
        raise MappingError(f"{file}: it holds no sections; delete it for a new proposal")
    for name in read:
        if name not in _SECTIONS:
            raise MappingError(f"{file}: there is no section `{name}`; the sections are: {', '.join(_SECTIONS)}")
    made = NameMap()
    known = {"people": set(people), "topics": set(topics)}
    for name, value in _section(file, read, "authors").items():
        made.authors[name] = _one_of(file, "authors", name, value, known["people"], "a folder of content/people/")
    for name, value in _section(file, read, "topics").items():
        keys = value if isinstance(value, list) else [value] if value else []
        made.topics[name] = tuple(
            _one_of(file, "topics", name, key, known["topics"], "a key of register/topics.yaml") for key in keys
        )
    for section, into in (("kinds", made.kinds), ("entries", made.entries)):
        for name, value in _section(file, read, section).items():
            into[name] = _one_of(file, section, name, value, set(KINDS), f"one of {', '.join(KINDS)}")
    return made


def _section(file: Path, read: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = read.get(name) or {}
    if not isinstance(value, dict):
        raise MappingError(f'{file}: `{name}` needs lines of the form  "name on the old site": value')
    return {str(key): one for key, one in value.items()}


def _one_of(file: Path, section: str, name: str, value: object, known: set[str], what: str) -> str:
    if value in (None, ""):
        return ""
    if not isinstance(value, str) or value not in known:
        raise MappingError(f"{file}: `{section}`, `{name}`: there is no `{value}`; write {what}")
    return value


def propose(file: Path, proposal: NameMap) -> int:
    """Add the names of ``proposal`` that ``file`` lacks. Return the number of added lines.

    Raises:
        MappingError: when its layout does not let lines be added.
    """
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    before = (yaml.safe_load(text) or {}) if text else {}
    added = 0
    for section, about in _SECTIONS.items():
        have = before.get(section) or {}
        new = {name: value for name, value in getattr(proposal, section).items() if name not in have}
        lines = "".join(f"  {quoted(name)}: {_value(value)}\n" for name, value in new.items())
        head = re.search(rf"^{section}:[ \t]*(?:\{{\}}|null|~)?[ \t]*(?:#.*)?$\n?", text, re.MULTILINE)
        if head is None and section in before:
            raise MappingError(f"{file}: `{section}` stands in one line; write each name on a line of its own below it")
        if head is None:
            text += "\n" if text else ""
            text += f"# {about}\n{section}:" + (f"\n{lines}" if lines else " {}\n")
        elif lines:
            text = f"{text[: head.start()]}{section}:\n{lines}{text[head.end() :]}"
        added += len(new)
    if added or not file.exists():
        after = yaml.safe_load(text)
        if any(
            (after.get(name) or {}).get(key) != value for name in before for key, value in (before[name] or {}).items()
        ):
            raise MappingError(
                f"{file}: names cannot be added without a change of others; delete it for a new proposal"
            )
        replace_bytes(file, text.encode())
    return added


def _value(value: object) -> str:
    return f"[{', '.join(value)}]" if isinstance(value, tuple) else quoted(str(value)) if value == "" else str(value)
