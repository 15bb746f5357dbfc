"""A publication is before readers whole or not at all, and can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from plugins.publishing.publication import KEEP, PublicationError, publish, roll_back
from plugins.publishing.release.carry_over import inherited, returning
from plugins.publishing.release.inventory import Inventory
from plugins.publishing.release.release import Release
from plugins.publishing.smoke_test import UnexpectedAnswer
from plugins.publishing.targets.folder import FolderTarget
from plugins.publishing.targets.target import Target, TargetError
from tests.publishing.releases import release

HARM = UnexpectedAnswer("https://example.org/", "is not the file of this release", is_fatal=True)
ODD = UnexpectedAnswer("https://example.org/", "lacks a header", is_fatal=False)


def fair(_inventory: Inventory, _changed: Sequence[str]) -> Sequence[UnexpectedAnswer]:
    """See nothing wrong."""
    return ()


def site(tmp_path: Path, word: str, **more: bytes) -> Release:
    """Return a release whose pages say ``word``."""
    pages = {"index.html": word.encode(), "help/index.html": b"help", "404.html": b"none"}
    return release(tmp_path, {**pages, **{f"stories/{name}/index.html": text for name, text in more.items()}})


@pytest.fixture
def target(tmp_path: Path) -> Target:
    """A folder that nothing was published to yet."""
    return FolderTarget(tmp_path / "host")


def seen(tmp_path: Path) -> str:
    """Return what the home page says to readers."""
    return (tmp_path / "host" / "current" / "index.html").read_text(encoding="utf-8")


def test_a_first_release_is_seen(target: Target, tmp_path: Path) -> None:
    """Where nothing was published, everything is sent and seen."""
    done = publish(site(tmp_path, "one"), target, fair)
    assert seen(tmp_path) == "one"
    assert "index.html" in done.changes.added
    assert not done.changes.removed


def test_the_same_release_changes_nothing(target: Target, tmp_path: Path) -> None:
    """Published again, a release sends nothing, and is looked at all the same."""
    publish(site(tmp_path, "one"), target, fair)
    kept = target.kept()
    done = publish(site(tmp_path, "one"), target, lambda _inventory, _changed: [ODD])
    assert not done.changes
    assert done.told == [ODD]
    assert target.kept() == kept


def test_an_interrupted_publication_is_tidied_by_the_next(tmp_path: Path) -> None:
    """A publication that ends between the switch and the tidying leaves no withdrawn story behind the next one."""
    failing, target = FolderTarget(tmp_path / "host", "exit 3"), FolderTarget(tmp_path / "host")
    publish(site(tmp_path, "one", told=b"octopus"), target, fair)
    with pytest.raises(TargetError, match="status 3"):
        publish(site(tmp_path, "two"), failing, fair)
    assert not publish(site(tmp_path, "two"), target, fair).changes
    assert not [file for file in (tmp_path / "host").rglob("*") if file.is_file() and file.read_bytes() == b"octopus"]


def test_a_live_release_that_fares_badly_is_tidied(target: Target, tmp_path: Path) -> None:
    """A withdrawn story leaves the host even where the live release is not as it should be."""
    publish(site(tmp_path, "one", told=b"octopus"), target, fair)
    with target.locked():
        target.send(two := site(tmp_path, "two"))
        target.switch(two.inventory.id)
    with pytest.raises(PublicationError, match="nothing changed, but the live release"):
        publish(two, target, lambda _inventory, _changed: [HARM])
    assert [one.id for one in target.kept()] == [two.inventory.id]


def test_only_what_changed_is_told(target: Target, tmp_path: Path) -> None:
    """The changes from one release to the next name the files that differ, and no others."""
    publish(site(tmp_path, "one", a=b"a"), target, fair)
    done = publish(site(tmp_path, "two", b=b"b"), target, fair)
    assert done.changes.changed == ("index.html",)
    assert done.changes.added == ("stories/b/index.html",)
    assert done.changes.removed == ("stories/a/index.html",)


def test_a_release_that_fares_badly_is_taken_back(target: Target, tmp_path: Path) -> None:
    """When a look from outside finds harm, readers see the old release again, and the command says what was wrong."""
    publish(site(tmp_path, "one"), target, fair)
    asked: list[tuple[str, Sequence[str]]] = []

    def look(inventory: Inventory, changed: Sequence[str]) -> Sequence[UnexpectedAnswer]:
        asked.append((seen(tmp_path), changed))
        return [ODD, HARM]

    with pytest.raises(PublicationError, match=r"(?s)was taken back; readers see release .* is not the file"):
        publish(site(tmp_path, "two"), target, look)
    assert asked == [("two", ("index.html",))]
    assert seen(tmp_path) == "one"
    assert publish(site(tmp_path, "two"), target, fair).changes.changed == ("index.html",)


def test_what_harms_nobody_is_only_told(target: Target, tmp_path: Path) -> None:
    """A finding that harms nobody does not take a release back."""
    publish(site(tmp_path, "one"), target, fair)
    assert publish(site(tmp_path, "two"), target, lambda _inventory, _changed: [ODD]).told == [ODD]
    assert seen(tmp_path) == "two"


def test_a_first_release_that_fares_badly_is_said(target: Target, tmp_path: Path) -> None:
    """There is nothing to go back to from the first release, and the command says so."""
    with pytest.raises(PublicationError, match="the release is there, but"):
        publish(site(tmp_path, "one"), target, lambda _inventory, _changed: [HARM])


def test_a_live_release_that_fares_badly_is_said(target: Target, tmp_path: Path) -> None:
    """Nothing changed, but what readers see is wrong: that is no success."""
    publish(site(tmp_path, "one"), target, fair)
    with pytest.raises(PublicationError, match="nothing changed, but the live release"):
        publish(site(tmp_path, "one"), target, lambda _inventory, _changed: [HARM])


def test_five_releases_are_kept(target: Target, tmp_path: Path) -> None:
    """The newest five stay, the live one among them."""
    for number in range(KEEP + 3):
        publish(site(tmp_path, str(number)), target, fair)
    with target.locked():
        assert len(target.kept()) == KEEP
        assert target.kept()[0].is_live


def test_a_rollback_goes_one_step_back(target: Target, tmp_path: Path) -> None:
    """Each rollback leads to the release before the live one; beyond the oldest there is none."""
    for word in ("one", "two", "three"):
        publish(site(tmp_path, word), target, fair)
    for word in ("two", "one"):
        roll_back(target, fair)
        assert seen(tmp_path) == word
    with pytest.raises(PublicationError, match="no older release is kept; see  inv releases"):
        roll_back(target, fair)
    assert seen(tmp_path) == "one"


def test_a_rollback_to_a_release_by_name(target: Target, tmp_path: Path) -> None:
    """The beginning of an id is enough; one that no release has, and the live one, are refused."""
    releases = [site(tmp_path, word) for word in ("one", "two", "three")]
    for one in releases:
        publish(one, target, fair)
    kept, done = roll_back(target, fair, releases[0].inventory.id[:6])
    assert kept.id == releases[0].inventory.id
    assert done.changes.changed == ("index.html",)
    assert seen(tmp_path) == "one"
    with pytest.raises(PublicationError, match="is the one that readers see"):
        roll_back(target, fair, releases[0].inventory.id)
    kept_ids = ", ".join(one.id for one in target.kept())
    with pytest.raises(
        PublicationError, match=f"no release `nothing` is kept; these are, the newest first: {kept_ids}"
    ):
        roll_back(target, fair, "nothing")


def test_a_beginning_of_several_ids_is_refused(target: Target, tmp_path: Path) -> None:
    """A beginning that two kept releases share names them, and nothing changes."""
    alike: dict[str, list[Release]] = {}
    for number in range(17):
        one = site(tmp_path, str(number))
        alike.setdefault(one.inventory.id[0], []).append(one)
    first, second = next(found for found in alike.values() if len(found) > 1)[:2]
    for one in (first, second, site(tmp_path, "live")):
        publish(one, target, fair)
    with pytest.raises(
        PublicationError, match=rf"several releases begin with `{first.inventory.id[0]}` \(.*write more"
    ):
        roll_back(target, fair, first.inventory.id[0])
    assert seen(tmp_path) == "live"
    assert roll_back(target, fair, first.inventory.id.upper())[0].id == first.inventory.id


def test_a_rollback_that_fares_badly_is_taken_back(target: Target, tmp_path: Path) -> None:
    """A rollback is looked at as a publication is."""
    for word in ("one", "two"):
        publish(site(tmp_path, word), target, fair)
    with pytest.raises(PublicationError, match="was taken back"):
        roll_back(target, lambda _inventory, _changed: [HARM])
    assert seen(tmp_path) == "two"


def test_nothing_to_roll_back(target: Target) -> None:
    """Where nothing was published, nothing can be taken back, and the command says so."""
    with pytest.raises(PublicationError, match=r"nothing was published to folder .* yet"):
        roll_back(target, fair)


def test_a_story_that_is_gone_cannot_return(target: Target, tmp_path: Path) -> None:
    """A release with a story that the site no longer shows is not kept, so no rollback can bring the story back."""
    with_story = site(tmp_path, "one", told=b"my story")
    publish(with_story, target, fair)
    publish(site(tmp_path, "two"), target, fair)
    assert [one.id for one in target.kept()] != []
    assert with_story.inventory.id not in {one.id for one in target.kept()}
    assert not [file for file in (tmp_path / "host").rglob("*") if file.is_file() and b"my story" in file.read_bytes()]


def test_a_kept_release_with_a_story_that_is_gone_is_refused(target: Target, tmp_path: Path) -> None:
    """Where such a release is still there, because the run that would have taken it away was killed, it is refused."""
    old, new = site(tmp_path, "one", told=b"my story"), site(tmp_path, "two")
    publish(old, target, fair)
    with target.locked():
        target.send(new)
        target.switch(new.inventory.id)
    with pytest.raises(PublicationError, match=r"stories/told/index\.html\. Mend the content and publish it instead"):
        roll_back(target, fair)
    assert seen(tmp_path) == "two"


def test_what_was_withdrawn_cannot_return(tmp_path: Path) -> None:
    """A page that is gone in the live release, and was none in the old one, must not return; articles may."""
    page = "articles/x/index.html"
    old = release(tmp_path, {"index.html": b"a", page: b"x", "articles/y/index.html": b"y"}).inventory
    gone = {"/articles/x/": page}
    live = release(tmp_path, {"index.html": b"b", page: b"gone"}, gone=gone).inventory
    assert returning(old, live) == [page]
    assert returning(release(tmp_path, {"index.html": b"c", page: b"gone"}, gone=gone).inventory, live) == []


def test_an_open_page_still_finds_its_picture(target: Target, tmp_path: Path) -> None:
    """What is named by its content outlives its release by one, on no list, for pages that are open or in a cache."""
    picture = "images/0123456789-400.webp"
    first = release(tmp_path, {"index.html": b"1", picture: b"picture"})
    for one in (first, release(tmp_path, {"index.html": b"2"})):
        publish(one, target, fair)
    live = tmp_path / "host" / "current"
    assert (live / picture).read_bytes() == b"picture"
    publish(release(tmp_path, {"index.html": b"3"}), target, fair)
    assert not (live / picture).exists()


def test_nothing_outlives_a_story_that_is_gone(tmp_path: Path) -> None:
    """Where a story goes, nothing of its release stays: not its pictures, nor the index of searches that names it."""
    index = "search/index-0123456789.js"
    pages = {"index.html": b"1", "stories/told/index.html": b"my story", index: b"my story"}
    old, new = release(tmp_path, pages).inventory, release(tmp_path, {"index.html": b"2"}).inventory
    assert inherited(old, new) == []
    kept = release(tmp_path, {"index.html": b"2", "stories/told/index.html": b"my story"}).inventory
    assert inherited(old, kept) == [index]
    assert inherited(None, new) == []


def test_two_publications_do_not_meet(target: Target, tmp_path: Path) -> None:
    """While one publishes, the other is refused, and nothing of it is sent."""
    publish(site(tmp_path, "one"), target, fair)
    with target.locked(), pytest.raises(TargetError, match="is publishing there"):
        publish(site(tmp_path, "two"), FolderTarget(tmp_path / "host"), fair)
    assert seen(tmp_path) == "one"
