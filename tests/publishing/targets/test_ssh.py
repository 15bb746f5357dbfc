"""Test publishing to a folder of another computer."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from plugins.publishing.release.release import Release
from plugins.publishing.targets import scripts
from plugins.publishing.targets.folder import FolderTarget
from plugins.publishing.targets.parse_target import parse_target
from plugins.publishing.targets.target import Target, TargetError
from tests.publishing.releases import release
from tests.publishing.targets.test_folder import PAGES, adopts, killed_at_any_moment, pages


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return the folder that is published to."""
    return tmp_path / "site"


def there(site: Path, client: Path, reload: str = "") -> Target:
    """Return the target of the folder ``site``."""
    return parse_target(f"ssh://elmtreehub.test{site}", reload=reload, ssh_options=("-F", str(client)))


def publish(place: Target, one: Release) -> None:
    """Publish a release."""
    with place.locked():
        place.send(one)
        place.switch(one.inventory.id)


def test_the_layout_is_that_of_a_folder(tmp_path: Path, site: Path, ssh_client: Path) -> None:
    """A folder that was published to by SSH can be used as a local folder target, and the reverse."""
    one, two = (release(tmp_path, {"a.html": b"a", "index.html": data}) for data in (b"1", b"2"))
    publish(there(site, ssh_client), one)
    assert os.readlink(site / "current") == f"releases/{one.inventory.id}"  # noqa: PTH115 - as it stands
    assert (site / "current/index.html").stat().st_mode & 0o777 == 0o644
    here = FolderTarget(site)
    publish(here, two)
    assert here.live() == two.inventory
    with (place := there(site, ssh_client)).locked():
        assert place.live() == two.inventory
        assert [(one.id, one.is_live) for one in place.kept()] == [(one.id, one.is_live) for one in here.kept()]
        place.switch(one.inventory.id)
    assert here.live() == one.inventory
    assert (site / "current/a.html").stat().st_nlink == 2


def test_releases_without_a_mark(tmp_path: Path, site: Path, ssh_client: Path) -> None:
    """A folder of an earlier version without a mark is recognised by its releases."""
    adopts(site, lambda: there(site, ssh_client), release(tmp_path, {"a.html": b"a"}))


def test_a_folder_of_a_host_has_one_lock(tmp_path: Path, site: Path, ssh_client: Path) -> None:
    """A run on the host and a run elsewhere share one lock."""
    with FolderTarget(site).locked(), pytest.raises(TargetError, match="is publishing there"):
        publish(there(site, ssh_client), release(tmp_path, {"a.html": b"a"}))
    with there(site, ssh_client).locked(), pytest.raises(TargetError, match=r"process \d+ there, is publishing there"):
        publish(FolderTarget(site), release(tmp_path, {"a.html": b"a"}))


def test_an_etag_changes_with_its_file_and_no_other(tmp_path: Path, site: Path, ssh_client: Path) -> None:
    """An unchanged file keeps its time, and a changed file gets another second."""
    seen: set[int] = set()
    for n in range(3):
        publish(there(site, ssh_client), release(tmp_path, {"same.html": b"same", "index.html": b"%d" % n}))
        seen.add(int((site / "current/index.html").stat().st_mtime))
    assert len(seen) == 3
    assert int((site / "current/same.html").stat().st_mtime) == min(seen)


def test_an_open_page_still_finds_its_picture(tmp_path: Path, site: Path, ssh_client: Path) -> None:
    """Fingerprinted files stay for one more release, also with shell metacharacters in their names."""
    picture = "images/a 'b' $c-0123456789.png"
    for number, more in enumerate(({picture: b"picture"}, {}, {"a.html": b"a"})):
        publish(there(site, ssh_client), release(tmp_path, {"index.html": b"%d" % number, **more}))
        assert (site / "current" / picture).is_file() == (number < 2)


def test_a_command_after_each_switch(tmp_path: Path, site: Path, ssh_client: Path) -> None:
    """The reload command runs on the host after the switch, and may be any shell command."""
    log = tmp_path / "a log"
    line = f"cat {site}/current/index.html >> '{log}' && echo done"
    for data in (b"1", b"2"):
        publish(there(site, ssh_client, line), release(tmp_path, {"index.html": data}))
    assert log.read_bytes() == b"12"


def test_a_command_that_fails(tmp_path: Path, site: Path, ssh_client: Path) -> None:
    """If the reload command fails, the message says that the release is live and shows the command's output."""
    one = release(tmp_path, {"index.html": b"1"})
    with pytest.raises(TargetError, match=r"readers see the release.*status 3 \(no such server\).*by hand"):
        publish(there(site, ssh_client, "echo no such server >&2; exit 3"), one)
    assert pages(site / "current") == {"index.html": b"1"}


def test_no_connection(tmp_path: Path, site: Path, ssh_client: Path) -> None:
    """Without a connection there is no prompt, and the message has a command to try by hand."""
    for address in (f"ssh://127.0.0.1:1{site}", f"ssh://nobody@elmtreehub.test{site}"):
        place = parse_target(address, ssh_options=("-F", str(ssh_client)))
        with pytest.raises(TargetError, match=r"no connection by ssh \(.+\)[\s\S]*`ssh .*true` must work"):
            publish(place, release(tmp_path, {"a.html": b"a"}))


def test_a_connection_that_is_lost(tmp_path: Path, site: Path, ssh_client: Path) -> None:
    """After the connection is lost, the run stops, because it no longer has the lock."""
    one = release(tmp_path, {"a.html": b"a"})
    place = there(site, ssh_client)
    publish(place, one)
    shell = place._shell  # type: ignore[attr-defined]
    with place.locked():
        shell._master.kill()
        shell._master.wait()
        with pytest.raises(TargetError, match="connection was lost"):
            place.switch(one.inventory.id)
    publish(place, one)


def test_a_host_without_a_program(
    tmp_path: Path, site: Path, ssh_client: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names a program that the host lacks."""
    monkeypatch.setattr(scripts, "LOCK", scripts.LOCK.replace("rsync", "no-such-program"))
    with pytest.raises(TargetError, match=r"the host has no `no-such-program`. Install it there"):
        publish(there(site, ssh_client), release(tmp_path, {"a.html": b"a"}))


def test_a_disk_that_refuses(tmp_path: Path, ssh_client: Path) -> None:
    """The message has the host's error."""
    (tmp_path / "site").write_text("a file", encoding="utf-8")
    with pytest.raises(TargetError, match=r"the host refused \(.*mkdir.*disk there has room"):
        publish(there(tmp_path / "site", ssh_client), release(tmp_path, {"a.html": b"a"}))


@pytest.mark.parametrize("seed", range(1))
def test_a_kill_at_any_moment(tmp_path: Path, site: Path, ssh_client: Path, seed: int) -> None:
    """After a kill at any time, `current` leads to a complete release, and the next publication succeeds."""
    killed_at_any_moment(tmp_path, seed, site, f"ssh://elmtreehub.test{site}", f"-F {ssh_client}", within=2)
    last = release(tmp_path, {**PAGES, "last.html": b"last"})
    for _ in range(50):
        try:
            publish(there(site, ssh_client), last)
            break
        except TargetError as error:
            # The host takes a moment to notice that the connection has ended.
            assert "is publishing there" in str(error)  # noqa: PT017 - any other is a failure
            time.sleep(0.1)
    assert pages(site / "current") == {**PAGES, "last.html": b"last"}
