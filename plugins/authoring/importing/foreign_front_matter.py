"""Read the front matter of other generators: YAML, TOML, JSON, and the plain lines of Pelican."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

from plugins.base.line_ends import unix_line_ends

_PELICAN = re.compile(r"(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*)+(?=\s*\n|$)")
_DAY = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})")


class FrontMatterError(ValueError):
    """The front matter cannot be read. The message says why."""


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Split ``text`` into its front matter, with lower-case field names, and the rest.

    Raises:
        FrontMatterError: when the front matter cannot be read.
    """
    text = unix_line_ends(text.removeprefix("\ufeff"))
    fenced = re.match(r"(---|\+\+\+)[ \t]*\n(.*?)^(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", text, re.DOTALL | re.MULTILINE)
    if fenced:
        form = ".yaml" if fenced[1] == "---" else ".toml"
        return read_fields(fenced[2], form, first_line=2), text[fenced.end() :]
    if text.startswith("{"):
        try:
            read, end = json.JSONDecoder().raw_decode(text)
        except ValueError as error:
            raise FrontMatterError(str(error)) from None
        return lowered(read), text[end:]
    if pelican := _PELICAN.match(text):
        return _pelican(pelican[0]), text[pelican.end() :]
    return {}, text


def read_fields(text: str, end: str, *, first_line: int = 1) -> dict[str, Any]:
    """Return the fields of ``text``, with names in lower case.

    Args:
        text: YAML, TOML or JSON.
        end: the file extension of its format.
        first_line: the number of its first line in the file, for messages.

    Raises:
        FrontMatterError: when it cannot be read.
    """
    try:
        if end == ".toml":
            return lowered(tomllib.loads(text))
        if end == ".json":
            return lowered(json.loads(text))
        return lowered(yaml.load(text, _OnlyValues))  # noqa: S506 - a subclass of the safe loader
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or str(error).split("\n")[0]
        raise FrontMatterError(f"line {mark.line + first_line}: {why}" if mark else str(why)) from None


class _OnlyValues(yaml.SafeLoader):
    """A YAML loader that refuses aliases, because nested aliases can expand without limit."""

    def compose_node(self, parent: Any, index: Any) -> Any:  # noqa: ANN401 - PyYAML's own types
        """Return the next node.

        Raises:
            yaml.YAMLError: for an alias.
        """
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.constructor.ConstructorError(None, None, "a reference with * is not read", mark)
        return super().compose_node(parent, index)


def lowered(read: object) -> dict[str, Any]:
    """Return the fields of ``read``, a mapping or None, with names in lower case.

    Raises:
        FrontMatterError: when it is something else.
    """
    if read is None:
        return {}
    if not isinstance(read, dict):
        raise FrontMatterError("it holds no fields")
    return {str(name).strip().casefold(): value for name, value in read.items()}


def _pelican(text: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for line in re.sub(r"\n[ \t]+", " ", text).splitlines():
        name, _, value = line.partition(":")
        if name.strip():
            fields[name.strip().casefold()] = value.strip()
    return fields


def first(fields: Mapping[str, Any], *names: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return the first non-empty value among the fields ``names``, or None."""
    return next((fields[name] for name in names if fields.get(name) not in (None, "", [], {})), None)


def text_of(value: object) -> str:
    """Return ``value`` as one line: the first item of a list, the name of a mapping."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = first(value, "name", "title", "url", "src", "path", "file") or ""
    return " ".join(str(value).split()) if value is not None else ""


def picture_of(value: object) -> str:
    """Return the address of a picture: ``value``, or the field of a mapping that holds one."""
    if isinstance(value, dict):
        value = first(
            lowered(value),
            "image",
            "src",
            "url",
            "path",
            "file",
            "filename",
            "relative_path",
            "teaser",
            "overlay_image",
        )
    return value.strip() if isinstance(value, str) else ""


def texts_of(value: object) -> tuple[str, ...]:
    """Return ``value`` as a list of strings: the items of a list, or a string split at commas."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list):
        value = [] if value is None else [value]
    return tuple(dict.fromkeys(found for one in value if (found := text_of(one))))


def day_of(value: object) -> dt.date | None:
    """Return ``value`` as a date, or None if it is no date with the year first."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    found = _DAY.match(str(value or ""))
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
