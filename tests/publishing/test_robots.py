"""Test ``robots.txt``."""

from __future__ import annotations

import re
from urllib.robotparser import RobotFileParser

from tests.sites.building import Built


def test_everything_may_be_read(built: Built) -> None:
    """No page is disallowed, because a crawler must read a page to see its ``noindex``."""
    rules = RobotFileParser()
    rules.parse(built.text("robots.txt").splitlines())
    for path in built.files():
        assert rules.can_fetch("Anybody", f"{built.url}/{path}")


def test_the_map_is_named(built: Built) -> None:
    """The file has the absolute URL of the sitemap, and the sitemap exists."""
    (address,) = re.findall(r"(?m)^Sitemap: (\S+)$", built.text("robots.txt"))
    assert (built.output / address.removeprefix(f"{built.url}/")).is_file()
