"""Netlify: its files `_headers` and `_redirects`, at the root of a release. Other hosts borrowed their form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plugins.publishing.hosts.quoting import encoded
from plugins.publishing.hosts.response_rules import FINGERPRINTED_PLACES, FOREVER, HEADERS, Answers

HEADERS_PATH = "_headers"
REDIRECTS_PATH = "_redirects"


def headers(answers: Answers) -> str:
    """Return the file `_headers`: the headers of every answer, and the caching of what never changes.

    What has no caching of its own is asked for anew each time, as Netlify always does.
    """
    root = encoded(answers.root)
    rules: Mapping[str, Mapping[str, str]] = {
        "/*": HEADERS,
        **{f"{root}/{place}": {"Cache-Control": FOREVER} for place in FINGERPRINTED_PLACES},
    }
    return joined(
        line for pattern, values in rules.items() for line in (pattern, *(f"  {n}: {v}" for n, v in values.items()))
    )


def redirects(answers: Answers) -> str:
    """Return the file `_redirects`; `!` lets a rule win over a file at the same address."""
    missing = encoded(answers.missing)
    lines = [
        *(f"{encoded(address)} {encoded(target)} 301!" for address, target in sorted(answers.redirects.items())),
        *(f"{encoded(address)} /{encoded(page)} 410!" for address, page in sorted(answers.gone.items())),
        *(f"/{hidden} /{missing} 404!" for hidden in ("_hosts/*", ".htaccess")),
    ]
    # Netlify knows the page for wrong addresses by itself only at the root of the host.
    if answers.root:
        lines.append(f"/* /{missing} 404")
    return joined(lines)


def joined(lines: Iterable[str]) -> str:
    """Return ``lines`` as a text."""
    return "".join(f"{line}\n" for line in lines)
