"""S3: publishes to a bucket of Amazon S3, or of a service that speaks its language.

Every file is kept once, by its hash, in ``_hosts/files/<sha256>``, and the list of each release in
``_hosts/releases/<id>.json``; ``_hosts/kept.json`` has the times at which they were sent. A switch copies, inside S3,
what is different to where readers ask for it. ``_hosts/live.json`` names the release that is live; while a switch is
under way, ``_hosts/switching.json`` names every release that readers may see a part of, so that the next run ends one
that was killed.

What is below ``_hosts/`` is not for readers: let the bucket's policy, or the CDN before it, give everything else only.
S3 cannot choose among packed forms: files lie there as they are, and a CDN packs them. It cannot answer 410 either:
the page of what was withdrawn is shown with status 200. Redirects work where the bucket is served as a website;
elsewhere the page at the old address leads on.
"""

from __future__ import annotations

import contextlib
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, TypeVar

from plugins.publishing.hosts.response_rules import FOREVER
from plugins.publishing.release.carry_over import inherited
from plugins.publishing.release.inventory import FOR_HOSTS, Inventory, addresses_of
from plugins.publishing.release.release import Release
from plugins.publishing.targets.bucket import Bucket, BucketAnswer, Held, each
from plugins.publishing.targets.checksums import sums
from plugins.publishing.targets.claim import NAMED, refusal
from plugins.publishing.targets.lease import Lease, new_lease, read_lease
from plugins.publishing.targets.retention import in_order, inventory_of, is_id, leaving, not_kept
from plugins.publishing.targets.target import Kept, TargetError

_FILES = f"{FOR_HOSTS}files/"
_RELEASES = f"{FOR_HOSTS}releases/"
_KEPT = f"{FOR_HOSTS}kept.json"
_LIVE = f"{FOR_HOSTS}live.json"
_SWITCHING = f"{FOR_HOSTS}switching.json"
_LOCK = f"{FOR_HOSTS}lock.json"
_MARK = f"{FOR_HOSTS}publishing.txt"
_MARK_TEXT = f"""\
`inv publish` publishes to this place. It makes, changes and deletes the objects of the releases that are listed in
{_RELEASES}, and what it keeps itself below {FOR_HOSTS}. It changes no object of anybody else.
"""

_Note = TypeVar("_Note", dict[str, Any], list[Any])


class S3Target:
    """A bucket, or what is below a prefix in it; see ``Target``.

    The lock is an object that S3 writes only if there is none. It ends after ten minutes unless it is renewed, which
    happens while files are sent, so that a run that died locks nobody out for long.

    Args:
        bucket: the bucket.
        prefix: below which the site lies; "" for the whole bucket.
    """

    follows_rules = False

    def __init__(self, bucket: str, prefix: str = "") -> None:
        self.name = f"s3://{bucket}/{prefix}".rstrip("/")
        self.adopted = False
        self._bucket = Bucket(bucket, f"{prefix}/" if prefix else "")
        self._lease: Lease | None = None

    def reading(self) -> AbstractContextManager[None]:
        """Look without changing anything. See ``Target``."""
        return contextlib.nullcontext()

    def locked(self) -> AbstractContextManager[None]:
        """Keep others from publishing there. See ``Target``."""
        return self._locked()

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        self._claim()
        lease = new_lease()
        try:
            self._take(lease)
            self._lease = lease
            yield
        finally:
            self._lease = None
            if (found := self._bucket.get(_LOCK)) and (other := read_lease(found[0])) and other.token == lease.token:
                self._bucket.delete(_LOCK)

    def live(self) -> Inventory | None:
        """Return what readers see. See ``Target``.

        Where a switch was killed, they see parts of several releases: then the inventory has no id, and holds what is
        the same in all of them.
        """
        found = self._live_id()
        if not found:
            return None
        live = self.inventory(found)
        doubtful = [_shown(one) for one in self._read_those(self._switching())]
        if not doubtful:
            return live
        mine = _shown(live)
        certain = {
            path: item
            for path, item in live.items.items()
            if all(other.get(path) == mine.get(path) for other in doubtful)
        }
        return replace(live, id="", items=certain)

    def kept(self) -> Sequence[Kept]:
        """Return the releases that are kept. See ``Target``."""
        live = self._live_id()
        return in_order([Kept(id_, when, id_ == live) for id_, when in self._sent().items()])

    def inventory(self, release: str) -> Inventory:
        """Return what is in a kept release. See ``Target``."""
        found = self._bucket.get(f"{_RELEASES}{release}.json") if is_id(release) else None
        if found is None:
            raise not_kept(release, self.name)
        return inventory_of(release, found[0], self.name)

    def send(self, release: Release) -> None:
        """Bring the files of ``release`` that are not there yet, where no reader looks. See ``Target``."""
        sums(release)
        there = self._files()
        shown = _shown(release.inventory)
        missing = {one.sha256: path for path, one in shown.items() if there.get(one.sha256) != one.size}

        def send(path: str) -> None:
            self._bucket.put(_FILES + shown[path].sha256, (release.folder / path).read_bytes())

        each(missing.values(), send, self._renew)
        self._bucket.put(f"{_RELEASES}{release.inventory.id}.json", release.inventory.to_json().encode())
        self._bucket.put(_KEPT, json.dumps({**self._sent(), release.inventory.id: time.time()}).encode())

    def switch(self, release: str) -> None:
        """Copy what is different in a kept release to where readers ask for it. See ``Target``.

        What pages need comes before them, and what is no more goes last.
        """
        inventory = self.inventory(release)
        new = _shown(inventory)
        files = self._files()
        if any(files.get(one.sha256) != one.size for one in new.values()):
            raise TargetError(
                f"{self.name}: the release {release} is not whole: files of it are missing. Readers see what they saw "
                "before. Publish it again, or choose another.",
            )
        # Before the first release, "": nobody knows what is there. The same holds of one whose list is lost.
        possible = list(dict.fromkeys((self._live_id(), *self._switching())))
        olds = [_shown(one) for one in self._read_those(possible)]
        knows = len(olds) == len(possible)
        there = {one.key: one for one in self._bucket.listing() if not one.key.startswith(FOR_HOSTS)}
        ours = {*self._left(), *(path for old in olds for path in old)}
        self._refuse_others(path for path in new if path in there and path not in ours)
        changed = [path for path, one in new.items() if not knows or not _is_there(path, one, there, olds)]
        # What open pages may still ask for stays until the switch after this one.
        left = set(inherited(self.inventory(possible[0]), inventory)) if knows and len(olds) == 1 else set()
        gone = [path for path in there if path not in new and path in ours - left]
        self._bucket.put(_SWITCHING, json.dumps(list(dict.fromkeys((*possible, release)))).encode())
        for paths in _in_turn(changed, new):
            each(paths, lambda path: self._bucket.show(_FILES + new[path].sha256, path, new[path]), self._renew)
        each(gone, self._bucket.delete, self._renew)
        self._bucket.put(_LIVE, json.dumps({"id": release, "left": sorted(left)}).encode())
        self._bucket.delete(_SWITCHING)

    def tidy(self, keep: int, unwanted: Callable[[Inventory], bool]) -> None:
        """Take away what nobody needs. See ``Target``."""
        kept = self.kept()
        doubtful = self._switching()
        going = {id_ for id_ in leaving(kept, keep, unwanted, self.inventory) if id_ not in doubtful}
        staying = [self.inventory(one.id) for one in kept if one.id not in going]
        self._bucket.put(_KEPT, json.dumps({one.id: one.when for one in kept if one.id not in going}).encode())
        lists = {f"{_RELEASES}{one.id}.json" for one in staying}
        each((key for key in self._lists() if key not in lists), self._bucket.delete, self._renew)
        needed = {one.sha256 for inventory in staying for one in _shown(inventory).values()}
        each((_FILES + sum_ for sum_ in self._files() if sum_ not in needed), self._bucket.delete, self._renew)

    def _files(self) -> dict[str, int]:
        """The sizes of all files that are kept, by their sum."""
        found = ((one.key.removeprefix(_FILES), one.size) for one in self._bucket.listing(_FILES))
        return {sum_: size for sum_, size in found if re.fullmatch(r"[0-9a-f]{64}", sum_)}

    def _lists(self) -> list[str]:
        """The keys of the lists of all releases, also of those that are not kept any more."""
        keys = (one.key for one in self._bucket.listing(_RELEASES))
        return [
            key for key in keys if is_id(key.removeprefix(_RELEASES).removesuffix(".json")) and key.endswith(".json")
        ]

    def _sent(self) -> dict[str, float]:
        """When each kept release was sent."""
        return {str(id_): float(when) for id_, when in self._note(_KEPT, {}).items()}

    def _live_id(self) -> str:
        return str(self._note(_LIVE, {"id": ""})["id"])

    def _left(self) -> list[str]:
        """What an earlier release left for pages that were open, and the live one does not list."""
        return [str(path) for path in self._note(_LIVE, {"left": []})["left"]]

    def _switching(self) -> list[str]:
        """The releases that readers may see a part of, because a switch was killed."""
        return [str(id_) for id_ in self._note(_SWITCHING, [])]

    def _note(self, key: str, default: _Note) -> _Note:
        """Return what was written down at ``key``; ``default`` where nothing was."""
        if not (found := self._bucket.get(key)):
            return default
        with contextlib.suppress(ValueError):
            note = json.loads(found[0])
            if isinstance(note, type(default)):
                return note
        raise TargetError(f"{self.name}/{key} was not made by publishing, or is damaged. Move it away, then try again.")

    def _claim(self) -> None:
        """Mark the place.

        Raises:
            TargetError: when it has no mark, and holds other things than releases.
        """
        if self._bucket.get(_MARK):
            return
        # A key that is empty is what consoles make to show a folder.
        others = [one.key for one in self._bucket.listing(most=NAMED + 2) if one.key not in {"", _LOCK}]
        if others and not self._read_those([*self._sent()]):
            raise refusal(self.name, others[:NAMED], f"{self.name}/{_MARK}")
        self.adopted = bool(others)
        self._bucket.put(_MARK, _MARK_TEXT.encode())

    def _refuse_others(self, paths: Iterable[str]) -> None:
        """Raise ``TargetError`` where an object at ``paths``, which no list names, was not made by a switch."""
        others = [path for path in paths if not self._bucket.is_shown(path)]
        if others:
            raise TargetError(
                f"{self.name}: {', '.join(others[:NAMED])} is there and was not made by publishing, so it was not "
                "replaced. Readers see what they saw before. Move it away, or publish to another place.",
            )

    def _read_those(self, releases: Sequence[str]) -> list[Inventory]:
        found = []
        for id_ in releases:
            with contextlib.suppress(TargetError):
                found.append(self.inventory(id_))
        return found

    def _take(self, lease: Lease) -> None:
        found = self._bucket.get(_LOCK)
        other = read_lease(found[0]) if found else None
        if found and not other:
            raise TargetError(f"{self.name}/{_LOCK} is no lock of ours. Move it away, then try again.")
        if other and not other.is_over:
            raise self._refused(other)
        # Of two who find the same lock over, or none, S3 lets only one write.
        if not self._bucket.put_instead(_LOCK, lease.to_json().encode(), found[1] if found else ""):
            found = self._bucket.get(_LOCK)
            raise self._refused((found and read_lease(found[0])) or lease)

    def _refused(self, lease: Lease) -> TargetError:
        return lease.refusal(self.name, f"{self.name}/{_LOCK}")

    def _renew(self) -> None:
        if not self._lease or not self._lease.is_due:
            return
        found = self._bucket.get(_LOCK)
        other = read_lease(found[0]) if found else None
        self._lease = self._lease.renewed()
        if not found or not other or other.token != self._lease.token:
            raise (other or self._lease).refusal(self.name, f"{self.name}/{_LOCK}")
        self._bucket.put_instead(_LOCK, self._lease.to_json().encode(), found[1])


def _shown(inventory: Inventory) -> dict[str, BucketAnswer]:
    """What readers are answered at each path of a release."""
    return {
        item.path: BucketAnswer(item.sha256, item.size, item.type, item.caching, _location(inventory, item.path))
        for item in inventory
        if item.is_shown
    }


def _location(inventory: Inventory, path: str) -> str:
    return next((inventory.redirects[form] for form in addresses_of(path) if form in inventory.redirects), "")


def _is_there(
    path: str, shown: BucketAnswer, there: Mapping[str, Held], olds: Sequence[Mapping[str, BucketAnswer]]
) -> bool:
    """Whether readers are answered as ``shown`` at ``path``: all that may be live say so, and the object is there."""
    return path in there and there[path].size == shown.size and all(old.get(path) == shown for old in olds)


def _in_turn(paths: Sequence[str], shown: Mapping[str, BucketAnswer]) -> tuple[list[str], list[str], list[str]]:
    """Return ``paths`` in the turn in which they are to change: what pages load, other documents, pages."""
    lasting = [path for path in paths if shown[path].caching == FOREVER]
    pages = [path for path in paths if shown[path].type.startswith("text/html")]
    return lasting, [path for path in paths if path not in {*lasting, *pages}], pages
