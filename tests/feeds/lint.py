"""Lint: every rule that our feeds keep, as a function from what they say to what is wrong with it.

A rule has a name. ``test_lint.py`` breaks each in a copy of a built site and expects that name to be told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.feeds.feed_rules import FEED_RULES
from tests.feeds.item_rules import ITEM_RULES
from tests.feeds.published import Published
from tests.feeds.site_rules import SITE_RULES

RULES = (*FEED_RULES, *ITEM_RULES, *SITE_RULES)


@dataclass(frozen=True)
class Found:
    """A broken rule."""

    rule: str
    path: str
    detail: str


def lint(site: Published) -> list[Found]:
    """Return everything that is wrong with the feeds of ``site``."""
    found: list[Found] = []
    for feed in site.feeds:
        for name, feed_rule in FEED_RULES.items():
            found += [Found(name, feed.path, detail) for detail in feed_rule(site, feed)]
        for name, item_rule in ITEM_RULES.items():
            for item in feed.items:
                found += [Found(name, feed.path, f"{item.id}: {detail}") for detail in item_rule(site, feed, item)]
    for name, site_rule in SITE_RULES.items():
        found += [Found(name, path, detail) for path, detail in site_rule(site)]
    return found


def names(found: Iterable[Found]) -> set[str]:
    """Return the names of the broken rules."""
    return {each.rule for each in found}
