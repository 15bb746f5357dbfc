"""Publish to a bucket of Amazon S3, or of a service with the same API.

Every file is stored once by its hash, in ``_hosts/files/<sha256>``, and the inventory of each release in
``_hosts/releases/<id>.json``. ``_hosts/kept.json`` has the upload times. A switch copies the changed files inside S3 to
the paths that readers request. ``_hosts/live.json`` names the live release. During a switch, ``_hosts/switching.json``
names every release of which readers may see a part, so that the next run can complete a switch that was killed.

The bucket's policy or a CDN must hide ``_hosts/`` from readers. S3 does not negotiate encodings, so files are
stored uncompressed and a CDN compresses them. S3 does not answer 410, so tombstone pages have status 200. Redirects
work if the bucket is served as a website. Otherwise readers get the redirect page.
"""

from __future__ import annotations

import contextlib
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from msgspec.structs import replace

from plugins.publishing.release.carry_over import carried_over
from plugins.publishing.release.inventory import FOR_HOSTS, Inventory
from plugins.publishing.release.release import Release
from plugins.publishing.targets.bucket import Bucket, BucketObject, for_each
from plugins.publishing.targets.checksums import release_checksums
from plugins.publishing.targets.claim import NAMED, refusal
from plugins.publishing.targets.lease import Lease, new_lease, read_lease
from plugins.publishing.targets.retention import inventory_of, is_id, newest_first, not_kept_error, releases_to_delete
from plugins.publishing.targets.served_objects import ServedObject, in_copy_order, served_objects
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

_Json = TypeVar("_Json", dict[str, Any], list[Any])


class S3Target:
    """A bucket, or the part of it below a prefix. See ``Target``.

    The lock is an object with a lease that S3 writes only if it does not exist. The lease expires after ten minutes,
    and is renewed during uploads.

    Args:
        bucket: the bucket.
        prefix: the path below which the site lies, or "" for the whole bucket.
    """

    follows_rules = False

    def __init__(self, bucket: str, prefix: str = "") -> None:
        self.name = f"s3://{bucket}/{prefix}".rstrip("/")
        self.adopted = False
        self._bucket = Bucket(bucket, f"{prefix}/" if prefix else "")
        self._lease: Lease | None = None

    def reading(self) -> AbstractContextManager[None]:
        """Return a context that does nothing. See ``Target``."""
        return contextlib.nullcontext()

    def locked(self) -> AbstractContextManager[None]:
        """Hold the lock object. See ``Target``."""
        return self._locked()

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        self._write_mark()
        lease = new_lease()
        try:
            self._acquire(lease)
            self._lease = lease
            yield
        finally:
            self._lease = None
            if (found := self._bucket.get(_LOCK)) and (other := read_lease(found[0])) and other.token == lease.token:
                self._bucket.delete(_LOCK)

    def live(self) -> Inventory | None:
        """Return the inventory of the live release. See ``Target``.

        After a switch that was killed, readers see parts of several releases. The inventory then has no id, and only
        the files that all of them have in common.
        """
        found = self._live_id()
        if not found:
            return None
        live = self.inventory(found)
        possibly_live = [served_objects(entry) for entry in self._readable_inventories(self._switching())]
        if not possibly_live:
            return live
        live_objects = served_objects(live)
        certain = {
            path: item
            for path, item in live.items.items()
            if all(other.get(path) == live_objects.get(path) for other in possibly_live)
        }
        return replace(live, id="", items=certain)

    def kept(self) -> Sequence[Kept]:
        """Return the kept releases. See ``Target``."""
        live = self._live_id()
        return newest_first([Kept(id_, when, id_ == live) for id_, when in self._upload_times().items()])

    def inventory(self, release: str) -> Inventory:
        """Return the inventory of a kept release. See ``Target``."""
        found = self._bucket.get(f"{_RELEASES}{release}.json") if is_id(release) else None
        if found is None:
            raise not_kept_error(release, self.name)
        return inventory_of(release, found[0], self.name)

    def send(self, release: Release) -> None:
        """Upload the missing files of ``release`` by hash. See ``Target``."""
        release_checksums(release)
        present = self._files()
        served = served_objects(release.inventory)
        missing = {entry.sha256: path for path, entry in served.items() if present.get(entry.sha256) != entry.size}

        def send(path: str) -> None:
            self._bucket.put(_FILES + served[path].sha256, (release.folder / path).read_bytes())

        for_each(missing.values(), send, self._renew)
        self._bucket.put(f"{_RELEASES}{release.inventory.id}.json", release.inventory.to_json().encode())
        self._bucket.put(_KEPT, json.dumps({**self._upload_times(), release.inventory.id: time.time()}).encode())

    def switch(self, release: str) -> None:
        """Copy the changed files of a kept release to the paths that readers request. See ``Target``.

        Files that pages load come before the pages. Files that the release does not have are deleted last.
        """
        inventory = self.inventory(release)
        new = served_objects(inventory)
        files = self._files()
        if any(files.get(entry.sha256) != entry.size for entry in new.values()):
            raise TargetError(
                f"{self.name}: the release {release} is not whole: files of it are missing. Readers see what they saw "
                "before. Publish it again, or choose another.",
            )
        # Before the first release and after the loss of an inventory, the live files are unknown.
        live_ids = list(dict.fromkeys((self._live_id(), *self._switching())))
        old_objects = [served_objects(entry) for entry in self._readable_inventories(live_ids)]
        is_certain = len(old_objects) == len(live_ids)
        present = {entry.key: entry for entry in self._bucket.listing() if not entry.key.startswith(FOR_HOSTS)}
        ours = {*self._left_for_open_pages(), *(path for old in old_objects for path in old)}
        self._refuse_foreign_objects(path for path in new if path in present and path not in ours)
        changed = [
            path
            for path, entry in new.items()
            if not is_certain or not _is_up_to_date(path, entry, present, old_objects)
        ]
        # Files that open pages may still request stay until the switch after this one.
        left = (
            set(carried_over(self.inventory(live_ids[0]), inventory)) if is_certain and len(old_objects) == 1 else set()
        )
        gone = [path for path in present if path not in new and path in ours - left]
        self._bucket.put(_SWITCHING, json.dumps(list(dict.fromkeys((*live_ids, release)))).encode())
        for paths in in_copy_order(changed, new):
            for_each(paths, lambda path: self._bucket.show(_FILES + new[path].sha256, path, new[path]), self._renew)
        for_each(gone, self._bucket.delete, self._renew)
        self._bucket.put(_LIVE, json.dumps({"id": release, "left": sorted(left)}).encode())
        self._bucket.delete(_SWITCHING)

    def tidy(self, keep: int, unwanted: Callable[[Inventory], bool]) -> None:
        """Delete old releases and files that no release needs. See ``Target``."""
        kept = self.kept()
        possibly_live = self._switching()
        deleted = {id_ for id_ in releases_to_delete(kept, keep, unwanted, self.inventory) if id_ not in possibly_live}
        remaining = [self.inventory(entry.id) for entry in kept if entry.id not in deleted]
        self._bucket.put(
            _KEPT, json.dumps({entry.id: entry.when for entry in kept if entry.id not in deleted}).encode()
        )
        lists = {f"{_RELEASES}{entry.id}.json" for entry in remaining}
        for_each((key for key in self._inventory_keys() if key not in lists), self._bucket.delete, self._renew)
        needed = {entry.sha256 for inventory in remaining for entry in served_objects(inventory).values()}
        for_each(
            (_FILES + checksum for checksum in self._files() if checksum not in needed),
            self._bucket.delete,
            self._renew,
        )

    def _files(self) -> dict[str, int]:
        """Return the sizes of all stored files by their hash."""
        found = ((entry.key.removeprefix(_FILES), entry.size) for entry in self._bucket.listing(_FILES))
        return {checksum: size for checksum, size in found if re.fullmatch(r"[0-9a-f]{64}", checksum)}

    def _inventory_keys(self) -> list[str]:
        """Return the keys of all inventories, including those of releases that are no longer kept."""
        keys = (entry.key for entry in self._bucket.listing(_RELEASES))
        return [
            key for key in keys if is_id(key.removeprefix(_RELEASES).removesuffix(".json")) and key.endswith(".json")
        ]

    def _upload_times(self) -> dict[str, float]:
        """Return the upload time of each kept release."""
        return {str(id_): float(when) for id_, when in self._read_json(_KEPT, {}).items()}

    def _live_id(self) -> str:
        return str(self._read_json(_LIVE, {"id": ""})["id"])

    def _left_for_open_pages(self) -> list[str]:
        """Return the paths of an earlier release that the last switch left for open pages."""
        return [str(path) for path in self._read_json(_LIVE, {"left": []})["left"]]

    def _switching(self) -> list[str]:
        """Return the releases of which readers may see a part after a switch that was killed."""
        return [str(id_) for id_ in self._read_json(_SWITCHING, [])]

    def _read_json(self, key: str, default: _Json) -> _Json:
        """Return the JSON at ``key``, or ``default`` if there is none."""
        if not (found := self._bucket.get(key)):
            return default
        with contextlib.suppress(ValueError):
            value = json.loads(found[0])
            if isinstance(value, type(default)):
                return value
        raise TargetError(f"{self.name}/{key} was not made by publishing, or is damaged. Move it away, then try again.")

    def _write_mark(self) -> None:
        """Write the mark.

        Raises:
            TargetError: if the place has no mark and holds other objects than releases.
        """
        if self._bucket.get(_MARK):
            return
        # The console of S3 makes an object with an empty key to show a folder.
        others = [entry.key for entry in self._bucket.listing(most=NAMED + 2) if entry.key not in {"", _LOCK}]
        if others and not self._readable_inventories([*self._upload_times()]):
            raise refusal(self.name, others[:NAMED], f"{self.name}/{_MARK}")
        self.adopted = bool(others)
        self._bucket.put(_MARK, _MARK_TEXT.encode())

    def _refuse_foreign_objects(self, paths: Iterable[str]) -> None:
        """Raise ``TargetError`` if a switch did not make one of the objects at ``paths``."""
        others = [path for path in paths if not self._bucket.is_shown(path)]
        if others:
            raise TargetError(
                f"{self.name}: {', '.join(others[:NAMED])} is there and was not made by publishing, so it was not "
                "replaced. Readers see what they saw before. Move it away, or publish to another place.",
            )

    def _readable_inventories(self, releases: Sequence[str]) -> list[Inventory]:
        found = []
        for id_ in releases:
            with contextlib.suppress(TargetError):
                found.append(self.inventory(id_))
        return found

    def _acquire(self, lease: Lease) -> None:
        found = self._bucket.get(_LOCK)
        other = read_lease(found[0]) if found else None
        if found and not other:
            raise TargetError(f"{self.name}/{_LOCK} is no lock of ours. Move it away, then try again.")
        if other and not other.is_over:
            raise self._lease_refusal(other)
        # If two runs find the lock free or expired, S3 accepts only one of the two writes.
        if not self._bucket.put_if_version(_LOCK, lease.to_json().encode(), found[1] if found else ""):
            found = self._bucket.get(_LOCK)
            raise self._lease_refusal((found and read_lease(found[0])) or lease)

    def _lease_refusal(self, lease: Lease) -> TargetError:
        return lease.refusal(self.name, f"{self.name}/{_LOCK}")

    def _renew(self) -> None:
        if not self._lease or not self._lease.is_due:
            return
        found = self._bucket.get(_LOCK)
        other = read_lease(found[0]) if found else None
        self._lease = self._lease.renewed()
        if not found or not other or other.token != self._lease.token:
            raise (other or self._lease).refusal(self.name, f"{self.name}/{_LOCK}")
        self._bucket.put_if_version(_LOCK, self._lease.to_json().encode(), found[1])


def _is_up_to_date(
    path: str,
    served: ServedObject,
    present: Mapping[str, BucketObject],
    old_objects: Sequence[Mapping[str, ServedObject]],
) -> bool:
    """Return whether ``path`` is up to date: every possibly live release has the same answer, and the object exists."""
    return path in present and present[path].size == served.size and all(old.get(path) == served for old in old_objects)
