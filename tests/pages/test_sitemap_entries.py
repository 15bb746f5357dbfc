"""Which pages search engines may show, and what maps of the site say of them."""

from __future__ import annotations

import dataclasses
import datetime as dt

from plugins.content_model.entry import Entry
from plugins.content_model.loader import parse_entry
from plugins.content_model.page import Page
from plugins.content_model.story import Story, approval_hash
from plugins.pages.page_spec import PageContext, PageSpec
from plugins.pages.sitemap_entries import SitemapEntries, changed_on
from plugins.pages.template_context import Meta
from plugins.views.sitemap_entry import SitemapEntry
from plugins.views.view_builder import ViewBuilder
from plugins.views.views import Picture
from tests.sites.writing import article, entry, fields, library, text

DAY = dt.date(2026, 11, 23)
_CONSENT = {"ref": "a-form", "given_on": "2026-01-02", "form_version": "1"}


def finding(*entries: Entry, drafts: bool = False) -> SitemapEntries:
    """Return what tells of a library of ``entries``, in whose folders `a.jpg` is a picture."""
    made = dataclasses.replace(library(*entries), drafts=drafts)
    pictures = {
        f"{entry.section}/{entry.slug}/a.jpg": Picture(f"/images/{entry.slug}.jpg", 10, 5, "") for entry in entries
    }
    return SitemapEntries(made, ViewBuilder(made, bodies={}, pictures=pictures, contacts={}))


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
    assert finding(made).entry(made) == SitemapEntry("/articles/a/", dt.date(2026, 10, 5), ("/images/a.jpg",))


def test_what_no_search_may_find_is_not_found() -> None:
    """A story without that consent is not found, and tells no day of the lists that it stands in."""
    quiet, told = story("quiet", "web", "image"), story("told", "web", "image", "search")
    teller = finding(quiet, told)
    assert teller.entry(quiet) is None
    assert teller.entry(told) is not None
    assert teller.page("/stories/", shown=[quiet.permalink]).day is None


def test_a_picture_that_may_not_be_shown_is_not_named() -> None:
    """The picture of a story stands in no map without its narrator's consent to pictures."""
    hidden, shown = story("hidden", "web", "search"), story("shown", "web", "search", "image")
    teller = finding(hidden, shown)
    without, with_it = teller.entry(hidden), teller.entry(shown)
    assert without is not None
    assert without.pictures == ()
    assert with_it is not None
    assert with_it.pictures == ("/images/shown.jpg",)


def test_what_a_preview_shows_early_is_not_found() -> None:
    """A draft and a planned entry, which a preview shows, are in no map and tell no day."""
    draft, planned = article("draft", status="draft"), article("planned", published="2026-12-24")
    teller = finding(draft, planned, drafts=True)
    assert teller.entry(draft) is None
    assert teller.entry(planned) is None
    assert teller.page("/articles/", shown=[draft.permalink, planned.permalink]).day is None


def test_a_list_has_the_newest_day_of_what_it_shows() -> None:
    """A list has the newest day among its entries and its own text; one without any day has none."""
    old, new = article("old", published="2026-01-01"), article("new", published="2026-02-02")
    text_of_it = entry(Page, "home", published="2026-03-03")
    teller = finding(old, new, text_of_it)
    assert teller.page("/", shown=[new.permalink, old.permalink, "/elsewhere/"]).day == dt.date(2026, 2, 2)
    assert teller.page("/", text_of_it, [new.permalink]).day == dt.date(2026, 3, 3)
    assert teller.page("/topics/") == SitemapEntry("/topics/")


def test_a_day_that_lies_ahead_does_not_count() -> None:
    """An update that is planned for later has not changed anything yet."""
    made = article("a", published="2026-10-01", updated=[{"on": "2026-12-01", "what": "More"}])
    assert changed_on(made, DAY) == dt.date(2026, 10, 1)


def test_unless_somebody_says_otherwise_no_search_may_find_a_page() -> None:
    """A page of which nobody says that it may be found is in no map."""
    assert PageSpec("/a/", "a.html", lambda: PageContext(Meta("", "", ""))).found() is None
