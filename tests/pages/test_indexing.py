"""Which pages search engines may show, and what the sitemap says of them."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from plugins.content_model.entry import Entry
from plugins.content_model.loader import parse_entry
from plugins.content_model.page import Page
from plugins.content_model.story import Story, approval_hash
from plugins.pages.indexing import Indexing, changed_on
from plugins.pages.site_page import PageContext, SitePage
from plugins.pages.template_context import Meta
from plugins.views.sitemap_entry import SitemapEntry
from plugins.views.view_builder import ViewBuilder
from plugins.views.views import Picture
from tests.sites.writing import article, entry, fields, library, text

DAY = dt.date(2026, 11, 23)
_CONTEXT = PageContext(Meta("", "", ""))
_CONSENT = {"ref": "a-form", "given_on": "2026-01-02", "form_version": "1"}


def indexing(*entries: Entry, drafts: bool = False) -> Indexing:
    """Return the decisions for a library of ``entries``, in whose folders `a.jpg` is a picture."""
    made = replace(library(*entries), drafts=drafts)
    pictures = {
        f"{entry.section}/{entry.slug}/a.jpg": Picture(f"/images/{entry.slug}.jpg", 10, 5, "") for entry in entries
    }
    return Indexing(made, ViewBuilder(made, bodies={}, pictures=pictures, contacts={}))


def page_of(entry: Entry) -> SitePage:
    """Return the page of ``entry``."""
    return SitePage(entry.permalink, f"{entry.kind_name}.html", _CONTEXT, entry=entry)


def list_of(*listed: str, template: str = "articles.html") -> SitePage:
    """Return a page that shows the entries at ``listed``."""
    return SitePage("/list/", template, _CONTEXT, listed=listed)


def story(slug: str, *scope: str) -> Story:
    """Return a story that its narrator lets appear in ``scope``."""
    written = fields(
        Story, slug, illustrative=None, status="draft", consent={**_CONSENT, "scope": list(scope)},
        safeguarding={"reviewed_on": "2026-01-03", "by_role": "lead"}, image={"file": "a.jpg", "alt": "A chair"},
    )  # fmt: skip
    path = f"stories/{slug}/index.md"
    draft, _ = parse_entry(text(written), path, Story)
    assert isinstance(draft, Story)
    made, problems = parse_entry(
        text({**written, "status": "published", "approved_text": approval_hash(draft)}), path, Story
    )
    assert isinstance(made, Story), problems
    return made


def test_an_entry_is_found_with_its_day_and_its_picture() -> None:
    """An entry is found at its address, with the day of its last change and its picture."""
    made = article(
        "a", published="2026-10-01", updated=[{"on": "2026-10-05", "what": "More"}], image={"file": "a.jpg", "alt": "A"}
    )
    teller = indexing(made)
    assert teller.is_indexed(page_of(made))
    found = SitemapEntry("/articles/a/", dt.date(2026, 10, 5), ("/images/a.jpg",))
    assert teller.sitemap_entry(page_of(made)) == found


def test_a_story_without_consent_to_searches_is_found_nowhere() -> None:
    """Neither its page nor a list that shows it is for searches, and it dates no page."""
    quiet, told = story("quiet", "web", "image"), story("told", "web", "image", "search")
    teller = indexing(quiet, told)
    for page in (page_of(quiet), list_of(told.permalink, quiet.permalink)):
        assert not teller.is_indexed(page)
        assert teller.sitemap_entry(page) is None
    for page in (page_of(told), list_of(told.permalink)):
        assert teller.is_indexed(page)
        assert teller.sitemap_entry(page) is not None


def test_a_picture_that_may_not_be_shown_is_not_named() -> None:
    """The picture of a story stands in no map without its narrator's consent to pictures."""
    hidden, shown = story("hidden", "web", "search"), story("shown", "web", "search", "image")
    teller = indexing(hidden, shown)
    without, with_it = teller.sitemap_entry(page_of(hidden)), teller.sitemap_entry(page_of(shown))
    assert without is not None
    assert without.pictures == ()
    assert with_it is not None
    assert with_it.pictures == ("/images/shown.jpg",)


def test_what_a_preview_shows_early_is_not_found() -> None:
    """A draft and a planned entry, which a preview shows, are in no map and tell no day."""
    draft, planned = article("draft", status="draft"), article("planned", published="2026-12-24")
    teller = indexing(draft, planned, drafts=True)
    assert teller.sitemap_entry(page_of(draft)) is None
    assert teller.sitemap_entry(page_of(planned)) is None
    assert teller.sitemap_entry(list_of(draft.permalink, planned.permalink)) == SitemapEntry("/list/")


def test_a_list_has_the_newest_day_of_what_it_shows() -> None:
    """A list has the newest day among its entries and its own text; one without any day has none."""
    old, new = article("old", published="2026-01-01"), article("new", published="2026-02-02")
    text_of_it = entry(Page, "home", published="2026-03-03")
    teller = indexing(old, new, text_of_it)
    days = [
        teller.sitemap_entry(list_of(*listed))
        for listed in (
            (new.permalink, old.permalink, "/elsewhere/"),
            (text_of_it.permalink, new.permalink),
            (),
        )
    ]
    assert [found.day for found in days if found is not None] == [dt.date(2026, 2, 2), dt.date(2026, 3, 3), None]


def test_a_day_that_lies_ahead_does_not_count() -> None:
    """An update that is planned for later has not changed anything yet."""
    made = article("a", published="2026-10-01", updated=[{"on": "2026-12-01", "what": "More"}])
    assert changed_on(made, DAY) == dt.date(2026, 10, 1)


@pytest.mark.parametrize(
    "template", ["search.html", "letter.html", "gone.html", "not-found.html", "handbook.html", "x"]
)
def test_a_page_is_noindex_unless_its_template_is_for_searches(template: str) -> None:
    """A page with an unknown template is ``noindex`` and in no map."""
    teller = indexing()
    assert not teller.is_indexed(list_of(template=template))
    assert teller.sitemap_entry(list_of(template=template)) is None
    assert teller.is_indexed(list_of())
