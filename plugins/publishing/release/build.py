"""Make a release of a built site."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from msgspec.structs import replace

from plugins.base.media_types import content_type
from plugins.base.parallel import Watch, run_in_processes
from plugins.engine.output_index import MANIFEST, beside
from plugins.publishing import redirect_map
from plugins.publishing.hosts import files as rules
from plugins.publishing.hosts.response_rules import TEXTS, ResponseRules, caching
from plugins.publishing.release.compression import SUFFIXES, compressed
from plugins.publishing.release.inventory import ID_DIGITS, PATH, Inventory, InventoryError, ReleaseFile, read
from plugins.publishing.release.release import Release

#: The page's own policy, which the theme writes into the head before any content.
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="[^"]+">')


class ReleaseError(ValueError):
    """The site is not fit for a release. The message gives the reason and says what to do."""


def make_release(site: Path, folder: Path, *, url: str, watch: Watch | None = None) -> Release:
    """Make the release of the built site in ``site``, and replace the older release in ``folder``.

    The folder is the document root of a host, so a site below a path lies below that path in it. The release depends
    only on the files of the site: equal builds give equal releases.

    Args:
        site: the output folder of a build.
        folder: the folder of the release. Compressed files of an older release there are reused.
        url: the URL of the site, without a slash at the end.
        watch: shows progress.

    Raises:
        ReleaseError: if ``site`` is not a built site, or a file in it differs from the build.
    """
    built, addresses = _read(site)
    root = urlsplit(url).path
    before = read_release(folder)
    new = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    add_file = partial(_add_file, site, new, root, built, before)
    added = run_in_processes(add_file, sorted(built), watch)
    items = {item.path: item for files in added for item in files}
    response_rules = ResponseRules(root, addresses.redirects, addresses.gone, addresses.trainable)
    inventory = replace(_inventory(url, items, response_rules, new), left=addresses.left)
    _write(new / PATH, inventory.to_json().encode())
    _replace_folder(new, folder)
    return Release(folder, inventory)


def read_release(folder: Path) -> Release | None:
    """Return the release in ``folder``, or None if there is no complete one."""
    with contextlib.suppress(OSError, InventoryError):
        return Release(folder, read((folder / PATH).read_bytes()))
    return None


def _read(site: Path) -> tuple[Mapping[str, str], redirect_map.RedirectMap]:
    """Return the hash of each file of a built site, and its redirect map."""
    try:
        files = json.loads((beside(site) / MANIFEST).read_bytes())["files"]
        addresses = redirect_map.read((beside(site) / redirect_map.FILE).read_bytes())
        built = {path: file["sha256"] for path, file in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReleaseError(f"{site} holds no finished site; build it first") from error
    if not built:
        raise ReleaseError(f"the build of {site} was stopped before its end; build it again")
    return built, addresses


def _add_file(
    site: Path, new: Path, root: str, built: Mapping[str, str], before: Release | None, path: str
) -> list[ReleaseFile]:  # fmt: skip
    """Add one file of the site and its compressed forms to the release in ``new``."""
    data = _read_verified(site, path, built[path])
    if path.endswith(".html") and not _POLICY.search(data):
        raise ReleaseError(f"the page {path} does not say what it may do (Content-Security-Policy)")
    release_path = f"{root.strip('/')}/{path}".removeprefix("/")
    _link(site / path, new / release_path, data)
    compressed_forms: dict[str, bytes] = {}
    if path.endswith(TEXTS):
        compressed_forms = _reuse_compressed(before, release_path, built[path]) or compressed(data)
    item = ReleaseFile(
        release_path, built[path], len(data), content_type(path), caching(release_path, root), tuple(compressed_forms)
    )
    items = [item]
    for coding, content in compressed_forms.items():
        compressed_path = f"{release_path}{SUFFIXES[coding]}"
        _write(new / compressed_path, content)
        items.append(ReleaseFile(compressed_path, sha256(content).hexdigest(), len(content)))
    return items


def _read_verified(site: Path, path: str, digest: str) -> bytes:
    try:
        data = (site / path).read_bytes()
    except OSError:
        data = None
    if data is None or sha256(data).hexdigest() != digest:
        raise ReleaseError(f"{site / path} is not as it was built, so nothing was checked of it; build the site again")
    return data


def _reuse_compressed(before: Release | None, release_path: str, digest: str) -> dict[str, bytes]:
    """Return the compressed forms of the same bytes in an older release, or {} if one is missing or damaged."""
    old = before.inventory.items.get(release_path) if before else None
    if before is None or old is None or old.sha256 != digest:
        return {}
    compressed_forms = {}
    for coding in old.encodings:
        compressed_path = f"{release_path}{SUFFIXES[coding]}"
        recorded = before.inventory.items.get(compressed_path)
        with contextlib.suppress(OSError):
            compressed_forms[coding] = (before.folder / compressed_path).read_bytes()
        if (
            recorded is None
            or coding not in compressed_forms
            or sha256(compressed_forms[coding]).hexdigest() != recorded.sha256
        ):
            return {}
    return compressed_forms


def _inventory(url: str, items: dict[str, ReleaseFile], response_rules: ResponseRules, new: Path) -> Inventory:
    """Write the host rules, compute the release's id, and return the complete inventory."""
    for path, data in rules.files(response_rules).items():
        _write(new / path, data)
        items[path] = ReleaseFile(path, sha256(data).hexdigest(), len(data))
    release = sha256(repr([sorted(items.items()), url]).encode()).hexdigest()[:ID_DIGITS]
    return Inventory(release, url, items, response_rules.redirects, response_rules.gone)


def _link(source: Path, target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        # Builds replace files and never write into them, so the two folders can share one by a hard link.
        os.link(source, target)
    except OSError:
        target.write_bytes(data)


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def _replace_folder(new: Path, folder: Path) -> None:
    """Replace ``folder`` by ``new``. If this is interrupted, the next release is made without reuse."""
    old = folder.with_name(f"{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
