"""Test a switch of releases while a server still has the rules of the older one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publishing.hosts.releases import small, write
from tests.publishing.hosts.serving import KINDS, ask, serving

pytestmark = pytest.mark.real


@pytest.mark.parametrize("kind", KINDS)
def test_rules_of_an_older_release_do_no_harm(kind: str, tmp_path: Path) -> None:
    """Before the server reloads its rules, every page is that of the live release."""
    pages = {"/help/": "help/index.html", "/nope": "404.html", "/stories/gone": "stories/gone/index.html"}
    releases = {"old": small(words="old "), "new": small(words="newer ")}
    for name, release in releases.items():
        write(release, tmp_path / name)
    current, link = tmp_path / "current", tmp_path / "next"
    current.symlink_to("old")
    with serving(kind, current) as server:
        for name in ("old", "new", "old"):
            link.symlink_to(name)
            link.replace(current)
            answers = {page: ask(server.url, address).body for address, page in pages.items()}
            assert answers == {page: releases[name].body(page) for page in pages.values()}
