"""Write Netlify's files `_headers` and `_redirects`, whose format other hosts share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plugins.content_model.permalink import split_query
from plugins.publishing.hosts.quoting import encoded
from plugins.publishing.hosts.response_rules import FINGERPRINTED_PLACES, FOREVER, HEADERS, TRAINING, ResponseRules

HEADERS_PATH = "_headers"
REDIRECTS_PATH = "_redirects"


def headers(response_rules: ResponseRules) -> str:
    """Return the file `_headers`: the headers of every response, and the caching of fingerprinted files.

    Netlify revalidates every other file by default.
    """
    root = encoded(response_rules.root)
    rules: Mapping[str, Mapping[str, str]] = {
        "/*": HEADERS,
        **{f"{root}/{place}": {"Cache-Control": FOREVER} for place in FINGERPRINTED_PLACES},
        # Netlify joins the values of a header with a comma. In a dictionary (RFC 9651) the last value of a key counts.
        **{encoded(path): {"Content-Usage": TRAINING} for path in response_rules.trainable_paths},
    }
    return joined(
        line for pattern, values in rules.items() for line in (pattern, *(f"  {n}: {v}" for n, v in values.items()))
    )


def redirects(response_rules: ResponseRules) -> str:
    """Return the file `_redirects`. The `!` after a status makes a rule override a file at the same address."""
    missing = encoded(response_rules.missing)
    lines = [
        *(f"{_asked(address)} {encoded(target)} 301!" for address, target in sorted(response_rules.redirects.items())),
        *(f"{_asked(address)} /{encoded(page)} 410!" for address, page in sorted(response_rules.gone.items())),
        *(f"/{hidden} /{missing} 404!" for hidden in ("_hosts/*", ".htaccess")),
    ]
    # Netlify finds the 404 page by itself only at the root of the host.
    if response_rules.root:
        lines.append(f"/* /{missing} 404")
    return joined(lines)


def _asked(address: str) -> str:
    """Return what stands for ``address`` in front of its target: the path, and a parameter after a space."""
    path, query = split_query(address)
    return f"{encoded(path)} {query[1:]}".rstrip()


def joined(lines: Iterable[str]) -> str:
    """Return ``lines`` as one text, each with a line feed."""
    return "".join(f"{line}\n" for line in lines)
