"""Explaining: finds the page that a person asks about."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from plugins.content_model.permalink import file
from plugins.content_model.validation import closest_match
from plugins.engine.outputs import Output


def find(page: str, outputs: Mapping[str, Output]) -> Output | None:
    """Return the output that ``page`` names: by its address, whole or not, its file, or the file that it is made from.

    Args:
        page: what the person wrote.
        outputs: every file of the site, by path.
    """
    path = urlsplit(page).path
    for name in (path.lstrip("/"), file(path if path.startswith("/") else f"/{path}")):
        if name in outputs:
            return outputs[name]
    sources = [output for output in outputs.values() if output.path.endswith(".html")]
    return next((output for output in sources if page.endswith(output.owner.path)), None)


def close_to(page: str, outputs: Mapping[str, Output]) -> str:
    """Return the address most like ``page``, or ""."""
    addresses = ("/" + path.removesuffix("index.html") for path in outputs if path.endswith(".html"))
    return closest_match(page, addresses) or ""
