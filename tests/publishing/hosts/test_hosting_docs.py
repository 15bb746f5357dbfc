"""Test that the files of `docs/hosting` agree with releases. Other tests here run the servers with them."""

from __future__ import annotations

import re

import pytest

from plugins.engine.security_policy import page_policy
from plugins.publishing.hosts.files import files
from plugins.publishing.hosts.response_rules import HEADERS
from tests.publishing.hosts.releases import small
from tests.publishing.hosts.serving import DOCS
from tests.sites.building import ROOT
from tests.sites.policies import directives

#: The files for the site itself; ``write.Caddyfile`` is for the editor.
NAMES = ("Caddyfile", "nginx-site.conf", "Containerfile", "README.md")


@pytest.mark.parametrize("name", NAMES)
def test_each_file_of_a_release_that_is_named_is_there(name: str) -> None:
    """Every path of a release in `docs/hosting` exists in a release."""
    text = (DOCS / name).read_text(encoding="utf-8")
    found = re.findall(r"/srv/community/current/(\S+?);?$", text, re.MULTILINE)
    assert set(found) <= files(small().response_rules).keys()
    assert "/srv/community/current" in text


def test_the_readme_links_to_every_file() -> None:
    """The README links to all files, and counts the places to edit right."""
    text = (DOCS / "README.md").read_text(encoding="utf-8")
    links = set(re.findall(r"\]\(([^):]+)\)", text))
    assert links == {file.name for file in DOCS.iterdir()} - {"README.md"}
    nginx = (DOCS / "nginx-site.conf").read_text(encoding="utf-8")
    lines = [line for line in nginx.splitlines() if "community.example.org" in line and not line.startswith("#")]
    assert len(lines) == 4
    caddy = (DOCS / "Caddyfile").read_text(encoding="utf-8").splitlines()
    assert caddy[2] == "community.example.org {"


def test_the_container_copies_what_exists() -> None:
    """The files that the Containerfile copies and changes exist."""
    text = (DOCS / "Containerfile").read_text(encoding="utf-8")
    for source in re.findall(r"^COPY (\S+) ", text, re.MULTILINE):
        assert source == "${RELEASE}" or (ROOT / source).is_file()
    assert "community\\.example\\.org " in text


def test_the_answers_earn_the_points_that_the_readme_counts() -> None:
    """By the rules of Mozilla's Observatory, headers and policy lose no point and earn those in the README's table."""
    header = directives(HEADERS["Content-Security-Policy"])
    page = directives(page_policy("p{}", scripts=True))
    # The browser applies the intersection of the header's and the page's sources.
    said = {name: [source for source in sources if source in header[name]] for name, sources in page.items()}
    assert "unsafe" not in str(said)
    assert said["default-src"] == said["form-action"] == header["frame-ancestors"] == ["'none'"]
    assert HEADERS["Referrer-Policy"] == "no-referrer"
    assert HEADERS["X-Content-Type-Options"] == "nosniff"
    seconds = re.match(r"max-age=(\d+)", HEADERS["Strict-Transport-Security"])
    assert seconds
    assert int(seconds[1]) >= 15_768_000
    text = (DOCS / "README.md").read_text(encoding="utf-8")
    points = re.findall(r"^\| .* \| (\+?\d+) \|$", text, re.MULTILINE)
    assert len(points) == 10
    assert 100 + sum(map(int, points)) == 120
    assert "gives 120 points: grade A+" in text
