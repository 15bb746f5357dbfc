"""Implement the commands ``inv publish``, ``inv rollback`` and ``inv releases``."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from plugins.base import private_files
from plugins.base.atomic_write import replace_bytes
from plugins.base.progress import track_share
from plugins.base.terminal import display_path, pluralise
from plugins.content_model import permalink
from plugins.engine.output_index import beside
from plugins.engine.settings import SettingsError
from plugins.engine.workspace import Workspace, workspace
from plugins.publishing import feed_readers, smoke_test
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
from plugins.publishing.release.build import ReleaseError, make_release, read_release
from plugins.publishing.release.carry_over import withdrawn_pages
from plugins.publishing.release.inventory import Changes, Inventory, InventoryError
from plugins.publishing.release.release import Release
from plugins.publishing.settings import NO_CHECK, PublishingSettings
from plugins.publishing.smoke_test import UnexpectedAnswer
from plugins.publishing.targets.parse_target import parse_target
from plugins.publishing.targets.target import Target, TargetError

#: The maximum number of files that a command lists.
_MOST_LISTED = 100
_ERRORS = (SettingsError, TargetError, PublicationError, ReleaseError, InventoryError, NotCommittedError)


class _Context(Struct, frozen=True):
    """The project and settings of a command.

    Attributes:
        workspace: the project.
        settings: the settings of publishing, overridden by the command's options.
    """

    workspace: Workspace
    settings: PublishingSettings

    @property
    def site(self) -> Path:
        """The folder in which the site of a release is built, apart from the output folder of previews."""
        return self.workspace.cache / "publish" / "site"

    @property
    def release(self) -> Path:
        """The folder of the newest release on this machine."""
        return self.workspace.cache / "publish" / "release"

    @property
    def purge(self) -> Path:
        """The file with the URLs to purge from a CDN after the last publication."""
        return self.workspace.cache / "publish" / "purge.txt"

    def target(self) -> Target:
        """Return the target of the settings.

        Raises:
            TargetError: if no target is set, or its address is invalid.
        """
        if not self.settings.target:
            raise TargetError(
                "nobody has said where to publish; set PUBLISH_TARGET in publishconf.py, or write it:  "
                "--to ssh://deploy@example.org/srv/community"
            )
        return parse_target(self.settings.target, reload=self.settings.reload)

    def live(self) -> Inventory | None:
        """Return the inventory of the live release, or None if there is none.

        Raises:
            TargetError: if the target fails.
            InventoryError: if the inventory cannot be read.
        """
        # Without a target, people copy releases by hand. The newest one made here counts as live.
        if not self.settings.target:
            made = read_release(self.release)
            return made.inventory if made else None
        target = self.target()
        with target.locked():
            return target.live()

    def check(self, target: Target) -> Check:
        """Return the smoke test of the live site."""
        address = self.settings.check or self.workspace.site.url
        if address == NO_CHECK:
            return lambda _inventory, _changed: ()

        def request_sample(inventory: Inventory, changed: Sequence[str]) -> Sequence[UnexpectedAnswer]:
            print(f"Looking at {address} as readers do.", flush=True)
            return smoke_test.unexpected_answers(
                address, inventory, changed=changed, full=target.follows_rules, timeout=self.settings.check_seconds
            )

        return request_sample

    def refusals(self, inventory: Inventory) -> list[UnexpectedAnswer]:
        """Return what the live site refuses feed readers."""
        address = self.settings.check or self.workspace.site.url
        return [] if address == NO_CHECK else feed_readers.refusals(address, inventory)


class ReleaseBuild(Struct, frozen=True):
    """The options of the build of a release.

    Attributes:
        folder: the output folder.
        gone_since: the setting ``GONE_SINCE``.
    """

    folder: str
    gone_since: Mapping[str, str]


def prepare(*, content: str = "", to: str = "", check: str = "", unclean: bool = False) -> ReleaseBuild:
    """Check that publishing can work, and return the options of the build.

    Args:
        content: the content folder, or "" for the one of the settings.
        to: as in ``send``.
        check: as in ``send``.
        unclean: True to allow content that is not committed.

    Raises:
        SystemExit: with status 1 if content is not committed, an address is invalid, or the target does not return the
            live release.
    """
    context = _context(content=content, to=to, check=check)
    try:
        if not unclean:
            refuse_uncommitted(context.workspace.content)
        live = context.live()
    except _ERRORS as error:
        sys.exit(f"error: {error}")
    # Only the parent folder is private: people copy a release by hand, and a web server must be able to read it.
    private_files.make_folder(context.site.parent, context.workspace.cache)
    return ReleaseBuild(str(context.site), live.left if live else {})


def send(*, content: str = "", to: str = "", check: str = "", dry_run: bool = False) -> None:
    """Make a release of the site that was built in the folder of ``prepare``, and publish it.

    Args:
        content: as in ``prepare``.
        to: the target's address, instead of the setting ``PUBLISH_TARGET``.
        check: the URL of the smoke test, instead of the setting ``PUBLISH_CHECK``.
        dry_run: True to print the changes without making them.

    Raises:
        SystemExit: with status 1 if the release is not live. The previous one still is.
    """
    context = _context(content=content, to=to, check=check)
    try:
        watch = partial(track_share, label="Packing files", stream=sys.stderr)
        release = make_release(context.site, context.release, url=context.workspace.site.url, watch=watch)
        print(_description(release))
        target = context.target()
        if dry_run:
            with target.reading():
                changes = release.inventory.since(target.live())
            print(f"{_listing(changes)}\nNothing was sent to {target.name}.")
            return
        done = publish(release, target, context.check(target))
    except _ERRORS as error:
        sys.exit(f"error: {error}")
    outcome = f"Nothing is different: readers see release {done.inventory.id} at {target.name} already."
    if done.changes:
        outcome = f"{_listing(done.changes)}\nReaders see release {done.inventory.id} at {target.name}."
    _report(done, target, context.purge, outcome, context.refusals(done.inventory))


def rollback(release: str = "", *, to: str = "", check: str = "") -> None:
    """Make an earlier release live again.

    Args:
        release: a prefix of its id, or "" for the release before the live one.
        to: as in ``send``.
        check: as in ``send``.

    Raises:
        SystemExit: with status 1 if the live release has not changed.
    """
    context = _context(to=to, check=check)
    try:
        target = context.target()
        kept, done = roll_back(target, context.check(target), release)
    except _ERRORS as error:
        sys.exit(f"error: {error}")
    outcome = f"{_listing(done.changes)}\nReaders see release {kept.id} of {day_and_time(kept.when)} again."
    _report(done, target, context.purge, outcome)


def releases(*, to: str = "") -> None:
    """List the releases that the target keeps, the newest first.

    Raises:
        SystemExit: with status 1 if the target fails.
    """
    try:
        target = _context(to=to).target()
        with target.reading():
            live = target.live()
            lines = list(_kept_lines(target, live))
    except _ERRORS as error:
        sys.exit(f"error: {error}")
    print("\n".join(lines) if lines else f"Nothing was published to {target.name} yet.")


def forget(*, content: str = "") -> None:
    """Delete the releases on this machine, because they may hold the text of withdrawn entries."""
    context = _context(content=content)
    for folder in (context.site, beside(context.site), context.release):
        shutil.rmtree(folder, ignore_errors=True)


def is_released(address: str, *, content: str = "") -> bool:
    """Return whether the newest release on this machine has a page at ``address``."""
    found = read_release(_context(content=content).release)
    return found is not None and f"{found.inventory.folder}{permalink.file(address)}" in found.inventory.items


def _kept_lines(target: Target, live: Inventory | None) -> Iterator[str]:
    for kept in target.kept():
        try:
            inventory = target.inventory(kept.id)
        except TargetError:
            yield f"{kept.id}  {day_and_time(kept.when)}  cannot return: it is not whole, or is being taken away"
            continue
        note = ""
        if kept.is_live:
            note = "  readers see this one"
        elif live is not None and withdrawn_pages(inventory, live):
            note = "  cannot return: it shows what was taken off the site"
        yield f"{kept.id}  {day_and_time(kept.when)}  {pluralise(len(inventory.items), 'file')}{note}"


def _context(*, content: str = "", to: str = "", check: str = "") -> _Context:
    try:
        project = workspace(content, production=True)
        given = {"PUBLISH_TARGET": to, "PUBLISH_CHECK": check}
        settings = {**project.settings, **{name: value for name, value in given.items() if value}}
        return _Context(project, PublishingSettings.from_pelican(settings))
    except SettingsError as error:
        sys.exit(f"error: {error}")


def _description(release: Release) -> str:
    files = list(release.inventory)
    size = sum(item.size for item in files)
    number = pluralise(len(files), "file")
    return f"Release {release.inventory.id} is made: {number}, {size / 1e6:.1f} MB, in {display_path(release.folder)}."


def _report(
    done: Published, target: Target, purge: Path, outcome: str, refusals: Sequence[UnexpectedAnswer] = ()
) -> None:
    """Print the outcome and the warnings, and write the list of the addresses to purge from a CDN."""
    if target.adopted:
        print(f"{target.name} held releases but no mark that says so. It has a mark now.")
    print(outcome)
    if done.changes:
        addresses = done.inventory.addresses((*done.changes.changed, *done.changes.removed))
        replace_bytes(purge, "".join(f"{address}\n" for address in addresses).encode(), is_private=True)
        print(f"If a CDN stands before it: the addresses to purge there are in {display_path(purge)}.")
    for finding in (*done.warnings, *refusals):
        print(f"warning: {finding.address} {finding.message}", file=sys.stderr)


def _listing(changes: Changes) -> str:
    """Return the changes file by file, and the number of files to upload and delete."""
    marks = (("+", changes.added), ("~", changes.changed), ("-", changes.removed))
    lines = [f"  {mark} {path}" for mark, paths in marks for path in paths if not re.fullmatch(HIDDEN, path)]
    sent, removed = len(changes.to_send), len(changes.removed)
    number = (
        f"{pluralise(sent, 'file')} to send, {removed:,} to take away, packed forms and rules for hosts among them."
    )
    if len(lines) > _MOST_LISTED:
        return f"{len(lines):,} files that readers can ask for are different; {number}"
    return "\n".join([*lines, f"{number[0].upper()}{number[1:]}"])
