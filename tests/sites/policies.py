"""Parse Content-Security-Policies."""

from __future__ import annotations


def directives(policy: str) -> dict[str, list[str]]:
    """Return the sources of each directive of ``policy``, which has no duplicates."""
    found: dict[str, list[str]] = {}
    for part in policy.split(";"):
        name, *sources = part.split()
        assert name not in found
        found[name] = sources
    return found
