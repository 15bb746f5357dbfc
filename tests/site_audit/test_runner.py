"""Test the audit on the real site, and the output of its command."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest

from plugins.link_check.built_site import BuiltPage, BuiltSite, SiteNotFoundError
from tests.site_audit.command import audit
from tests.site_audit.faults import ARTICLE, HELP
from tests.site_audit.pages import page_type, sample, select
from tests.site_audit.rules import RULES, UnknownRuleError, chosen
from tests.site_audit.tools import Tools
from tests.sites.building import CONTENT, Built, build_here

#: One chapter of the handbook of each kind: prose, examples of blocks, tables.
CHAPTERS = frozenset({"/handbook/", "/handbook/blocks/", "/handbook/problems/", "/handbook/more-problems/"})
#: Rules whose figures depend on how busy the machine is. `inv audit` measures them.
_TIMED = frozenset({"largest-paint", "blocking-time"})


def report(site: Path, tools: Tools, to: Path, **options: object) -> dict[str, Any]:
    """Run the audit, and return its report."""
    with contextlib.suppress(SystemExit):
        audit(str(site), tools=tools, json=str(to), **options)  # type: ignore[arg-type]
    found: dict[str, Any] = json.loads(to.read_text(encoding="utf-8"))
    return found


@pytest.mark.deep
def test_the_whole_site_keeps_the_quick_rules(real: Built, tools: Tools, tmp_path: Path) -> None:
    """Every page for readers, and some chapters of the handbook, keep the quick rules."""
    addresses = [f"/{path.removesuffix('index.html')}" for path in real.html_files()]
    pages = [address for address in addresses if not address.startswith("/handbook/") or address in CHAPTERS]
    found = report(real.output, tools, tmp_path / "report.json", pages=",".join(pages), quick=True)
    assert found["violations"] == []
    assert len(found["pages"]) == len(pages) > len(CHAPTERS)


@pytest.mark.deep
def test_the_pages_of_letters_keep_the_quick_rules(tools: Tools, tmp_path: Path) -> None:
    """The search page and the letter pages of a site with a long A to Z keep the quick rules."""
    site = build_here(CONTENT, tmp_path / "site", SEARCH_LIST_LIMIT=5)
    pages = "/search/,/search/a/,/search/s/,/search/s/page/2/"
    found = report(site.output, tools, tmp_path / "report.json", pages=pages, quick=True)
    assert found["violations"] == []
    assert len(found["pages"]) == pages.count(",") + 1


@pytest.mark.deep
def test_a_sample_keeps_the_heavy_rules(real: Built, tools: Tools, tmp_path: Path) -> None:
    """An article and the help page have no violation in Lighthouse and Firefox, apart from times."""
    names = ",".join(
        rule.name for rule in RULES if rule.engine in {"lighthouse", "firefox"} and rule.name not in _TIMED
    )
    found = report(real.output, tools, tmp_path / "report.json", pages=f"{ARTICLE},{HELP}", only=names)
    assert [violation for violation in found["violations"] if violation["element"] != "performance"] == []
    assert found["heavy_pages"] == [ARTICLE, HELP]


def test_a_page_that_keeps_its_rules_is_said_to(real: Built, tools: Tools, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a violation, the command prints the number of pages and ends with status 0."""
    audit(str(real.output), tools=tools, pages=HELP, only="unique-title, help-link")
    assert capsys.readouterr().out == "1 page, 2 rules: all kept.\n"


def test_a_violation_is_one_line(real: Built, tools: Tools, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A violation is one line of page, rule, element and detail, and is also in the report."""
    (tmp_path / "index.html").write_text('<title>x</title><main><a href="/nowhere/">x</a></main>', encoding="utf-8")
    with pytest.raises(SystemExit) as stop:
        audit(str(tmp_path), tools=tools, only="broken-link", json=str(tmp_path / "report.json"))
    assert stop.value.code == 1
    assert capsys.readouterr().out.splitlines() == [
        "/  broken-link  a[href=/nowhere/]  there is no such file",
        "1 page, 1 rule: 1 violation.",
    ]
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert told["violations"] == [
        {"page": "/", "rule": "broken-link", "element": "a[href=/nowhere/]", "detail": "there is no such file"}
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"output": "nowhere"}, "error: there is no site in .*nowhere/. Build it first, with  inv build"),
        ({"pages": "/nowhere/"}, "error: there is no page at /nowhere/"),
        ({"only": "no-such-rule"}, "error: there is no rule called no-such-rule. The rules are: page-bytes, "),
    ],
)
def test_what_cannot_be_checked_is_said(options: dict[str, str], said: str, real: Built, tools: Tools) -> None:
    """A missing folder, page or rule is an error with advice."""
    with pytest.raises(SystemExit, match=said):
        audit(**{"output": str(real.output), "tools": tools, **options})  # type: ignore[arg-type]


def test_rules_have_names_of_their_own() -> None:
    """The names of rules are unique, and each rule has a sentence."""
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert all(rule.says and not rule.says.endswith(".") for rule in RULES)
    assert chosen([]) == RULES
    assert [rule.name for rule in chosen(["nu", "axe"])] == ["axe", "nu"]
    with pytest.raises(UnknownRuleError):
        chosen(["nothing"])


@pytest.mark.parametrize(
    ("path", "address", "kind"),
    [
        ("index.html", "/", ""),
        ("404.html", "/404.html", "404.html"),
        ("help/index.html", "/help/", "help"),
        ("articles/one/index.html", "/articles/one/", "articles/*"),
        ("articles/page/2/index.html", "/articles/page/2/", "articles/page/*"),
    ],
)
def test_pages_know_their_type(path: str, address: str, kind: str) -> None:
    """Pages on one level of one section have the same type."""
    page = BuiltPage(path, b"<p>x</p>")
    assert (page.address, page_type(page)) == (address, kind)


def test_a_sample_has_one_page_of_each_type(real: Built) -> None:
    """The sample has the largest page of each type once."""
    site = BuiltSite(real.output)
    types = [page_type(page) for page in sample(site.pages)]
    assert set(types) == {page_type(page) for page in site.pages}
    assert len(types) == len(set(types))
    with pytest.raises(SiteNotFoundError):
        select(site, ["/nowhere/"])


def test_a_site_below_a_path_is_checked(below: Built, tools: Tools) -> None:
    """A site below a path is served and checked below that path."""
    audit(str(below.output), tools=tools, pages=HELP, only="request-failed,console-error,csp,broken-link,reflow")
