"""Test ``robots.txt``."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from plugins.publishing.robots import robots
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


def test_nothing_may_be_trained_on(built: Built) -> None:
    """Without somebody's consent the whole site asks not to be used for training of AI."""
    root = urlsplit(built.url).path
    assert re.findall(r"(?m)^Content-Usage: (.+)$", built.text("robots.txt")) == [f"{root}/ train-ai=n"]


def test_only_the_story_of_a_narrator_who_agreed() -> None:
    """A longer path wins: a story whose narrator agreed has a line of its own, encoded and below the root."""
    text = robots("https://community.example/c/sitemap.xml", "/c", ["/stories/told/", "/stories/caf\u00e9/"])
    assert text.splitlines()[:5] == [
        "User-agent: *",
        "Allow: /",
        "Content-Usage: /c/ train-ai=n",
        "Content-Usage: /c/stories/caf%C3%A9/ train-ai=y",
        "Content-Usage: /c/stories/told/ train-ai=y",
    ]
