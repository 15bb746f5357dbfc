"""The commands ``inv publish``, ``inv rollback`` and ``inv releases``: what was asked becomes a publication."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console

from plugins.base import private_files
from plugins.base.atomic_write import replace_bytes
from plugins.base.progress import track_share
from plugins.base.terminal import display_path, pluralise
from plugins.content_model import permalink
from plugins.engine.output_index import beside
from plugins.engine.plugin import Workspace, workspace
from plugins.engine.settings import SettingsError
from plugins.publishing import smoke_test
from plugins.publishing.git_status import NotCommittedError, refuse_uncommitted
from plugins.publishing.hosts.response_rules import HIDDEN
from plugins.publishing.publication import (
    Check,
    PublicationError,
    Published,
    day_and_time,
    publish,
    roll_back,
)
from plugins.publishing.release.build import ReleaseError, make, read_release
from plugins.publishing.release.carry_over import returning
from plugins.publishing.release.inventory import Changes, Inventory, InventoryError
from plugins.publishing.release.release import Release
from plugins.publishing.settings import NO_CHECK, PublishingSettings
from plugins.publishing.smoke_test import UnexpectedAnswer
from plugins.publishing.targets.parse_target import target as chosen
from plugins.publishing.targets.target import Target, TargetError

#: How many files a command names one by one, at most.
_NAMED = 100
_SHOWN = partial(track_share, label="Packing files", console=Console(stderr=True))
_ERRORS = (SettingsError, TargetError, PublicationError, ReleaseError, InventoryError, NotCommittedError)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the commands work with.

    Attributes:
        at: the project.
        settings: those of publishing, with what was asked on the command line in their place.
    """

    at: Workspace
    settings: PublishingSettings

    @property
    def site(self) -> Path:
        """The folder in which a release's site is built: apart from the one that people look at while they write."""
        return self.at.cache / "publish" / "site"

    @property
    def release(self) -> Path:
        """The folder of the newest release made here."""
        return self.at.cache / "publish" / "release"

    @property
    def purge(self) -> Path:
        """The list of the addresses whose answer the last publication from here has changed."""
        return self.at.cache / "publish" / "purge.txt"

    def target(self) -> Target:
        """Return where releases go.

        Raises:
            TargetError: where nobody has said, or it is no address of a target.
        """
        if not self.settings.target:
            raise TargetError(
                "nobody has said where to publish; set PUBLISH_TARGET in publishconf.py, or write it:  "
                "--to ssh://deploy@example.org/srv/help-me-stop"
            )
        return chosen(self.settings.target, reload=self.settings.reload)

    def seen(self) -> Inventory | None:
        """Return the release that readers see, or None.

        Raises:
            TargetError: where the target cannot say.
            InventoryError: where what it says cannot be read.
        """
        # Without a target, a release is made all the same, to be copied by hand.
        if not self.settings.target:
            made = read_release(self.release)
            return made.inventory if made else None
        target = self.target()
        with target.locked():
            return target.live()

    def check(self, target: Target) -> Check:
        """Return what looks at the site from outside."""
        address = self.settings.check or self.at.site.url
        if address == NO_CHECK:
            return lambda _inventory, _changed: ()

        def look(inventory: Inventory, changed: Sequence[str]) -> Sequence[UnexpectedAnswer]:
            print(f"Looking at {address} as readers do.", flush=True)
            return smoke_test.findings(address, inventory, changed=changed, full=target.follows_rules)

        return look


@dataclass(frozen=True, slots=True)
class Begun:
    """What the site of a release is built with.

    Attributes:
        folder: where to build it.
        gone_since: the setting ``GONE_SINCE``.
    """

    folder: str
    gone_since: Mapping[str, str]


def begin(*, content: str = "", to: str = "", check: str = "", unclean: bool = False) -> Begun:
    """Return what to build the site of a release with. What can be told before a build is told now.

    Args:
        content: the content folder; the settings' own when "".
        to: as in ``send``.
        check: as in ``send``.
        unclean: True where what is not committed may be published.

    Raises:
        SystemExit: with status 1 when something is not committed, what was asked is no address, or the host does not
            say what readers see.
    """
    desk = _desk(content=content, to=to, check=check)
    try:
        if not unclean:
            refuse_uncommitted(desk.at.content)
        seen = desk.seen()
    except _ERRORS as error:
        sys.exit(f"error: {error}")
    # The files themselves are for everybody: people copy a release by hand, and a host must be able to read it.
    private_files.make_folder(desk.site.parent, desk.at.cache)
    return Begun(str(desk.site), seen.left if seen else {})


def send(*, content: str = "", to: str = "", check: str = "", dry_run: bool = False) -> None:
    """Make a release of the site that was built in the folder of ``begin``, and publish it.

    Args:
        content: as in ``begin``.
        to: where, in place of the setting ``PUBLISH_TARGET``.
        check: where to look at it, in place of the setting ``PUBLISH_CHECK``.
        dry_run: True to tell what would change, and to change nothing.

    Raises:
        SystemExit: with status 1 when readers do not see the release; they see what they saw before.
    """
    desk = _desk(content=content, to=to, check=check)
    try:
        release = make(desk.site, desk.release, url=desk.at.site.url, watch=_SHOWN)
        print(_described(release))
        target = desk.target()
        if dry_run:
            with target.reading():
                changes = release.inventory.since(target.live())
            print(f"{_listed(changes)}\nNothing was sent to {target.name}.")
            return
        done = publish(release, target, desk.check(target))
    except _ERRORS as error:
        sys.exit(f"error: {error}")
    _tell(done, target, desk.purge)


def rollback(release: str = "", *, to: str = "", check: str = "") -> None:
    """Let readers see a release that they saw before.

    Args:
        release: the beginning of its id; "" for the one before the live one.
        to: as in ``send``.
        check: as in ``send``.

    Raises:
        SystemExit: with status 1 when readers see what they saw before.
    """
    desk = _desk(to=to, check=check)
    try:
        target = desk.target()
        kept, done = roll_back(target, desk.check(target), release)
    except _ERRORS as error:
        sys.exit(f"error: {error}")
    _tell_of_adoption(target)
    print(f"{_listed(done.changes)}\nReaders see release {kept.id} of {day_and_time(kept.when)} again.")
    _write_purge_list(done, desk.purge)
    _warn(done.told)


def releases(*, to: str = "") -> None:
    """List the releases that the target keeps, the newest first.

    Raises:
        SystemExit: with status 1 when they cannot be told.
    """
    try:
        target = _desk(to=to).target()
        with target.reading():
            live = target.live()
            lines = list(_lines(target, live))
    except _ERRORS as error:
        sys.exit(f"error: {error}")
    print("\n".join(lines) if lines else f"Nothing was published to {target.name} yet.")


def forget(*, content: str = "") -> None:
    """Take away the releases that were made on this machine: nothing may keep the words of what was withdrawn."""
    desk = _desk(content=content)
    for folder in (desk.site, beside(desk.site), desk.release):
        shutil.rmtree(folder, ignore_errors=True)


def is_released(address: str, *, content: str = "") -> bool:
    """Tell whether the newest release that was made on this machine shows a page at ``address``."""
    found = read_release(_desk(content=content).release)
    return found is not None and f"{found.inventory.folder}{permalink.file(address)}" in found.inventory.items


def _lines(target: Target, live: Inventory | None) -> Iterator[str]:
    for kept in target.kept():
        try:
            inventory = target.inventory(kept.id)
        except TargetError:
            yield f"{kept.id}  {day_and_time(kept.when)}  cannot return: it is not whole, or is being taken away"
            continue
        note = ""
        if kept.is_live:
            note = "  readers see this one"
        elif live is not None and returning(inventory, live):
            note = "  cannot return: it shows what was taken off the site"
        yield f"{kept.id}  {day_and_time(kept.when)}  {pluralise(len(inventory.items), 'file')}{note}"


def _desk(*, content: str = "", to: str = "", check: str = "") -> _Desk:
    try:
        at = workspace(content, production=True)
        given = {"PUBLISH_TARGET": to, "PUBLISH_CHECK": check}
        settings = {**at.settings, **{name: value for name, value in given.items() if value}}
        return _Desk(at, PublishingSettings.from_pelican(settings))
    except SettingsError as error:
        sys.exit(f"error: {error}")


def _described(release: Release) -> str:
    files = list(release.inventory)
    size = sum(item.size for item in files)
    number = pluralise(len(files), "file")
    return f"Release {release.inventory.id} is made: {number}, {size / 1e6:.1f} MB, in {display_path(release.folder)}."


def _tell(done: Published, target: Target, purge: Path) -> None:
    _tell_of_adoption(target)
    if done.changes:
        print(f"{_listed(done.changes)}\nReaders see release {done.inventory.id} at {target.name}.")
        _write_purge_list(done, purge)
    else:
        print(f"Nothing is different: readers see release {done.inventory.id} at {target.name} already.")
    _warn(done.told)


def _tell_of_adoption(target: Target) -> None:
    if target.adopted:
        print(f"{target.name} held releases but no mark that says so. It has a mark now.")


def _write_purge_list(done: Published, purge: Path) -> None:
    addresses = done.inventory.addresses((*done.changes.changed, *done.changes.removed))
    replace_bytes(purge, "".join(f"{address}\n" for address in addresses).encode(), is_private=True)
    print(f"If a CDN stands before it: the addresses to purge there are in {display_path(purge)}.")


def _warn(told: Sequence[UnexpectedAnswer]) -> None:
    for finding in told:
        print(f"warning: {finding.address} {finding.says}", file=sys.stderr)


def _listed(changes: Changes) -> str:
    """Return what readers will find changed, file by file, and how much is sent for it."""
    marks = (("+", changes.added), ("~", changes.changed), ("-", changes.removed))
    lines = [f"  {mark} {path}" for mark, paths in marks for path in paths if not re.fullmatch(HIDDEN, path)]
    sent, removed = len(changes.to_send), len(changes.removed)
    total = f"{pluralise(sent, 'file')} to send, {removed:,} to take away, packed forms and rules for hosts among them."
    if len(lines) > _NAMED:
        return f"{len(lines):,} files that readers can ask for are different; {total}"
    return "\n".join([*lines, f"{total[0].upper()}{total[1:]}"])
