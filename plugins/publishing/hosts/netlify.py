"""Netlify: its files `_headers` and `_redirects`, at the root of a release. Other hosts borrowed their form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plugins.publishing.hosts.answers import FINGERPRINTED_PLACES, FOREVER, HEADERS, POLICY, Answers
from plugins.publishing.hosts.quoting import encoded

HEADERS_PATH = "_headers"
REDIRECTS_PATH = "_redirects"

#: The headers to add to the addresses that a pattern fits.
Rules = Mapping[str, Mapping[str, str]]


def headers(answers: Answers) -> str:
    """Return the file `_headers`, with the policy of each page.

    An address that several rules fit may get a header of each. Only the policy stands in two of them, and of two
    policies a browser obeys both. What has no caching of its own is asked for anew each time, as Netlify always does.
    """
    return written({**general(answers), **policies(answers)})


def general(answers: Answers) -> Rules:
    """Return the headers of every answer, and the caching of what never changes."""
    root = encoded(answers.root)
    return {
        "/*": {**HEADERS, "Content-Security-Policy": POLICY},
        **{f"{root}/{place}": {"Cache-Control": FOREVER} for place in FINGERPRINTED_PLACES},
    }


def policies(answers: Answers) -> Rules:
    """Return the policy of each page, at the address of its file and, for a folder's page, at that of the folder."""
    rules: dict[str, Mapping[str, str]] = {}
    for page, policy in sorted(answers.policies.items()):
        address = f"/{encoded(page)}"
        rules[address] = {"Content-Security-Policy": policy}
        if address.endswith("/index.html"):
            rules[address.removesuffix("index.html")] = rules[address]
    return rules


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


def written(rules: Rules) -> str:
    """Return ``rules`` in the form of `_headers`."""
    return joined(
        line for pattern, values in rules.items() for line in (pattern, *(f"  {n}: {v}" for n, v in values.items()))
    )


def joined(lines: Iterable[str]) -> str:
    """Return ``lines`` as a text."""
    return "".join(f"{line}\n" for line in lines)
