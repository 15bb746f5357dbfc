"""Write one value of front matter as YAML, in the style of the value that it replaces."""

from __future__ import annotations

import re

import yaml

from plugins.authoring.new.templates import quoted

#: Values that never need quotation marks: names, dates, file names and addresses.
_BARE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]*|https?://[A-Za-z0-9_./?=&%~+-]+")


def written(value: str, style: str | None = None) -> str:
    """Return ``value`` as a YAML scalar on one line.

    Args:
        value: the text.
        style: of the value that it replaces: ``"``, ``'``, or "" for none. None for a new value, which gets quotation
            marks unless it is a plain name, a date or an address.
    """
    if style == "'" and "\n" not in value and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if style == "" and _is_plain(value):
        return value
    if style is None and _BARE.fullmatch(value) and _is_plain(value):
        return value
    return quoted(value)


def _is_plain(value: str) -> bool:
    """Tell whether YAML reads ``value`` without quotation marks as the same text, also in a flow list."""
    if not value or value != value.strip() or not value.isprintable():
        return False
    try:
        node = yaml.compose(f"a: [{value}]\nb: {value}\n", Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return False
    found = [part.value for _, part in node.value] if isinstance(node, yaml.MappingNode) else []
    if len(found) != 2 or not isinstance(found[0], list) or len(found[0]) != 1:  # noqa: PLR2004 - the two above
        return False
    item = found[0][0]
    return isinstance(item, yaml.ScalarNode) and item.value == value and found[1] == value
