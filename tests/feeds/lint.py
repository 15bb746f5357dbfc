"""Check the feeds of a built site against all rules.

Each rule has a name. ``test_lint.py`` breaks each rule in a copy of a built site and expects its name.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from tests.feeds.feed_rules import FEED_RULES
from tests.feeds.item_rules import ITEM_RULES
from tests.feeds.published import Published
from tests.feeds.site_rules import SITE_RULES

RULES = (*FEED_RULES, *ITEM_RULES, *SITE_RULES)


class Violation(Struct, frozen=True):
    """A broken rule."""

    rule: str
    path: str
    detail: str


def lint(site: Published) -> list[Violation]:
    """Return every violation in the feeds of ``site``."""
    violations: list[Violation] = []
    for feed in site.feeds:
        for name, feed_rule in FEED_RULES.items():
            violations += [Violation(name, feed.path, detail) for detail in feed_rule(site, feed)]
        for name, item_rule in ITEM_RULES.items():
            for item in feed.items:
                violations += [
                    Violation(name, feed.path, f"{item.id}: {detail}") for detail in item_rule(site, feed, item)
                ]
    for name, site_rule in SITE_RULES.items():
        violations += [Violation(name, path, detail) for path, detail in site_rule(site)]
    return violations


def names(violations: Iterable[Violation]) -> set[str]:
    """Return the names of the broken rules."""
    return {violation.rule for violation in violations}
