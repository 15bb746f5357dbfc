"""What readers must not see is in no file of the output."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.sites.building import CONTENT, SITES, Built, build_here, snapshot

#: What only the repository may know of the stories of ``sites/full``, as written and as a reader would read it.
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
#: Words that stand in every text of a draft, a future or an expired entry of ``sites/full``.
HIDDEN = ["DRAFT-", "FUTURE-ARTICLE", "EXPIRED-ARTICLE"]


@pytest.mark.parametrize("words", [*PRIVATE, *HIDDEN])
@pytest.mark.parametrize("site", ["full", "below"])
def test_it_stands_in_no_file_and_in_no_name(words: str, site: str, request: pytest.FixtureRequest) -> None:
    """No file of the output, of whatever kind, holds the words, and none is named after them."""
    built: Built = request.getfixturevalue(site)
    for path, data in snapshot(built.output).items():
        assert words.encode() not in data, path
        assert words not in path


def test_the_words_are_in_the_content() -> None:
    """The words that are looked for do stand in the content, so that the test above can fail."""
    whole = b"\n".join(snapshot(SITES / "full").values()).decode(errors="replace")
    for words in (*PRIVATE, *HIDDEN):
        assert words in whole or words[0].isdigit(), words
    for day in ("2026-01-07", "2026-01-08", "2027-12-29", "2026-02-03", "2026-02-04"):
        assert day in whole


def test_the_hash_of_an_approved_text_stays_at_home(full: Built) -> None:
    """What the narrators approved is not published, not even as a hash."""
    whole = b"\n".join(snapshot(full.output).values())
    for slug in ("told", "web-only"):
        source = (SITES / "full" / "stories" / slug / "index.md").read_text(encoding="utf-8")
        digest = yaml.safe_load(source.split("---\n")[1])["approved_text"]
        assert len(digest) == 64
        assert digest.encode() not in whole


def test_hidden_entries_have_no_page_no_picture_and_no_redirect(full: Built) -> None:
    """Drafts, future and expired entries leave nothing in the output: no page, no picture, no old address."""
    hidden = ("draft", "future", "expired", "secret", "hidden", "we-wait")
    paths = full.files()
    assert not [path for path in paths if any(name in path.replace("-", "/").split("/") for name in hidden)]
    published = {data for path, data in snapshot(full.output).items() if path.startswith("images/")}
    for folder in ("articles/draft", "articles/future", "articles/expired", "stories/draft"):
        for picture in (SITES / "full" / folder).glob("*.png"):
            assert picture.read_bytes() not in published, picture
    assert (SITES / "full" / "articles" / "everything" / "unused.jpg").read_bytes() not in published
    assert "/blog/draft" not in full.addresses().redirects


def test_a_story_for_the_web_alone_is_in_no_feed(full: Built) -> None:
    """A story whose narrator did not agree to feeds has its page, and stands in no feed."""
    assert full.has("/stories/web-only/")
    feeds = {path: data for path, data in snapshot(full.output).items() if path.startswith("feeds/")}
    assert feeds
    for path, data in feeds.items():
        assert b"WEB-ONLY-STORY" not in data, path
        assert b"/stories/web-only/" not in data, path


def test_a_withdrawn_story_has_no_page(full: Built) -> None:
    """What was withdrawn is gone from the site; its address says only that."""
    assert full.gone_files() == ["blog/withdrawn/index.html", "stories/withdrawn/index.html"]
    assert "no longer here" in full.page("/stories/withdrawn/").get_text()
    assert not [path for path in full.files() if path.endswith(".html") and "/stories/withdrawn/" in full.text(path)]


def test_an_illustrative_story_says_so_in_words(real: Built, full: Built) -> None:
    """Every story that was made up as a sample says so on its page, and none that was told does."""
    for site, folder in ((real, CONTENT), (full, SITES / "full")):
        for file in folder.glob("stories/*/index.md"):
            made = yaml.safe_load(file.read_text(encoding="utf-8").split("---\n")[1])
            if made.get("status") == "published":
                words = site.page(f"/stories/{made['slug']}/").find("main").get_text()  # type: ignore[union-attr]
                assert ("made up" in words) == bool(made.get("illustrative")), file


def test_hidden_words_stay_hidden_in_any_setting(tmp_path: Path) -> None:
    """Small pages and many cards do not bring a hidden entry to light."""
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
