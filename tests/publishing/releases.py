"""Make small releases for tests."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from pathlib import Path

from plugins.base.media_types import content_type
from plugins.publishing.hosts.response_rules import TEXTS, caching
from plugins.publishing.release.inventory import PATH, Inventory, ReleaseFile
from plugins.publishing.release.release import Release

SITE = "https://example.org"
#: Files for hosts only.
FOR_HOSTS = {"_headers": b"/*\n  X-A: b\n", "_redirects": b"/old /a/ 301\n", "_hosts/nginx.conf": b"# rules\n"}


def release(
    tmp_path: Path,
    pages: Mapping[str, bytes],
    *,
    redirects: Mapping[str, str] | None = None,
    gone: Mapping[str, str] | None = None,
) -> Release:
    """Return a release with ``pages`` by path and the files for hosts, in a folder of its own.

    Args:
        tmp_path: the folder that holds it.
        pages: the files that readers can request.
        redirects: as in the inventory.
        gone: as in the inventory.
    """
    items = {path: _item(path, data) for path, data in (FOR_HOSTS | dict(pages)).items()}
    digest = hashlib.sha256(repr((sorted(items.items()), redirects, gone)).encode()).hexdigest()
    inventory = Inventory(digest[:12], SITE, items, redirects or {}, gone or {})
    folder = tmp_path / f"release-{inventory.id}"
    for path, data in (FOR_HOSTS | dict(pages)).items():
        _write(folder / path, data)
        if items[path].encodings:
            _write(folder / f"{path}.gz", gzip.compress(data, mtime=0))
            _write(folder / f"{path}.br", b"br" + data)
    _write(folder / PATH, inventory.to_json().encode())
    return Release(folder, inventory)


def _item(path: str, data: bytes) -> ReleaseFile:
    sum_ = hashlib.sha256(data).hexdigest()
    if path in FOR_HOSTS:
        return ReleaseFile(path, sum_, len(data))
    encodings = ("br", "gzip") if path.endswith(TEXTS) else ()
    return ReleaseFile(path, sum_, len(data), content_type(path), caching(path), encodings)


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
