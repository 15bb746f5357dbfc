"""What programs that read the whole site are told."""

from __future__ import annotations

import re
from urllib.robotparser import RobotFileParser

from tests.sites.building import Built


def test_everything_may_be_read(built: Built) -> None:
    """No page is forbidden to anybody: what no search may show says so itself, which only a reader of it can see."""
    rules = RobotFileParser()
    rules.parse(built.text("robots.txt").splitlines())
    for path in built.files():
        assert rules.can_fetch("Anybody", f"{built.url}/{path}")


def test_the_map_is_named(built: Built) -> None:
    """The file names the map of the site by its whole address, and the map is there."""
    (address,) = re.findall(r"(?m)^Sitemap: (\S+)$", built.text("robots.txt"))
    assert (built.output / address.removeprefix(f"{built.url}/")).is_file()
