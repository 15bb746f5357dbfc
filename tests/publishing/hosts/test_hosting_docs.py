"""The files of `docs/hosting` name what a release holds. That servers take them, the other tests here show."""

from __future__ import annotations

import re

import pytest

from plugins.publishing.hosts.files import files
from tests.publishing.hosts.releases import small
from tests.publishing.hosts.serving import DOCS
from tests.sites.building import ROOT

NAMES = ("Caddyfile", "nginx-site.conf", "Containerfile", "README.md")


@pytest.mark.parametrize("name", NAMES)
def test_each_file_of_a_release_that_is_named_is_there(name: str) -> None:
    """What is read from a release, every release has, at the one place that all files agree on."""
    text = (DOCS / name).read_text(encoding="utf-8")
    found = re.findall(r"/srv/help-me-stop/current/(\S+?);?$", text, re.MULTILINE)
    assert set(found) <= files(small().answers).keys()
    assert "/srv/help-me-stop/current" in text


def test_the_readme_links_to_every_file() -> None:
    """A person who reads the page finds all files, and counts right where to put the address."""
    text = (DOCS / "README.md").read_text(encoding="utf-8")
    links = set(re.findall(r"\]\(([^):]+)\)", text))
    assert links == {file.name for file in DOCS.iterdir()} - {"README.md"}
    nginx = (DOCS / "nginx-site.conf").read_text(encoding="utf-8")
    lines = [line for line in nginx.splitlines() if "community.example.org" in line and not line.startswith("#")]
    assert len(lines) == 4
    caddy = (DOCS / "Caddyfile").read_text(encoding="utf-8").splitlines()
    assert caddy[2] == "community.example.org {"


def test_the_container_copies_what_exists() -> None:
    """What the Containerfile copies and changes is there."""
    text = (DOCS / "Containerfile").read_text(encoding="utf-8")
    for source in re.findall(r"^COPY (\S+) ", text, re.MULTILINE):
        assert source == "${RELEASE}" or (ROOT / source).is_file()
    assert "community\\.example\\.org " in text
