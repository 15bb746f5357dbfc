"""Test `inv due`, which lists lapsing consents, reviews and publications by day."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import yaml
from hypothesis import given
from hypothesis import strategies as st

from plugins.authoring.due.listing import due
from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment
from plugins.content_model.library import Library
from plugins.content_model.loader import load
from plugins.content_model.page import Person
from plugins.content_model.story import Story
from tests.authoring.cli.commands import inv_here
from tests.sites.building import ROOT
from tests.sites.writing import TODAY, entry, fields, library, text, write

_CONTACT = {
    "who_for": "All",
    "number": "116 123",
    "hours": "Always",
    "nations": ["england"],
    "cost": "Free",
    "source": "S",
}
_CONTACTS = [
    {"id": "fresh", "name": "Fresh line", "verified_on": "2026-11-20"},
    {"id": "never", "name": "New line", "crisis": "true"},
    {"id": "stale", "name": "Old line", "verified_on": "2026-01-02"},
]
HELP = yaml.safe_dump([{**contact, **_CONTACT, "nations": ["england"]} for contact in _CONTACTS], sort_keys=False)


def found(*entries: object, days: int = 60) -> list[tuple[str, str]]:
    """Return day and text of each due item of ``entries``."""
    listed = due(library(*entries), days)  # type: ignore[arg-type]  # they are entries
    return [(str(item.on), item.what) for item in listed]


def test_due_items_are_listed_by_day() -> None:
    """Consents, reviews, publications and expiries are listed, earliest first."""
    consent = {"ref": "r", "given_on": "2024-12-20", "form_version": "1", "scope": ["web"]}
    entries = (
        entry(Story, "kept", status="draft", illustrative=None, consent=consent, title="Kept back"),
        entry(Article, "soon", published="2026-12-01", title="Soon"),
        entry(Article, "ends", expires="2026-12-05", title="Ends"),
        entry(Article, "late", review_due="2026-10-01", title="Late"),
        entry(Article, "far", review_due="2027-10-01", title="Far"),
        entry(Article, "over", expires="2026-11-01", review_due="2026-10-01", title="Over"),
        entry(Commitment, "we", review_due="2027-01-01", title="We listen"),
    )
    assert found(*entries) == [
        ("2026-10-01", "the review is due: “Late”"),
        ("2026-12-01", "the article appears: “Soon”"),
        ("2026-12-05", "the article expires: “Ends”"),
        ("2027-01-01", "the review of the commitment is due: “We listen”"),
    ]


def test_a_consent_is_listed_with_the_day_that_it_ends(tmp_path: Path) -> None:
    """A consent without an end ends two years after it was given. The line has the position of that date."""
    consent = {"ref": "r", "given_on": "2024-12-20", "form_version": "1", "scope": ["web"]}
    safe = {"reviewed_on": "2025-01-01", "by_role": "Lead"}
    made = fields(Story, "told", illustrative=None, consent=consent, safeguarding=safe, approved_text="x", title="Told")
    content = write(
        tmp_path, {"stories/told/index.md": text(made), "people/editor/index.md": text(fields(Person, "editor"))}
    )
    loaded, _ = load(content, as_of=TODAY)
    (item,) = due(loaded, 60)
    assert (item.on, item.what) == (dt.date(2026, 12, 20), "the narrator's consent ends: “Told”")
    lines = (content / "stories/told/index.md").read_text(encoding="utf-8").split("\n")
    assert "2024-12-20" in lines[item.position.line - 1]
    assert due(loaded, 20) == ()


def test_999_is_never_due(tmp_path: Path) -> None:
    """999 is never listed, because nobody may dial it to verify it."""
    contacts = HELP.replace("- id: never\n", "- id: emergency\n")
    assert contacts != HELP
    loaded, _ = load(write(tmp_path, {"register/help.yaml": contacts}), as_of=TODAY)
    assert [item.what for item in due(loaded, 60)] == ["verify the help contact: Old line"]


def test_help_contacts_never_verified_come_first(tmp_path: Path) -> None:
    """An unverified contact comes before everything. A recently verified one is not listed."""
    loaded, problems = load(write(tmp_path, {"register/help.yaml": HELP}), as_of=TODAY)
    assert problems == []
    first, second = due(loaded, 60)
    lines = HELP.split("\n")
    assert (first.on, first.what) == (None, "verify the help contact: New line, for a crisis (never verified)")
    assert lines[first.position.line - 1] == "- id: never"
    assert (second.on, second.what) == (dt.date(2026, 7, 1), "verify the help contact: Old line")
    assert "verified_on: '2026-01-02'" in lines[second.position.line - 1]


def test_the_command_prints_lines(tmp_path: Path) -> None:
    """Each line has the day, the text and a position for editors. The status is always 0.

    The file with an error is named at the end, but not the one with a warning of what is to do.
    """
    content = write(tmp_path / "content", {
        "articles/late/index.md": text(fields(Article, "late", review_due="2026-10-01")),
        "articles/broken/index.md": "---\ntitle: [\n---\n",
        "people/editor/index.md": text(fields(Person, "editor")),
        "register/help.yaml": HELP,
        "register/synonyms.yaml": "# To do: the words of your readers.\n[]\n",
    })  # fmt: skip
    done = inv_here("due", "--content", str(content), "--as-of", "2026-11-23")
    assert done.status == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("never ")
    place = re.fullmatch(r"2026-10-01  the review is due: “A title”  (.+):(\d+)", lines[2])
    assert place
    assert "review_due: '2026-10-01'" in (ROOT / place[1]).read_text(encoding="utf-8").splitlines()[int(place[2]) - 1]
    assert lines[3] == "3 due by 2027-01-22."
    (unread,) = lines[4:]
    assert unread.endswith("articles/broken/index.md")
    for arguments, message in ((("--as-of", "soon"), "AS_OF"), (("--content", "nowhere"), "there is no folder")):
        wrong = inv_here("due", *arguments)
        assert wrong.status == 1
        assert message in wrong.stderr


@given(
    review=st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)),
    expires=st.none() | st.dates(dt.date(2026, 6, 2), dt.date(2027, 12, 31)),
    days=st.integers(0, 400),
)
def test_every_item_in_range_is_listed(review: dt.date, expires: dt.date | None, days: int) -> None:
    """For any days, exactly the items that are overdue or due in range are listed, in order."""
    made = entry(Article, "a", review_due=str(review), expires=str(expires) if expires else None)
    listed = due(Library((made,), as_of=TODAY), days)
    last = TODAY + dt.timedelta(days=days)
    wanted = set()
    if expires is None or expires > TODAY:
        wanted = {day for day in (review, expires) if day is not None and day <= last}
    assert {item.on for item in listed} == wanted
    assert [item.on for item in listed] == sorted(item.on for item in listed if item.on)
