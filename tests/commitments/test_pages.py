"""Test the pages of commitments: the whole log, and overdue reviews."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from bs4 import BeautifulSoup, Tag

from plugins.content_model.commitment import PROGRESS_MEANINGS, PROGRESS_WORDS, Progress, wording_hash
from tests.commitments.world import REGISTER, log_entry, parse, recorded
from tests.sites.building import Built, build_here, run_here
from tests.sites.writing import text, write

EVERY: tuple[Progress, ...] = get_args(Progress)
TOPICS = "- key: work\n  name: Work\n  summary: About work.\n"
#: The status of the commitment whose review is overdue by its dates only.
LATE = "kept"


def promise(progress: str, /, **changes: Any) -> dict[str, Any]:
    """Return the fields of a commitment with the status ``progress``."""
    log = [
        log_entry(),
        log_entry(on="2026-07-01", said="We said again.", did=f"We did {progress}.", evidence=f"Shown: {progress}."),
    ]
    due = "2026-11-22" if progress == LATE else "2026-11-23"
    made = {
        "title": f"Promise {progress}",
        "statement": f"We promise {progress}.",
        "topics": ["work"],
        "progress": progress,
        "log": log,
        "review_due": due,
        "id": f"promise-{progress}",
        **changes,
    }
    return recorded(progress, **made)


def content(root: Path, *promises: dict[str, Any]) -> Path:
    """Return a content folder with ``promises``."""
    files = {f"commitments/{made['slug']}/index.md": text(made) for made in promises}
    return write(root, {"register/help.yaml": REGISTER, "register/topics.yaml": TOPICS, **files})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return a site with a commitment of each status."""
    folder = tmp_path_factory.mktemp("commitments")
    return build_here(content(folder / "content", *map(promise, EVERY)), folder / "output")


def words(tag: Tag | BeautifulSoup | None) -> str:
    """Return the text of an element."""
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


@pytest.mark.parametrize("progress", EVERY)
def test_a_page_shows_the_whole_of_a_promise(progress: Progress, site: Built) -> None:
    """Statement, practice, owner, measure, status, review and redress are shown for every status."""
    main = site.page(f"/commitments/{progress}/").select_one("main")
    assert main
    shown = words(main)
    for part in (
        f"We promise {progress}",
        "I am heard.",
        "What it means in practice",
        "We ask.",
        "Who answers for it Editor",
        "How it is measured We ask again.",
        PROGRESS_WORDS[progress],
        PROGRESS_MEANINGS[progress],
        "If we do not keep it",
        "Elm Tree Hub",
        "Call 020 8191 9191",
    ):
        assert part in shown
    assert main.select_one('a[href="tel:+442081919191"]')
    assert ("We said" if progress == "retired" else "We say") in words(main.select_one(".pledge"))


def test_a_page_shows_every_entry_of_the_record(site: Built) -> None:
    """Log entries are shown newest first with day and evidence, and keep the number that feeds link to."""
    entries = site.page("/commitments/limited/").select(".commitment-log li")
    assert [one["id"] for one in entries] == ["log-2", "log-1"]
    newest, oldest = map(words, entries)
    assert newest.replace(" ,", ",").startswith("1 July 2026, Editor")
    assert "What shows it: Shown: limited." in newest
    assert "Next review: 23 November 2026" in newest
    assert "1 June 2026" in oldest
    assert "What shows it: nothing yet" in oldest
    assert "wording" not in newest.lower()


def test_feeds_lead_to_the_entries_of_the_record(site: Built) -> None:
    """Each link of the feed of commitments into a log has its target."""
    feed = site.text("feeds/commitments.json")
    for progress in EVERY:
        for number in (1, 2):
            assert f"/commitments/{progress}/#log-{number}" in feed
            assert site.page(f"/commitments/{progress}/").select_one(f"#log-{number}")


PLACES = ["/commitments/", "/topics/work/", "/charter/", "/", f"/commitments/{LATE}/"]


@pytest.mark.parametrize("place", PLACES)
def test_a_late_review_shows_wherever_the_promise_does(place: str, site: Built) -> None:
    """Page, index, cards and charter mark the overdue review, and no other commitment."""
    assert words(site.page(place).select_one("main")).lower().count("overdue") >= 1
    cards = site.page(place).select(".article-card, .commitment-card, .charter-poster li")
    late = [card for card in cards if "overdue" in words(card).lower()]
    assert all(f"romise {LATE}" in words(card) for card in late)
    if place != f"/commitments/{LATE}/":
        assert late


@pytest.mark.parametrize(
    "changes",
    [
        {"progress": "kept"},
        {"progress": "retired"},
        {"progress": "changed"},
        {"status": "published", "updated": [{"on": "2026-11-23", "what": "We looked."}]},
        {"reviewed_on": "2026-06-01"},
        {"content_notes": ["late"]},
    ],
)
def test_no_field_hides_a_late_review(changes: dict[str, Any], tmp_path: Path) -> None:
    """No other field hides an overdue review."""
    made = {**promise("limited", review_due="2026-11-01"), **changes}
    built = build_here(content(tmp_path / "content", made), tmp_path / "output")
    for place in ("/commitments/", "/charter/", "/commitments/limited/", "/topics/work/"):
        assert "overdue" in words(built.page(place).select_one("main")).lower(), place


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"review_due": "2027-06-01"}, "review-moved-without-log"),
        ({"expires": "2026-11-22"}, "commitment-expires"),
        ({"review_due": None}, "missing-review-date"),
    ],
)
def test_a_late_review_is_not_taken_off_the_site(changes: dict[str, Any], name: str, tmp_path: Path) -> None:
    """A new day without a log entry, a day of expiry, or no day at all stops the build."""
    made = {**promise("limited", review_due="2026-11-01"), **changes}
    folder = content(tmp_path / "content", made)
    done = run_here(folder, tmp_path / "output")
    assert done.status == 1
    assert [problem.name for problem in done.problems(folder)] == [name]


def test_a_changed_wording_is_named_in_the_record(tmp_path: Path) -> None:
    """A log entry that changes the wording says so. The first wording is no change."""
    made = promise("limited")
    old = wording_hash(parse({**made, "statement": "We promised more."}))
    made["log"][0]["wording"] = old
    built = build_here(content(tmp_path / "content", made), tmp_path / "output")
    newest, oldest = built.page("/commitments/limited/").select(".commitment-log li")
    assert "The wording of the promise changed here." in words(newest)
    assert "changed here" not in words(oldest)
    assert old not in built.text("commitments/limited/index.html")


def test_the_poster_has_a_sun_for_each_commitment(site: Built) -> None:
    """Each commitment stands on the poster once, with the sun of its status and the word beside it."""
    page = site.page("/charter/")
    poster = page.select_one(".charter-poster")
    assert poster is not None
    rows = poster.select("li")
    assert sorted(str(row.select("h3 a")[0]["href"]) for row in rows) == sorted(
        f"/commitments/{progress}/" for progress in EVERY
    )
    for row in rows:
        progress = str(row.select("h3 a")[0]["href"]).split("/")[2]
        assert row.select(f".sun--{progress}[aria-hidden=true]")
        assert words(row.select_one(".progress-status")).startswith(f"Progress: {PROGRESS_WORDS[progress]}")  # type: ignore[index]
    said = words(poster)
    assert said.startswith("Where we stand Of our 7 commitments, 1 is kept, ")
    assert "1 review is late." in said
    assert sum("overdue" in words(row) for row in rows) == 1


def test_the_words_of_progress_are_explained(site: Built) -> None:
    """The charter explains every word, each beside the sun that stands for it."""
    rows = site.page("/charter/").select(".progress-key li")
    assert [words(row) for row in rows] == [f"{PROGRESS_WORDS[key]}. {PROGRESS_MEANINGS[key]}" for key in EVERY]
    assert [str(row.select(".sun")[0]["class"]) for row in rows] == [str(["sun", f"sun--{key}"]) for key in EVERY]


@pytest.mark.parametrize("progress", EVERY)
def test_a_page_shows_the_way_that_a_promise_has_come(progress: Progress, site: Built) -> None:
    """The track marks where the promise stands. A promise that is not kept, has changed or has ended has none."""
    page = site.page(f"/commitments/{progress}/")
    here = page.select('.progress-track [aria-current="step"]')
    on_its_way = progress in {"not-started", "limited", "substantial", "kept"}
    assert [words(step) for step in here] == ([PROGRESS_WORDS[progress]] if on_its_way else [])
    assert page.select(f"main header .sun--{progress}")


def test_cards_show_the_newest_of_the_record(site: Built) -> None:
    """In the list of commitments a card shows what was said and done, newest first."""
    (card,) = (card for card in site.page("/commitments/").select(".commitment-card") if card.select(".sun--limited"))
    entries = [words(item) for item in card.select(".commitment-log li")]
    assert entries == [
        "1 July 2026 We said: We said again. We did: We did limited.",
        "1 June 2026 We said: We said. We did: We did.",
    ]


def test_a_site_without_commitments_has_no_poster(tmp_path: Path) -> None:
    """Without commitments, the charter claims nothing."""
    built = build_here(write(tmp_path / "content", {"register/help.yaml": REGISTER}), tmp_path / "output")
    assert not built.page("/charter/").select(".charter-poster, .progress-key")
