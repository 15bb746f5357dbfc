"""Test publishing to a folder of this machine."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.publishing.release.release import Release
from plugins.publishing.targets.folder import FolderTarget
from plugins.publishing.targets.target import Target, TargetError
from tests.publishing.releases import release
from tests.sites.building import ROOT

PAGES = {f"{n}/index.html": b"the same page %d" % n for n in range(30)}
#: A program that publishes the two releases in turn until it is killed.
FOREVER = """
import sys, itertools
from pathlib import Path
from plugins.publishing.release.inventory import PATH, read
from plugins.publishing.targets.parse_target import parse_target
from plugins.publishing.release.release import Release
address, options, *folders = sys.argv[1:]
releases = [Release(Path(folder), read((Path(folder) / PATH).read_bytes())) for folder in folders]
for one in itertools.cycle(releases):
    place = parse_target(address, ssh_options=options.split())
    with place.locked():
        place.send(one)
        place.switch(one.inventory.id)
        place.tidy(0, lambda inventory: False)
    print("published", flush=True)
"""


def publish(site: Path, one: Release) -> None:
    """Publish a release."""
    target = FolderTarget(site)
    with target.locked():
        target.send(one)
        target.switch(one.inventory.id)


def pages(root: Path) -> dict[str, bytes]:
    """Return the pages below a folder by path."""
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*.html")}


def test_the_layout(tmp_path: Path) -> None:
    """The live release is a folder below `releases`, `current` is a relative link to it, and everybody may read it."""
    one = release(tmp_path, {"a/index.html": b"a"})
    publish(tmp_path / "site", one)
    assert os.readlink(tmp_path / "site" / "current") == f"releases/{one.inventory.id}"  # noqa: PTH115 - as it stands
    live = tmp_path / "site" / "current"
    assert (live / "a").stat().st_mode & 0o777 == 0o755
    assert (live / "a/index.html").stat().st_mode & 0o777 == 0o644
    assert (live / "a/index.html.br").is_file()
    assert not list((tmp_path / "site" / "releases").glob(".*"))


def test_an_etag_changes_with_its_file_and_no_other(tmp_path: Path) -> None:
    """An unchanged file keeps its time, and a changed file gets another second."""
    site = tmp_path / "site"
    seen: set[int] = set()
    for n in range(4):
        publish(site, release(tmp_path, {"same.html": b"same", "index.html": b"%d" % n}))
        seen.add(int((site / "current/index.html").stat().st_mtime))
    assert len(seen) == 4
    assert int((site / "current/same.html").stat().st_mtime) == min(seen)
    assert (site / "current/same.html").stat().st_nlink == 4


def test_a_clock_that_goes_backwards(tmp_path: Path) -> None:
    """After the clock was set back, a new release is still the newest, and its files get unique times."""
    site = tmp_path / "site"
    first, second = (release(tmp_path, {"index.html": data}) for data in (b"1", b"2"))
    publish(site, first)
    later = time.time() + 5000
    os.utime(site / "releases" / f"{first.inventory.id}.sha256", (later, later))
    publish(site, second)
    assert [one.id for one in FolderTarget(site).kept()] == [second.inventory.id, first.inventory.id]
    assert (site / "current/index.html").stat().st_mtime > later


def test_a_damaged_live_file_is_not_linked(tmp_path: Path) -> None:
    """A file of the live release that was changed on the host is copied again and not linked."""
    site = tmp_path / "site"
    publish(site, release(tmp_path, {"a.html": b"a", "b.html": b"1"}))
    (site / "current/a.html").write_bytes(b"changed by hand")
    publish(site, release(tmp_path, {"a.html": b"a", "b.html": b"2"}))
    assert pages(site / "current") == {"a.html": b"a", "b.html": b"2"}


def test_a_damaged_live_release_is_repaired_in_place(tmp_path: Path) -> None:
    """Publishing the live release again repairs its files, and deletes foreign ones in it."""
    site = tmp_path / "site"
    one = release(tmp_path, {"a/b.html": b"a", "b.html": b"1"})
    publish(site, one)
    (site / "current/a/b.html").write_bytes(b"changed by hand")
    (site / "current/c.html").write_bytes(b"added by hand")
    publish(site, one)
    assert pages(site / "current") == {"a/b.html": b"a", "b.html": b"1"}


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    """A folder named `current` is refused and left alone."""
    (tmp_path / "site" / "current").mkdir(parents=True)
    (tmp_path / "site" / ".publishing").touch()
    with pytest.raises(TargetError, match="is no link to a release"):
        publish(tmp_path / "site", release(tmp_path, {"a.html": b"a"}))
    with pytest.raises(TargetError, match="is no link to a release"):
        FolderTarget(tmp_path / "site").live()


@pytest.mark.parametrize("to", ["releases/notes", "../elsewhere", "releases"])
def test_a_foreign_link_is_refused(tmp_path: Path, to: str) -> None:
    """A link `current` that does not lead to a release is refused and left alone."""
    site = tmp_path / "site"
    publish(site, release(tmp_path, {"a.html": b"a"}))
    (site / "current").unlink()
    (site / "current").symlink_to(to)
    with pytest.raises(TargetError, match="is no link to a release"):
        publish(site, release(tmp_path, {"a.html": b"b"}))
    assert (site / "current").readlink() == Path(to)


def test_a_mark_lets_releases_stand_beside_other_things(tmp_path: Path) -> None:
    """After following the refusal's advice, releases are published, and foreign files stay."""
    site = tmp_path / "site"
    one = release(tmp_path, {"a.html": b"a"})
    site.mkdir()
    (site / "notes.txt").write_bytes(b"others")
    with pytest.raises(
        TargetError, match=r"holds other things \(notes.txt\).*an empty file .*/site/\.publishing first"
    ):
        publish(site, one)
    (site / ".publishing").touch()
    publish(site, one)
    assert (site / "notes.txt").read_bytes() == b"others"
    assert pages(site / "current") == {"a.html": b"a"}


def adopts(site: Path, place: Callable[[], Target], one: Release) -> None:
    """Assert that a folder with a release and no mark is marked once, and that the target reports it."""
    for has_mark in (True, False, True):
        if not has_mark:
            (site / ".publishing").unlink()
        target = place()
        with target.locked():
            target.send(one)
            target.switch(one.inventory.id)
        assert target.adopted != has_mark
        assert (site / ".publishing").is_file()
    # The inventory of another release does not count.
    (site / ".publishing").unlink()
    (site / "releases" / one.inventory.id).rename(site / "releases" / "abcdef123456")
    with pytest.raises(TargetError, match=r"holds other things \((\.busy, )?current, releases\)"), place().locked():
        pass


def test_releases_without_a_mark(tmp_path: Path) -> None:
    """A folder of an earlier version without a mark is recognised by its releases."""
    site = tmp_path / "site"
    adopts(site, lambda: FolderTarget(site), release(tmp_path, {"a.html": b"a"}))


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    """An error of the system becomes a message with the file."""
    (tmp_path / "site").write_text("a file", encoding="utf-8")
    with pytest.raises(
        TargetError, match=r"^folder .*: a file stands where `.*site.*` needs a folder\. Move that file"
    ):
        publish(tmp_path / "site", release(tmp_path, {"a.html": b"a"}))


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "the disk is full.*Free some space"), (errno.EACCES, "may not open or change.*Let this user")],
)
def test_a_refusal_of_the_machine(number: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk or a missing permission ends a publication with a message, and the live release stays."""
    site = tmp_path / "site"
    one, two = (release(tmp_path, {"a.html": data}) for data in (b"1", b"2"))
    publish(site, one)

    def refuse(_old: Path, new: Path) -> None:
        raise OSError(number, "refused", str(new))

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", refuse)
        with pytest.raises(TargetError, match=f"{words}.*What readers see is whole"):
            publish(site, two)
    assert pages(site / "current") == {"a.html": b"1"}
    publish(site, two)
    assert pages(site / "current") == {"a.html": b"2"}


def test_a_live_release_that_is_lost(tmp_path: Path) -> None:
    """If the inventory of the live release is missing, ``live`` is an error."""
    publish(tmp_path / "site", release(tmp_path, {"a.html": b"a"}))
    (tmp_path / "site/current/_hosts/release.json").write_text("{", encoding="utf-8")
    with pytest.raises(TargetError, match="not whole"):
        FolderTarget(tmp_path / "site").live()


@pytest.mark.parametrize("seed", range(3))
def test_a_kill_at_any_moment(tmp_path: Path, seed: int) -> None:
    """After a kill at any time, `current` leads to a complete release, and the next publication succeeds."""
    site = tmp_path / "site"
    killed_at_any_moment(tmp_path, seed, site, f"folder:{site}", "", within=0.3)
    publish(site, release(tmp_path, {**PAGES, "last.html": b"last"}))
    assert pages(site / "current") == {**PAGES, "last.html": b"last"}


def killed_at_any_moment(tmp_path: Path, seed: int, site: Path, address: str, options: str, within: float) -> None:
    """Kill a process that publishes to ``site`` after its first publication, and assert that the site is complete."""
    one, two = (release(tmp_path, {**PAGES, "index.html": data}) for data in (b"one" * 1000, b"two" * 1000))
    words = [sys.executable, "-c", FOREVER, address, options, str(one.folder), str(two.folder)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"published\n"
        time.sleep(random.Random(seed).uniform(0, within))  # noqa: S311 - no secret
        process.send_signal(signal.SIGKILL)
    assert pages(site / "current") in (pages(one.folder), pages(two.folder))
