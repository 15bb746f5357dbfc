"""What follows from what a page shows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from plugins.engine.outputs import Recipe
from plugins.engine.site import AtomicPelican
from plugins.pages.indexing import Indexing
from plugins.pages.page_meta import social_card
from plugins.pages.site_page import SitePage
from plugins.pages.structured_data import structured_data
from plugins.pages.template_context import HOME, Meta
from plugins.views.body import Body
from plugins.views.views import Byline, Dates, EntryView, Link, Picture, UpdateView
from tests.sites.building import AS_OF, ROOT, SITES
from tests.sites.sample_settings import read_as_sample

SITE = {"name": "Site", "url": "https://example.org"}
CARDS = {
    address: Picture(f"/social/{name}.png", 1200, 630, name)
    for address, name in (("", "site"), ("/stories/", "stories"), ("/articles/a/", "a"))
}
DATES = Dates(dt.date(2026, 6, 1), (UpdateView(dt.date(2026, 7, 1), "More"),), None, None, review_overdue=False)
ENTRY = EntryView(
    title="A title",
    summary="A summary.",
    permalink="/stories/a/",
    topics=(),
    author=Byline("Editor", "Edits", "/people/editor/"),
    image=None,
    content_notes=(),
    sources=(),
    dates=DATES,
    exit_link=False,
    body=Body.of(""),
)
ARTICLE = Meta(
    "A title",
    "A summary.",
    "/stories/a/",
    breadcrumbs=(HOME, Link("Stories", "/stories/")),
    indexable=True,
    og_type="article",
)


@pytest.mark.parametrize(
    ("address", "card"),
    [
        ("/articles/a/", "a"),
        ("/articles/b/", "site"),
        ("/stories/", "stories"),
        ("/stories/a/", "stories"),
        ("/stories/page/2/", "stories"),
        ("/", "site"),
        ("/404.html", "site"),
    ],
)
def test_a_page_has_the_nearest_card(address: str, card: str) -> None:
    """A page has its own card, or that of its section, or that of the site."""
    found = social_card(address, CARDS)
    assert found is not None
    assert found.alt == card


def test_without_cards_there_is_none() -> None:
    """A build that drew no card has none to show."""
    assert social_card("/articles/a/", {}) is None


def test_metadata_is_finished_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fingerprint of a page and its rendering use the same metadata."""
    asked: list[str] = []
    decide = Indexing.is_indexed

    def is_indexed(indexing: Indexing, page: SitePage) -> bool:
        asked.append(page.permalink)
        return decide(indexing, page)

    monkeypatch.setattr(Indexing, "is_indexed", is_indexed)
    overrides = {"AS_OF": AS_OF, "PATH": str(SITES / "minimal"), "OUTPUT_PATH": str(tmp_path / "output")}
    settings = read_as_sample(str(ROOT / "pelicanconf.py"), overrides)
    build = AtomicPelican(settings).plan()
    (home,) = (output for output in build.outputs if output.path == "index.html")
    assert b"noindex" not in home.make()
    assert isinstance(home.make, Recipe)
    home.make.parts()
    assert asked == ["/"]


def kinds(data: Any) -> list[str]:
    """What the data of a page describe."""
    return [part["@type"] for part in data["@graph"]] if data else []


def test_what_search_engines_are_told() -> None:
    """Home is an organisation, an entry an article with its dates; other pages say where they stand, or nothing."""
    assert kinds(structured_data(Meta("Home", "", "/"), None, **SITE)) == ["Organization"]
    data = structured_data(ARTICLE, ENTRY, **SITE)
    assert data is not None
    (article,) = data["@graph"]
    assert (article["@type"], article["datePublished"], article["dateModified"]) == (
        "Article",
        "2026-06-01",
        "2026-07-01",
    )
    assert kinds(structured_data(replace(ARTICLE, og_type="website"), ENTRY, **SITE)) == ["BreadcrumbList"]
    assert structured_data(Meta("Lost", "", "/404.html", indexable=False), None, **SITE) is None


def test_nobody_is_marked_as_a_patient() -> None:
    """The data name the organisation, and no person at all."""
    assert "Person" not in str(structured_data(ARTICLE, ENTRY, **SITE))
    assert "Editor" not in str(structured_data(ARTICLE, ENTRY, **SITE))
