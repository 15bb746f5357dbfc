"""Test what this site's own texts, addresses and registers give."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml

from plugins.content_model.loader import load
from plugins.content_model.story import Story
from plugins.markdown_blocks.block_scanner import outline
from plugins.stories.wording_rules import check_wording
from tests.search.test_site_index import found
from tests.site.test_old_addresses import page_at
from tests.sites.building import AS_OF, CONTENT, Built
from tests.stories.test_wording_rules import found_narrator


@pytest.mark.parametrize(
    ("word", "page"),
    [
        ("overdose", "/articles/how-cravings-pass/"),
        ("diazepam", "/help/"),
        ("union", "/articles/work-and-addiction/"),
        ("116123", "samaritans"),
        ("85258", "shout"),
        ("wales", "dan-247"),
        ("sammy", "help-me-stop"),
        ("medical", "/commitments/we-tell-the-truth/"),
    ],
)
def test_words_of_texts_and_contacts_are_there(real: Built, word: str, page: str) -> None:
    """Words that stand in no title, summary or topic lead to the pages and the contacts that hold them."""
    assert page in found(real, word)


def test_the_general_card_calls_and_texts(real: Built) -> None:
    """For readers without scripts the search page holds a line to call and one to text."""
    assert {"tel:116123", "sms:85258?body=SHOUT"} <= {
        str(link["href"]) for link in real.page("/search/").select("noscript a")
    }


def test_every_alias_of_the_site_resolves(real: Built) -> None:
    """Every alias in the content of the site leads to its entry."""
    count = 0
    for file in CONTENT.glob("*/*/index.md"):
        made = yaml.safe_load(file.read_text(encoding="utf-8").split("---\n")[1])
        for alias in made.get("aliases", []):
            count += 1
            page = real.page(f"/{page_at(real, alias)}")
            assert page.select_one(f'a[href$="/{made["slug"]}/"]'), alias
    assert count > 0


def test_the_content_of_the_site_gives_no_false_alarm() -> None:
    """The content of the site, read as stories, gives no problem."""
    library, _ = load(CONTENT, as_of=dt.date.fromisoformat(AS_OF))
    assert len(library.entries) > 25
    for entry in library.entries:
        given_fields = {name: getattr(entry, name) for name in Story.model_fields if hasattr(entry, name)}
        blank = {"narrator": found_narrator(), "acknowledged": (), "updated": ()}
        read = Story.model_construct(**{**blank, **given_fields})
        assert list(check_wording(read, outline)) == [], entry.source.path


def test_each_story_shows_the_crisis_line(real: Built) -> None:
    """Each story of the site shows 999 and 111."""
    stories = [path for path in real.html_files() if path.startswith("stories/") and path.count("/") == 2]
    assert stories
    for path in stories:
        assert len(real.page(f"/{path}").select('.crisis-line a[href="tel:999"], .crisis-line a[href="tel:111"]')) == 2


def test_the_privacy_page_links_to_the_receipt(real: Built) -> None:
    """Whoever reads the promise finds the proof."""
    assert real.page("/privacy/").select_one("main a[href='/privacy-receipt/']")
