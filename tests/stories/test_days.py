"""On whatever day a consent ends, and on whatever day a release is built, the release is made and tells neither.

The day that readers are told is that of the first build without the story, never that on which the consent ended. Days
coincide: with those of builds and publications, and with the day on which ``security.txt`` ends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from plugins.content_model.library import Library
from plugins.content_model.loader import parse_entry
from plugins.content_model.story import Story
from plugins.feeds.tombstones import consent_removal_days, feed_tombstones
from plugins.privacy_receipt.private_values import PrivateValues
from plugins.publishing.security_txt import expiry
from tests.feeds import planning
from tests.help_register.registers import as_text, contacts
from tests.sites.building import run_here, snapshot
from tests.sites.writing import text
from tests.stories.outputs import holding
from tests.stories.telling import BODY, FILE, ID, approved, front_matter, site

FIRST = dt.date(2026, 11, 23)
DAYS = tuple(FIRST + dt.timedelta(number) for number in range(400))
#: Days on which a consent may end: a build's own, the first of a month, that of the first ``security.txt``, the last.
ENDS = (FIRST + dt.timedelta(1), dt.date(2026, 12, 1), expiry(FIRST), dt.date(2027, 3, 14), DAYS[-1])
_TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
#: Crisis contacts are verified for 90 days, and these builds go on for longer.
_ALLOWED = ["samaritans", "elm-tree-hub"]


def told(end: dt.date, **consent: str) -> dict[str, Any]:
    """Return the front matter of a story whose consent ends on ``end``, with changes of the consent."""
    front = front_matter()
    return {**front, "consent": {**front["consent"], "expires": end.isoformat(), **consent}}


def story(end: dt.date) -> Story:
    """Return the story whose consent ends on ``end``."""
    made, _ = parse_entry(text(approved({**told(end), "image": None}, BODY), BODY), FILE, Story)
    assert isinstance(made, Story)
    return made


def tombstones(made: Mapping[str, bytes]) -> dict[str, str]:
    """Return the days of the tombstones in the feed of everything, by the last part of what they stand for."""
    feed = etree.fromstring(made["feeds/all.atom.xml"])
    return {stone.get("ref", "").rpartition(":")[2]: stone.get("when", "")[:10] for stone in feed.findall(_TOMBSTONE)}


@pytest.mark.parametrize("end", ENDS, ids=str)
def test_the_day_that_is_told_is_that_of_the_first_build_without_it(end: dt.date) -> None:
    """On each of 400 days: until the consent ends nothing is told, then the day of the first build, for good."""
    one = story(end)
    since: dict[str, dt.date] = {}
    # Nobody builds on a Sunday.
    for day in (day for day in DAYS if day.isoweekday() != 7):
        library = Library((one,), as_of=day)
        now = consent_removal_days(library, since)
        assert now == ({} if day < end else {one.id: since.get(one.id, day)})
        assert [stone.stone.withdrawn_on for stone in feed_tombstones(library, now)] == list(now.values())
        assert bool(now) != one.is_live(day)
        since = now
    assert since[one.id] == next(day for day in DAYS if day >= end and day.isoweekday() != 7)


@pytest.mark.parametrize("end", ENDS, ids=str)
def test_nothing_that_coincides_with_a_private_day_stops_a_build(end: dt.date) -> None:
    """On each of 400 days, no file that names a public day, in whatever form, is taken for one with a private one."""
    values = PrivateValues(Library((story(end),)), ())
    assert {value.field for value in values.wanted} >= {"consent.ref", "safeguarding.by_role"}
    for day in DAYS:
        forms = (day.isoformat(), f"{day.day} {day:%B %Y}", f"{day:%a, %d %b %Y}", expiry(day).isoformat())
        assert values.within("a.txt", " ".join(forms).encode()) == ()


def test_feeds_tell_the_day_that_they_were_handed() -> None:
    """A feed names the day that readers were told first; without one that of its build; a day to come never."""
    one = story(dt.date(2026, 12, 1))
    handed: tuple[tuple[dict[str, str], str], ...] = (
        ({}, "2026-12-09"),
        ({ID: "2026-12-04"}, "2026-12-04"),
        ({ID: "2027-01-01"}, "2026-12-09"),
    )
    for since, day in handed:
        made = planning.files(planning.build(one, as_of=dt.date(2026, 12, 9), GONE_SINCE=since))
        assert tombstones(made) == {one.id: day}
    assert tombstones(planning.files(planning.build(one, as_of=dt.date(2026, 11, 30)))) == {}


def released(folder: Path, front: dict[str, Any], day: dt.date) -> dict[str, bytes]:
    """Build a release of the small site as on ``day``; return its files."""
    verified = {"verified_on": "2026-11-20"}
    register = contacts(samaritans=verified, elm_tree_hub={**verified, "email": "site@example.org"})
    content = site(folder, text(approved(front, BODY), BODY), {"register/help.yaml": as_text(register)})
    output = folder / "output"
    done = run_here(content, output, RELEASE=True, AS_OF=day.isoformat(), HELP_EXPIRED_ALLOWED=_ALLOWED)
    assert done.status == 0, (day, done.stderr)
    made = snapshot(output)
    assert f"Expires: {expiry(day)}".encode() in made[".well-known/security.txt"]
    return made


@pytest.mark.parametrize("day", [ENDS[3] - dt.timedelta(3), ENDS[3] + dt.timedelta(10)], ids=str)
def test_other_private_days_make_the_same_site(day: dt.date, tmp_path: Path) -> None:
    """Private days decide who is live and nothing else: with others a release is the same, byte for byte."""
    end = ENDS[3]
    other = told(end + dt.timedelta(1), given_on="2026-01-09", ref="PRIVATE-REF-7Q")
    other["safeguarding"] = {**other["safeguarding"], "reviewed_on": "2026-03-01"}
    assert released(tmp_path / "one", told(end), day) == released(tmp_path / "other", other, day)


def _key_days() -> Iterator[tuple[dt.date, dt.date]]:
    for end in (ENDS[3], expiry(dt.date(2027, 1, 1))):
        yield from ((end, end + dt.timedelta(days)) for days in (-1, 0, 1))
    # The day on which the consent ends is that on which the file for security ends, of an earlier month.
    yield expiry(FIRST), FIRST
    yield ENDS[3], ENDS[3] + dt.timedelta(120)


@pytest.mark.parametrize(("end", "day"), list(_key_days()), ids=str)
def test_a_release_is_made_on_days_that_matter(end: dt.date, day: dt.date, tmp_path: Path) -> None:
    """Around the end of a consent a release is made, with the story until then and without it from that day on."""
    made = released(tmp_path, told(end), day)
    assert bool(holding(tmp_path / "output")) == (day < end)
    assert tombstones(made) == ({} if day < end else {ID: day.isoformat()})


@pytest.mark.deep
def test_a_release_is_made_on_every_day(tmp_path: Path) -> None:
    """On each of 400 days a release is made, whatever else has the day on which the consent ends."""
    for number, day in enumerate(DAYS):
        end = ENDS[number % len(ENDS)]
        made = released(tmp_path, told(end), day)
        assert tombstones(made) == ({} if day < end else {ID: day.isoformat()})
