"""Find the output that ``--explain`` names."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from plugins.content_model.permalink import file
from plugins.content_model.validation import closest_match
from plugins.engine.outputs import Output


def find(page: str, outputs: Mapping[str, Output]) -> Output | None:
    """Return the output that ``page`` names, by its URL, path, output file or source file; None when there is none.

    Args:
        page: the value of ``--explain``.
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
