"""Test the import of 200 posts up to the built site and its redirects."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
import yaml
from lxml import etree

from plugins.authoring.check.command import problems_in
from plugins.authoring.importing.command import FOLDER
from plugins.base.problem import Severity
from plugins.publishing.release.build import make_release
from tests.authoring.importing.exports import HOME, Post, write_export
from tests.authoring.importing.world import actions, bring, new_content, picture
from tests.publishing.hosts.serving import ask, serving
from tests.sites.building import AS_OF, Built, build_here
from tests.sites.writing import write

pytestmark = pytest.mark.real

_POSTS = 200
#: Posts for nginx: with each kind of old address.
_FEW = 50
_URL = "http://localhost:8000"


def _posts(count: int) -> Iterator[Post]:
    for number in range(1, count + 1):
        body = (
            f"<p>Paragraph one of post {number}, with <strong>bold</strong> words.</p>\n\n"
            f'<h2>A part</h2>\n<p>See <a href="{HOME}/?p={number % count + 1}">the next</a>.</p>\n'
            f'[caption]<img src="{HOME}/wp-content/uploads/p{number % 3}-300x200.png" alt="A picture"> '
            "A caption[/caption]"
        )
        yield Post(
            number, f"Post {number}", body, slug=f"café-{number}" if number % 50 == 0 else f"post-{number}",
            author="sam" if number % 2 else "jo", day=f"20{10 + number % 10}-0{1 + number % 9}-11 12:00:00",
            categories=("Alcohol",) if number % 3 else ("Drink",), excerpt=f"About {number}.",
            meta={"_wp_old_slug": f"former-{number}"} if number % 10 == 0 else {},
        )  # fmt: skip


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, dict[str, str]]:
    """The site of an import with an edited mapping, and the expected target of each old address."""
    return _journey(tmp_path_factory.mktemp("journey"), _POSTS)


def _journey(folder: Path, count: int) -> tuple[Built, dict[str, str]]:
    content = new_content(folder / "site" / "content")
    uploads = write(
        folder / "uploads", {f"p{number}.png": picture(colour) for number, colour in enumerate(("red", "navy", "teal"))}
    )
    export = write_export(folder / "export.xml", _posts(count), authors={"jo": "Editorial team", "sam": "Sam Example"})
    report = bring(content, export, uploads=str(uploads), keep_guids=True)
    assert actions(report) == {"new": count}
    assert all(not outcome.words["lost"] and not outcome.words["added"] for outcome in report.outcomes)
    mapping = content.parent / FOLDER / "import.yaml"
    text = mapping.read_text(encoding="utf-8")
    assert yaml.safe_load(text)["authors"] == {"Sam Example": "", "Editorial team": "editorial-team"}
    text = text.replace('"Sam Example": ""', '"Sam Example": editorial-team').replace(
        '"Drink": []', '"Drink": [alcohol]'
    )
    mapping.write_text(text, encoding="utf-8")
    report = bring(content, export, uploads=str(uploads), keep_guids=True)
    assert sum(actions(report).values()) == count
    assert set(actions(report)) == {"updated", "unchanged"}
    assert actions(bring(content, export, uploads=str(uploads), keep_guids=True)) == {"unchanged": count}
    problems = problems_in(content, as_of=AS_OF, cache=str(folder / "cache"))
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []
    old: dict[str, str] = {}
    for outcome, post in zip(report.outcomes, _posts(count), strict=True):
        file = content / outcome.path
        file.write_text(file.read_text("utf-8").replace("status: draft", "status: published"), encoding="utf-8")
        address = f"/articles/{file.parent.name}/"
        path = f"/{post.day[:4]}/{post.day[5:7]}/{post.name}/"
        old[path] = old[f"/?p={post.number}"] = address
        if post.meta:
            old[path.replace(post.name, post.meta["_wp_old_slug"])] = address
    built = build_here(content, folder / "output" / "site", url=_URL)
    return built, old


def test_every_old_address_leads_to_its_text(journey: tuple[Built, dict[str, str]]) -> None:
    """Every old address is in the redirect map, and has a redirect page where its path allows one."""
    built, old = journey
    redirects = built.addresses().redirects
    assert len(old) == 2 * _POSTS + _POSTS // 10
    for address, target in old.items():
        if "?" in address:
            assert redirects[address] == target
            continue
        path = f"{unquote(urlsplit(address).path).strip('/')}/index.html"
        assert built.is_redirect(path), path
        assert redirects[f"/{path.removesuffix('index.html')}"] == target
        assert built.has(target)


def test_links_and_pictures_work(journey: tuple[Built, dict[str, str]]) -> None:
    """Every text links to the next one, and shows its picture with alternative text."""
    built, old = journey
    page = built.page("/articles/post-1/")
    assert page.select_one("main a[href='/articles/post-2/']") is not None
    image = page.select_one("main .prose img")
    assert image is not None
    assert image["alt"] == "A picture"
    assert len(set(old.values())) == _POSTS


def test_feeds_keep_the_old_ids(journey: tuple[Built, dict[str, str]]) -> None:
    """Every item of the feed has the id that it had in the feed of the old site."""
    built, _ = journey
    items = etree.parse(built.output / "feeds/all.rss.xml").getroot().iter("item")
    given = {(item.findtext("title"), item.findtext("guid")) for item in items}
    assert given
    assert given <= {(post.title, f"{HOME}/?p={post.number}") for post in _posts(_POSTS)}


def test_nginx_answers_at_every_old_address(tmp_path: Path) -> None:
    """Nginx redirects each old address to its text in one step."""
    built, old = _journey(tmp_path, _FEW)
    assert len(old) == 2 * _FEW + _FEW // 10
    release = make_release(built.output, tmp_path / "release", url=_URL)
    with serving("nginx", release.folder) as server:
        for address, target in old.items():
            answer = ask(server.url, quote(address, safe="/?="))
            assert answer.status == 301, address
            assert urlsplit(answer.headers["location"]).path == target
