"""Check the links and feeds of a built site for ``inv publish``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from plugins.base.progress import track
from plugins.base.terminal import pluralise
from plugins.link_check import feeds, pages
from plugins.link_check.built_site import BuiltSite, SiteNotFoundError
from plugins.link_check.violation import Violation


def check_links(output: str) -> None:
    """Check every page and feed of the site in the folder ``output``.

    Raises:
        SystemExit: with status 1 if a page or a feed breaks a rule, or there is no site.
    """
    try:
        site = BuiltSite(Path(output))
    except SiteNotFoundError as error:
        sys.exit(f"error: {error}")
    violations = sorted(set(_violations(site)))
    for violation in violations:
        print(violation)
    number = pluralise(len(site.pages), "page")
    if violations:
        sys.exit(f"error: {pluralise(len(violations), 'broken rule')} on {number}; nothing is published")
    print(f"{number}: every link and feed is good.")


def _violations(site: BuiltSite) -> Iterator[Violation]:
    for page in track(site.pages, len(site.pages), "Checking links", sys.stderr):
        yield from pages.check(site, page)
    for page in site.redirects:
        yield from pages.check_redirect(site, page)
    yield from feeds.check(site)
