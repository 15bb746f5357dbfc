"""Test that private values are in no file of the output."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.sites.building import CONTENT, SITES, Built, build_here, snapshot

#: Private values of the stories of ``sites/full``, as written and as pages would show them.
PRIVATE = [
    "PRIVATE-",
    "2026-01-07",
    "7 January 2026",
    "2026-01-08",
    "8 January 2026",
    "2027-12-29",
    "29 December 2027",
    "2026-02-03",
    "3 February 2026",
    "2026-02-04",
    "4 February 2026",
    "form_version",
    "approved_text",
    "safeguarding",
    "given_on",
]
#: Words in every text of a draft, a future or an expired entry of ``sites/full``.
HIDDEN = ["DRAFT-", "FUTURE-ARTICLE", "EXPIRED-ARTICLE"]


@pytest.mark.parametrize("words", [*PRIVATE, *HIDDEN])
@pytest.mark.parametrize("site", ["full", "below"])
def test_private_values_are_in_no_file_and_no_name(words: str, site: str, request: pytest.FixtureRequest) -> None:
    """No file of the output contains a private value, and no file name does."""
    built: Built = request.getfixturevalue(site)
    for path, data in snapshot(built.output).items():
        assert words.encode() not in data, path
        assert words not in path


def test_private_values_are_in_the_content() -> None:
    """The content contains the values that the tests search for, so that these tests can fail."""
    whole = b"\n".join(snapshot(SITES / "full").values()).decode(errors="replace")
    for words in (*PRIVATE, *HIDDEN):
        assert words in whole or words[0].isdigit(), words
    for day in ("2026-01-07", "2026-01-08", "2027-12-29", "2026-02-03", "2026-02-04"):
        assert day in whole


def test_the_hash_of_an_approved_text_is_not_published(full: Built) -> None:
    """The text that a narrator approved is not published, and neither is its hash."""
    whole = b"\n".join(snapshot(full.output).values())
    for slug in ("told", "web-only"):
        source = (SITES / "full" / "stories" / slug / "index.md").read_text(encoding="utf-8")
        digest = yaml.safe_load(source.split("---\n")[1])["approved_text"]
        assert len(digest) == 64
        assert digest.encode() not in whole


def test_hidden_entries_have_no_page_no_picture_and_no_redirect(full: Built) -> None:
    """Drafts, future and expired entries have no page, no picture and no redirect in the output."""
    hidden = ("draft", "future", "expired", "secret", "hidden", "we-wait")
    paths = full.files()
    assert not [path for path in paths if any(name in path.replace("-", "/").split("/") for name in hidden)]
    published = {data for path, data in snapshot(full.output).items() if path.startswith("images/")}
    for folder in ("articles/draft", "articles/future", "articles/expired", "stories/draft"):
        for picture in (SITES / "full" / folder).glob("*.png"):
            assert picture.read_bytes() not in published, picture
    assert (SITES / "full" / "articles" / "everything" / "unused.jpg").read_bytes() not in published
    assert "/blog/draft" not in full.addresses().redirects


def test_a_web_only_story_is_in_no_feed(full: Built) -> None:
    """A story without consent to feeds has a page and is in no feed."""
    assert full.has("/stories/web-only/")
    feeds = {path: data for path, data in snapshot(full.output).items() if path.startswith("feeds/")}
    assert feeds
    for path, data in feeds.items():
        assert b"WEB-ONLY-STORY" not in data, path
        assert b"/stories/web-only/" not in data, path


def test_a_withdrawn_story_has_no_page(full: Built) -> None:
    """A withdrawn story is not in the site. Its address only says that it was withdrawn."""
    assert full.gone_files() == ["blog/withdrawn/index.html", "stories/withdrawn/index.html"]
    assert "no longer here" in full.page("/stories/withdrawn/").get_text()
    assert not [path for path in full.files() if path.endswith(".html") and "/stories/withdrawn/" in full.text(path)]


def test_illustrative_stories_are_labelled(real: Built, full: Built) -> None:
    """The page of every sample story says that it is one, and no other story does."""
    for site, folder in ((real, CONTENT), (full, SITES / "full")):
        for file in folder.glob("stories/*/index.md"):
            made = yaml.safe_load(file.read_text(encoding="utf-8").split("---\n")[1])
            if made.get("status") == "published":
                words = site.page(f"/stories/{made['slug']}/").find("main").get_text()  # type: ignore[union-attr]
                assert ("made up" in words) == bool(made.get("illustrative")), file


def test_no_setting_publishes_hidden_entries(tmp_path: Path) -> None:
    """Short lists and many cards do not publish hidden entries."""
    built = build_here(
        SITES / "full",
        tmp_path / "output",
        PAGE_SIZE=1,
        SEARCH_LIST_LIMIT=1,
        RECENT_ARTICLES_COUNT=50,
        RELATED_ARTICLES_COUNT=50,
        FEED_ITEMS=50,
    )
    whole = b"\n".join(snapshot(built.output).values()).decode(errors="replace")
    for words in ("PRIVATE-", *HIDDEN):
        assert words not in whole
