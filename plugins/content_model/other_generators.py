"""Recognise the field names of other site generators, and advise on the name and value to write here.

The names are those of Hugo, Jekyll, Eleventy, Ghost, exporters for WordPress, and Pelican. They are compared without
capitals, hyphens and underscores.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
#: Names in other generators, by field.
_NAMES = {
    "title": "name headline",
    "published": "date publishdate pubdate datepublished publishedat publishedon created createdat createdon",
    "updated": "lastmod modified lastmodified lastmodifiedat updatedat datemodified lastupdated",
    "summary": "description excerpt customexcerpt metadescription ogdescription abstract subtitle lead",
    "topics": "tag tags category categories keyword keywords subjects",
    "status": "draft visibility hidden",
    "image": "cover coverimage featuredimage featureimage thumbnail thumb hero heroimage banner headerimage picture",
    "slug": "permalink url link path saveas basename",
    "aliases": "redirectfrom redirects oldurls oldurl",
    "author": "authors byline creator",
    "expires": "expirydate expiredate unpublishdate expiresat",
}  # fmt: skip
_HERE = {name: field for field, names in _NAMES.items() for name in names.split()}


def own_field_name(name: str, known: Container[str]) -> str | None:
    """Return the field among ``known`` that another generator calls ``name``, or None."""
    field = _HERE.get(_plain(name))
    return field if field in known else None


def hint_for(name: str, field: str, value: object, beside: Iterable[object]) -> str:
    """Return the hint for the unknown field ``name``.

    Args:
        name: the name as written.
        field: the name of the field here.
        value: its value.
        beside: the names of all fields of the same group, in their order.
    """
    before, others = list[str](), [str(other) for other in beside]
    if name in others:
        before = others[: others.index(name)]
    if field == "slug" and field in others and isinstance(value, str) and value.startswith("/"):
        return f"`slug` is there already: if readers know the address, write  aliases: [{value}]  or take the line out"
    if field in others or any(_HERE.get(_plain(other)) == field for other in before):
        return f"add what it holds to `{field}`, which it is called here, and take the line out"
    return f"it is called `{field}` here: write  {_written(field, value)}"


def _written(field: str, value: object) -> str:
    text = value if isinstance(value, str) else ""
    if field in {"published", "expires"}:
        day = _ISO_DAY.match(text)
        return f"{field}: {day[0] if day else 'year-month-day'}"
    if field == "status":
        return f"status: {'published' if text.casefold() in {'false', 'public'} else 'draft'}"
    if field == "image":
        return f"image:  and below it, indented, the lines  file: {text or 'name.jpg'}  and  alt: what it shows"
    if field == "updated":
        return "updated:  and below it, indented, the lines  - on: year-month-day  and  what: what changed"
    if field == "slug":
        last = text.strip("/").rpartition("/")[2] or "name"
        return f"slug: {last}  for its last part; an address that it had before belongs below  aliases:"
    if field == "topics":
        return "topics:  and choose from content/register/topics.yaml"
    if field == "author":
        return "author:  and the name of one folder of content/people/"
    return f"{field}:  and leave what stands behind it"


def _plain(name: str) -> str:
    return re.sub("[-_ ]", "", name.casefold())
