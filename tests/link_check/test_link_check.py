"""Test the checks of links and feeds before a release."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from plugins.link_check.built_site import BuiltSite
from plugins.link_check.check import check_links
from tests.site_audit.faults import FAULTS, Fault, noise
from tests.sites.building import Built

#: The rules that stop a release.
RULES = frozenset({
    "broken-link", "broken-fragment", "third-party-reference", "noreferrer", "help-link",
    "feed-broken", "feed-address", "feed-link", "feed-id",
})  # fmt: skip
BROKEN = [fault for fault in FAULTS if fault.rule in RULES]


def test_the_site_keeps_the_rules(real: Built, capsys: pytest.CaptureFixture[str]) -> None:
    """The real site has no violations, and the command prints the number of pages."""
    check_links(str(real.output))
    assert capsys.readouterr().out.endswith(" pages: every link and feed is good.\n")


@pytest.mark.parametrize("fault", BROKEN, ids=lambda fault: f"{fault.rule}: {fault.name}")
def test_a_planted_fault_is_named(
    fault: Fault, real: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault in a page or feed gives a line with the page and the rule, and an exit status."""
    site = tmp_path / "site"
    shutil.copytree(real.output, site, copy_function=os.link)
    fault.plant(site, fault.page)
    with pytest.raises(SystemExit, match=r"^error: .* broken rule.* nothing is published$"):
        check_links(str(site))
    assert fault.rule in {line.split("  ")[1] for line in capsys.readouterr().out.splitlines()}


def test_each_rule_has_a_fault() -> None:
    """Each rule has a fault that violates it."""
    assert {fault.rule for fault in BROKEN} == RULES


def test_a_page_may_be_heavy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The limit on the bytes of a page does not apply to a release. Links do."""
    (tmp_path / "help").mkdir()
    (tmp_path / "help" / "index.html").write_text("<title>Help</title>", encoding="utf-8")
    home = f'<title>Home</title><main><a href="/help/">Help</a><p>{noise(20_000)}</p></main>'
    (tmp_path / "index.html").write_text(home, encoding="utf-8")
    check_links(str(tmp_path))
    (tmp_path / "index.html").write_text(home.replace("<p>", '<a href="/nowhere/">x</a><p>'), encoding="utf-8")
    with pytest.raises(SystemExit):
        check_links(str(tmp_path))
    assert "broken-link  a[href=/nowhere/]" in capsys.readouterr().out


def test_a_folder_without_a_site_is_an_error(tmp_path: Path) -> None:
    """An empty folder is an error."""
    with pytest.raises(SystemExit, match=r"^error: there is no site in .*Build it first, with  inv build$"):
        check_links(str(tmp_path))


def test_addresses_lead_to_files(below: Built) -> None:
    """The addresses of a site below a path lead to its files."""
    site = BuiltSite(below.output)
    home = site.page("index.html")
    assert home is not None
    assert site.root == "/a/community"
    assert site.target(home, "/a/community/help/") == "help/index.html"
    assert site.target(home, "/a/community/help") == "help/index.html"
    assert site.target(home, "help/../help/#x") == "help/index.html"
    assert site.target(home, "/help/") is None
    assert site.is_own("https://example.org/a/community/help/")
    assert not site.is_own("https://example.com/")
