"""Test that a story shows only where and when its narrator consented, and only as approved and reviewed.

The tests build a small site. ``holds`` asserts the whole rule. The last tests remove each guard from the code and
expect ``holds`` to fail.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from plugins.content_model import references
from plugins.content_model.entry import Entry, RuleViolation
from plugins.content_model.story import Story
from plugins.feeds import items
from plugins.pages.indexing import Indexing
from plugins.stories import plugin as stories
from tests.examples import examples
from tests.sites.building import run_here
from tests.sites.writing import text
from tests.stories.outputs import for_searches, holding, in_feeds, in_social_cards, with_picture
from tests.stories.spoiling import PAGE, REQUIRED, SPOILINGS, WRONG, Spoiling, having, holds
from tests.stories.telling import BODY, FILE, approved, front_matter, site, story


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder."""
    return tmp_path


def test_a_story_in_order_shows_everywhere(folder: Path) -> None:
    """A story with full consent, approval and review has a page, is in feeds and can be found."""
    output = folder / "output"
    done = run_here(site(folder), output)
    assert done.status == 0, done.stderr
    assert PAGE in holding(output)
    assert PAGE in for_searches(output)
    assert PAGE in in_social_cards(output)
    assert {"feeds/stories.rss.xml", "feeds/all.atom.xml", "feeds/topics/families.json"} <= in_feeds(output)
    assert PAGE in with_picture(output)
    assert any(path.startswith("images/") for path in with_picture(output))


@pytest.mark.parametrize("spoiling", SPOILINGS, ids=lambda spoiling: spoiling.name)
def test_one_thing_missing_keeps_it_out(spoiling: Spoiling, folder: Path) -> None:
    """With one requirement missing, misspelt or expired, the story is left out of every place that needs it."""
    holds(spoiling, BODY, folder)


_PROSE = st.text(st.characters(categories=("L", "N", "Zs"), max_codepoint=0x2FFF), min_size=1, max_size=60)
_FIELDS = st.sampled_from([field for field, _ in REQUIRED])


# Without shrinking, which would take minutes of builds.
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=examples(25), phases=_PHASES)
@given(spoiling=st.sampled_from(SPOILINGS), told=st.lists(_PROSE, max_size=3))
def test_whatever_it_tells(spoiling: Spoiling, told: list[str]) -> None:
    """The same holds for any text."""
    with tempfile.TemporaryDirectory() as folder:
        holds(spoiling, "\n\n".join([BODY, *told]) + "\n", Path(folder))


@settings(max_examples=examples(25), phases=_PHASES)
@given(field=_FIELDS, wrong=st.sampled_from(WRONG) | st.text(max_size=5))
def test_whatever_stands_in_a_field(field: str, wrong: object) -> None:
    """With any value in place of a required field, the story is left out, unless the value is valid."""
    front = having(wrong, *field.split("."))(approved(front_matter()))
    with tempfile.TemporaryDirectory() as folder:
        content = site(Path(folder), text(front, BODY))
        output = Path(folder) / "output"
        done = run_here(content, output)
        if done.status:
            assert not output.exists()
        else:  # any text is a valid reference, version of a form or role
            assert field in {"consent.ref", "consent.form_version", "safeguarding.by_role"}
            assert isinstance(wrong, str)
            assert wrong.strip()


@settings(max_examples=examples(15), phases=_PHASES)
@given(data=st.data())
def test_one_changed_character_stops_the_build(data: st.DataObject) -> None:
    """After the approval, a change of one character stops the build."""
    field = data.draw(st.sampled_from(["title", "summary", "name", "body"]))
    front, body = approved(front_matter()), BODY
    old = {
        "title": front["title"],
        "summary": front["summary"],
        "name": front["narrator"]["display_name"],
        "body": body.strip(),
    }
    at = data.draw(st.integers(0, len(old[field]) - 1))
    put = data.draw(st.sampled_from(["", "x", "é", "x" + old[field][at], old[field][at] * 2]))
    new = old[field][:at] + put + old[field][at + 1 :]
    if " ".join(new.split()) == " ".join(old[field].split()):
        return  # white space at the ends, or doubled within a field, is not part of the text
    front |= {"title": new} if field == "title" else {"summary": new} if field == "summary" else {}
    front |= {"narrator": {**front["narrator"], "display_name": new}} if field == "name" else {}
    with tempfile.TemporaryDirectory() as folder:
        content = site(Path(folder), text(front, new if field == "body" else body))
        done = run_here(content, Path(folder) / "output")
        names = {problem.name for problem in done.problems(content)}
    assert done.status == 1
    assert names & {"text-changed-since-approval", "empty-value"}, names


def test_a_story_that_breaks_its_consent_leaves_the_last_good_site(folder: Path) -> None:
    """When the build stops, the previous site stays."""
    content, output = site(folder), folder / "output"
    assert run_here(content, output).status == 0
    before = {file: file.read_bytes() for file in output.rglob("*") if file.is_file()}
    (content / FILE).write_text(story().replace("gulls", "ships"), encoding="utf-8")
    assert run_here(content, output).status == 1
    assert {file: file.read_bytes() for file in output.rglob("*") if file.is_file()} == before


def test_a_release_says_what_it_leaves_out(folder: Path) -> None:
    """A release warns about the story whose consent has ended, at the position of the date."""
    content = site(folder, text(having("2026-11-20", "consent", "expires")(approved(front_matter())), BODY))
    done = run_here(content, folder / "output", RELEASE=True)
    (told,) = done.problems(content)
    assert (told.path, told.name, told.severity) == (FILE, "consent-lapsed", "warning")
    assert "left out of the site" in told.message
    assert "2026-11-20" in (content / FILE).read_text(encoding="utf-8").splitlines()[told.line - 1]


def test_feeds_take_back_what_a_lapsed_consent_carried(folder: Path) -> None:
    """Feeds replace the item of an expired story by one with the same id that says it is gone."""
    lapsed = text(having("2026-11-20", "consent", "expires")(approved(front_matter())), BODY)
    assert run_here(site(folder, lapsed), folder / "output", RELEASE=True).status == 0
    feed = (folder / "output" / "feeds" / "stories.rss.xml").read_text(encoding="utf-8")
    assert ":entry-id-told</guid>" in feed
    assert "No longer available" in feed


def test_links_to_a_lapsed_story_do_not_hold_up_a_release(folder: Path) -> None:
    """A link to an expired story loses its address with a warning, and so does text that names it."""
    lapsed = text(having("2026-11-20", "consent", "expires")(approved(front_matter())), BODY)
    sample = "Read [Zebulon walked along the quay]({filename}/stories/told/index.md) too.\n"
    content = site(folder, lapsed)
    with (content / "stories/sample/index.md").open("a", encoding="utf-8") as file:
        file.write(sample)
    done = run_here(content, folder / "output", RELEASE=True)
    assert done.status == 0, done.stderr
    assert "link-to-withdrawn" in {problem.name for problem in done.problems(content)}
    assert holding(folder / "output") == set()


def test_no_picture_in_the_text_without_leave(folder: Path) -> None:
    """A picture in the body needs the same consent as the one in the front matter, in any syntax."""
    for picture in ("![A kettle.](told.gif)", "Look: ![A kettle.][k]\n\n[k]: told.gif"):
        front = {**front_matter(), "image": None}
        front["consent"]["scope"] = ["web"]
        body = f"{BODY}\n{picture}\n"
        content = site(folder, text(approved(front, body), body))
        done = run_here(content, folder / "output")
        assert done.status == 1
        (told,) = done.problems(content)
        assert told.name == "consent-out-of-scope"
        assert "![" in (content / FILE).read_text(encoding="utf-8").splitlines()[told.line - 1]


def test_private_fields_reach_no_output(folder: Path) -> None:
    """The consent's reference, the reviewer's role and the hash are in no file of the site."""
    front = approved(front_matter())
    run_here(site(folder, text(front, BODY)), folder / "output")
    private = ("PRIVATE-REF-7Q", "PRIVATE-ROLE-5M", front["approved_text"])
    assert holding(folder / "output", private) == set()


def test_samples_say_so_on_page_cards_and_feeds(folder: Path) -> None:
    """A sample is labelled on its page, on every card and in every feed, and a real story is not."""
    output = folder / "output"
    run_here(site(folder), output)
    assert "made up" in (output / "stories/sample/index.html").read_text(encoding="utf-8")
    assert (
        "made up" not in (output / PAGE).read_text(encoding="utf-8").partition("<footer")[0].partition("entry-neigh")[0]
    )
    for path in ("stories/index.html", "index.html", "topics/families/index.html", "people/editor/index.html"):
        assert "sample" in (output / path).read_text(encoding="utf-8").lower(), path
        assert "made up" in (output / path).read_text(encoding="utf-8"), path
    for form in ("rss.xml", "atom.xml", "json"):
        assert "made up" in (output / f"feeds/stories.{form}").read_text(encoding="utf-8"), form


# Mutants: each removes one guard.


def _faults_without(name: str) -> Callable[[pytest.MonkeyPatch], None]:
    def mutate(patch: pytest.MonkeyPatch) -> None:
        whole, on_the_day = Story.violations, Story.violations_on

        def violations(self: Story) -> Iterator[RuleViolation]:
            return (fault for fault in whole(self) if fault.name != name)

        def violations_on(self: Story, as_of: dt.date) -> Iterator[RuleViolation]:
            return (fault for fault in on_the_day(self, as_of) if fault.name != name)

        patch.setattr(Story, "violations", violations)
        patch.setattr(Story, "violations_on", violations_on)

    return mutate


def _allows_all(*places: str) -> Callable[[pytest.MonkeyPatch], None]:
    def mutate(patch: pytest.MonkeyPatch) -> None:
        real = Story.allows
        patch.setattr(Story, "allows", lambda self, scope: scope in places or real(self, scope))

    return mutate


def _live_for_ever(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Story, "is_live", Entry.is_live)


def _never_lapsed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Story, "has_lapsed", lambda _self, _as_of: False)


def _no_day(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(references, "_on_the_day", lambda *_args, **_more: iter(()))


def _any_hash(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("plugins.content_model.story.approval_hash", lambda story: story.approved_text)


def _indexed_for_all(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Indexing, "is_indexed", lambda *_: True)


def _feeds_for_all(patch: pytest.MonkeyPatch) -> None:
    def from_entry(self: items.ItemBuilder, entry: Entry) -> Iterator[items.FeedItem]:
        if isinstance(entry, Story):
            yield self._item(entry)

    patch.setattr(items.ItemBuilder, "from_entry", from_entry)


GUARDS = {
    **{f"the fault {name}": _faults_without(name) for name in (
        "story-without-consent", "story-without-safeguarding", "story-without-approval", "text-changed-since-approval",
        "consent-out-of-scope", "consent-too-long", "consent-lapsed", "consent-not-yet-given",
        "safeguarding-not-yet-done", "dates-out-of-order", "illustrative-with-consent",
    )},
    "the place feed": _allows_all("feed"),
    "the place social": _allows_all("social"),
    "the place search": _allows_all("search"),
    "the day on which it is live": _live_for_ever,
    "the day on which it lapses": _never_lapsed,
    "the look at the day": _no_day,
    "the comparison of the text": _any_hash,
    "the pages that searches find": _indexed_for_all,
    "the feeds' question": _feeds_for_all,
}  # fmt: skip


@pytest.mark.deep
@pytest.mark.parametrize("guard", GUARDS)
def test_without_a_guard_the_promise_breaks(guard: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With any guard removed, a test of the rule fails."""
    GUARDS[guard](monkeypatch)
    for number, spoiling in enumerate(SPOILINGS):
        try:
            holds(spoiling, BODY, folder / str(number))
        except AssertionError:
            return
        shutil.rmtree(folder / str(number))
    pytest.fail(f"nothing noticed that {guard} was gone")


@pytest.mark.deep
def test_without_the_look_at_pictures_the_promise_breaks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard of pictures in the text is needed too."""
    monkeypatch.setattr(stories, "check_pictures", lambda *_: iter(()))
    with pytest.raises(AssertionError):
        test_no_picture_in_the_text_without_leave(folder)
