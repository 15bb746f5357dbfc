"""Test that a publication is atomic and can be rolled back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from plugins.publishing.publication import KEEP, PublicationError, publish, roll_back
from plugins.publishing.release.carry_over import carried_over, withdrawn_pages
from plugins.publishing.release.inventory import Inventory
from plugins.publishing.release.release import Release
from plugins.publishing.smoke_test import UnexpectedAnswer
from plugins.publishing.targets.folder import FolderTarget
from plugins.publishing.targets.target import Target, TargetError
from tests.publishing.releases import release

HARM = UnexpectedAnswer("https://example.org/", "is not the file of this release", is_fatal=True)
ODD = UnexpectedAnswer("https://example.org/", "lacks a header", is_fatal=False)


def fair(_inventory: Inventory, _changed: Sequence[str]) -> Sequence[UnexpectedAnswer]:
    """A smoke test that finds nothing."""
    return ()


def site(tmp_path: Path, word: str, **more: bytes) -> Release:
    """Return a release whose pages contain ``word``."""
    pages = {"index.html": word.encode(), "help/index.html": b"help", "404.html": b"none"}
    return release(tmp_path, {**pages, **{f"stories/{name}/index.html": text for name, text in more.items()}})


@pytest.fixture
def target(tmp_path: Path) -> Target:
    """Return a folder target without a release."""
    return FolderTarget(tmp_path / "host")


def seen(tmp_path: Path) -> str:
    """Return the content of the live home page."""
    return (tmp_path / "host" / "current" / "index.html").read_text(encoding="utf-8")


def test_a_first_release_is_seen(target: Target, tmp_path: Path) -> None:
    """Publishing to an empty target uploads all files and makes them live."""
    done = publish(site(tmp_path, "one"), target, fair)
    assert seen(tmp_path) == "one"
    assert "index.html" in done.changes.added
    assert not done.changes.removed


def test_the_same_release_changes_nothing(target: Target, tmp_path: Path) -> None:
    """Publishing the same release again uploads nothing and runs the smoke test."""
    publish(site(tmp_path, "one"), target, fair)
    kept = target.kept()
    done = publish(site(tmp_path, "one"), target, lambda _inventory, _changed: [ODD])
    assert not done.changes
    assert done.warnings == [ODD]
    assert target.kept() == kept


def test_an_interrupted_publication_is_tidied_by_the_next(tmp_path: Path) -> None:
    """A run that was interrupted after the switch leaves no withdrawn story after the next run."""
    failing, target = FolderTarget(tmp_path / "host", "exit 3"), FolderTarget(tmp_path / "host")
    publish(site(tmp_path, "one", told=b"octopus"), target, fair)
    with pytest.raises(TargetError, match="status 3"):
        publish(site(tmp_path, "two"), failing, fair)
    assert not publish(site(tmp_path, "two"), target, fair).changes
    assert not [file for file in (tmp_path / "host").rglob("*") if file.is_file() and file.read_bytes() == b"octopus"]


def test_old_releases_are_deleted_despite_a_fatal_answer(target: Target, tmp_path: Path) -> None:
    """A release with a withdrawn story is deleted even if the smoke test of the live release fails."""
    publish(site(tmp_path, "one", told=b"octopus"), target, fair)
    with target.locked():
        target.send(two := site(tmp_path, "two"))
        target.switch(two.inventory.id)
    with pytest.raises(PublicationError, match="nothing changed, but the live release"):
        publish(two, target, lambda _inventory, _changed: [HARM])
    assert [kept.id for kept in target.kept()] == [two.inventory.id]


def test_the_changes_list_what_differs(target: Target, tmp_path: Path) -> None:
    """The changes list the files that differ, and no others."""
    publish(site(tmp_path, "one", a=b"a"), target, fair)
    done = publish(site(tmp_path, "two", b=b"b"), target, fair)
    assert done.changes.changed == ("index.html",)
    assert done.changes.added == ("stories/b/index.html",)
    assert done.changes.removed == ("stories/a/index.html",)


def test_a_release_with_a_fatal_answer_is_rolled_back(target: Target, tmp_path: Path) -> None:
    """After a fatal answer, the previous release is live again, and the error has the answer."""
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


def test_a_harmless_answer_is_a_warning(target: Target, tmp_path: Path) -> None:
    """An answer that is not fatal leaves the release live."""
    publish(site(tmp_path, "one"), target, fair)
    assert publish(site(tmp_path, "two"), target, lambda _inventory, _changed: [ODD]).warnings == [ODD]
    assert seen(tmp_path) == "two"


def test_a_first_release_with_a_fatal_answer_is_an_error(target: Target, tmp_path: Path) -> None:
    """A first release with a fatal answer cannot be rolled back, and the error says so."""
    with pytest.raises(PublicationError, match="the release is there, but"):
        publish(site(tmp_path, "one"), target, lambda _inventory, _changed: [HARM])


def test_an_unchanged_release_with_a_fatal_answer_is_an_error(target: Target, tmp_path: Path) -> None:
    """A fatal answer of an unchanged release is an error."""
    publish(site(tmp_path, "one"), target, fair)
    with pytest.raises(PublicationError, match="nothing changed, but the live release"):
        publish(site(tmp_path, "one"), target, lambda _inventory, _changed: [HARM])


def test_five_releases_are_kept(target: Target, tmp_path: Path) -> None:
    """The target keeps five releases, including the live one."""
    for number in range(KEEP + 3):
        publish(site(tmp_path, str(number)), target, fair)
    with target.locked():
        assert len(target.kept()) == KEEP
        assert target.kept()[0].is_live


def test_a_rollback_goes_one_step_back(target: Target, tmp_path: Path) -> None:
    """Each rollback goes to the release before the live one. Before the oldest there is an error."""
    for word in ("one", "two", "three"):
        publish(site(tmp_path, word), target, fair)
    for word in ("two", "one"):
        roll_back(target, fair)
        assert seen(tmp_path) == word
    with pytest.raises(PublicationError, match="no older release is kept; see  inv releases"):
        roll_back(target, fair)
    assert seen(tmp_path) == "one"


def test_a_rollback_to_a_release_by_name(target: Target, tmp_path: Path) -> None:
    """A prefix of an id selects a release. An unknown prefix and the live release are refused."""
    releases = [site(tmp_path, word) for word in ("one", "two", "three")]
    for made in releases:
        publish(made, target, fair)
    kept, done = roll_back(target, fair, releases[0].inventory.id[:6])
    assert kept.id == releases[0].inventory.id
    assert done.changes.changed == ("index.html",)
    assert seen(tmp_path) == "one"
    with pytest.raises(PublicationError, match="is the one that readers see"):
        roll_back(target, fair, releases[0].inventory.id)
    kept_ids = ", ".join(kept.id for kept in target.kept())
    with pytest.raises(
        PublicationError, match=f"no release `nothing` is kept; these are, the newest first: {kept_ids}"
    ):
        roll_back(target, fair, "nothing")


def test_a_beginning_of_several_ids_is_refused(target: Target, tmp_path: Path) -> None:
    """A prefix of two kept releases is refused, and the message names both."""
    alike: dict[str, list[Release]] = {}
    for number in range(17):
        made = site(tmp_path, str(number))
        alike.setdefault(made.inventory.id[0], []).append(made)
    first, second = next(found for found in alike.values() if len(found) > 1)[:2]
    for made in (first, second, site(tmp_path, "live")):
        publish(made, target, fair)
    with pytest.raises(
        PublicationError, match=rf"several releases begin with `{first.inventory.id[0]}` \(.*write more"
    ):
        roll_back(target, fair, first.inventory.id[0])
    assert seen(tmp_path) == "live"
    assert roll_back(target, fair, first.inventory.id.upper())[0].id == first.inventory.id


def test_a_rollback_with_a_fatal_answer_is_undone(target: Target, tmp_path: Path) -> None:
    """A rollback with a fatal answer is undone."""
    for word in ("one", "two"):
        publish(site(tmp_path, word), target, fair)
    with pytest.raises(PublicationError, match="was taken back"):
        roll_back(target, lambda _inventory, _changed: [HARM])
    assert seen(tmp_path) == "two"


def test_nothing_to_roll_back(target: Target) -> None:
    """A rollback at a target without releases is an error."""
    with pytest.raises(PublicationError, match=r"nothing was published to folder .* yet"):
        roll_back(target, fair)


def test_a_removed_story_cannot_return(target: Target, tmp_path: Path) -> None:
    """A release with a story that the live one does not show is deleted, so a rollback cannot restore the story."""
    with_story = site(tmp_path, "one", told=b"my story")
    publish(with_story, target, fair)
    publish(site(tmp_path, "two"), target, fair)
    assert [kept.id for kept in target.kept()] != []
    assert with_story.inventory.id not in {kept.id for kept in target.kept()}
    assert not [file for file in (tmp_path / "host").rglob("*") if file.is_file() and b"my story" in file.read_bytes()]


def test_a_kept_release_with_a_story_that_is_gone_is_refused(target: Target, tmp_path: Path) -> None:
    """If such a release was not deleted because the run was killed, a rollback to it is refused."""
    old, new = site(tmp_path, "one", told=b"my story"), site(tmp_path, "two")
    publish(old, target, fair)
    with target.locked():
        target.send(new)
        target.switch(new.inventory.id)
    with pytest.raises(PublicationError, match=r"stories/told/index\.html\. Mend the content and publish it instead"):
        roll_back(target, fair)
    assert seen(tmp_path) == "two"


def test_what_was_withdrawn_cannot_return(tmp_path: Path) -> None:
    """A page that is gone in the live release and exists in the old one must not return. Removed articles may."""
    page = "articles/x/index.html"
    old = release(tmp_path, {"index.html": b"a", page: b"x", "articles/y/index.html": b"y"}).inventory
    gone = {"/articles/x/": page}
    live = release(tmp_path, {"index.html": b"b", page: b"gone"}, gone=gone).inventory
    assert withdrawn_pages(old, live) == [page]
    assert withdrawn_pages(release(tmp_path, {"index.html": b"c", page: b"gone"}, gone=gone).inventory, live) == []


def test_an_open_page_still_finds_its_picture(target: Target, tmp_path: Path) -> None:
    """Fingerprinted files of the previous release stay for one more release, outside the inventory."""
    picture = "images/0123456789-400.webp"
    first = release(tmp_path, {"index.html": b"1", picture: b"picture"})
    for made in (first, release(tmp_path, {"index.html": b"2"})):
        publish(made, target, fair)
    live = tmp_path / "host" / "current"
    assert (live / picture).read_bytes() == b"picture"
    publish(release(tmp_path, {"index.html": b"3"}), target, fair)
    assert not (live / picture).exists()


def test_nothing_stays_after_a_removed_story(tmp_path: Path) -> None:
    """If a story was removed, no file of the previous release stays."""
    index = "search/index-0123456789.js"
    pages = {"index.html": b"1", "stories/told/index.html": b"my story", index: b"my story"}
    old, new = release(tmp_path, pages).inventory, release(tmp_path, {"index.html": b"2"}).inventory
    assert carried_over(old, new) == []
    kept = release(tmp_path, {"index.html": b"2", "stories/told/index.html": b"my story"}).inventory
    assert carried_over(old, kept) == [index]
    assert carried_over(None, new) == []


def test_two_runs_exclude_each_other(target: Target, tmp_path: Path) -> None:
    """While one run publishes, another is refused and uploads nothing."""
    publish(site(tmp_path, "one"), target, fair)
    with target.locked(), pytest.raises(TargetError, match="is publishing there"):
        publish(site(tmp_path, "two"), FolderTarget(tmp_path / "host"), fair)
    assert seen(tmp_path) == "one"
