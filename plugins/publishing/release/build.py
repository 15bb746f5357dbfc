"""Making: a release of a built site."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from plugins.base.media_types import content_type
from plugins.base.parallel import run_in_processes
from plugins.engine.output_index import MANIFEST, beside
from plugins.publishing import redirect_map
from plugins.publishing.hosts import files as rules
from plugins.publishing.hosts.response_rules import TEXTS, Answers, caching
from plugins.publishing.release.compression import SUFFIXES, packed
from plugins.publishing.release.inventory import ID_DIGITS, PATH, Inventory, InventoryError, ReleaseFile, read
from plugins.publishing.release.release import Release

#: What a page says that it may do. It stands in the head, before anything that a person wrote.
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="[^"]+">')


class ReleaseError(ValueError):
    """No release can be made of what is there; the message says why and how to mend it."""


def make(
    site: Path, folder: Path, *, url: str, watch: Callable[[Sequence[str], int], Iterable[str]] = lambda files, _: files
) -> Release:
    """Make the release of the built site in ``site``, in place of an older one in ``folder``.

    The folder becomes what a host shows: its root is the root of the host, so a site below a path lies below that path
    in it too. Everything depends on the files of the site alone, so two builds that are the same give the same release.

    Args:
        site: the output folder of a build.
        folder: the folder of the release; what an older release packed there is not packed again.
        url: the address of the site, without a slash at its end.
        watch: hands on the files that are packed in this process, told how many there are in all, and may show how
            many are done.

    Raises:
        ReleaseError: where ``site`` is no built site, or was changed by hand.
    """
    built, addresses = _read(site)
    root = urlsplit(url).path
    before = read_release(folder)
    new = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    take = partial(_take, site, new, root, built, before)
    taken = run_in_processes(take, sorted(built), watch)
    items = {item.path: item for one in taken for item in one}
    answers = Answers(root, addresses.redirects, addresses.gone)
    inventory = replace(_inventory(url, items, answers, new), left=addresses.left)
    _write(new / PATH, inventory.to_json().encode())
    _swap(new, folder)
    return Release(folder, inventory)


def read_release(folder: Path) -> Release | None:
    """Return the release in ``folder``; None where there is none, or only what is left of one."""
    with contextlib.suppress(OSError, InventoryError):
        return Release(folder, read((folder / PATH).read_bytes()))
    return None


def _read(site: Path) -> tuple[Mapping[str, str], redirect_map.RedirectMap]:
    """Return the hash of each file of a built site, and what its addresses lead to."""
    try:
        files = json.loads((beside(site) / MANIFEST).read_bytes())["files"]
        addresses = redirect_map.read((beside(site) / redirect_map.FILE).read_bytes())
        built = {path: file["sha256"] for path, file in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReleaseError(f"{site} holds no finished site; build it first") from error
    if not built:
        raise ReleaseError(f"the build of {site} was stopped before its end; build it again")
    return built, addresses


def _take(
    site: Path, new: Path, root: str, built: Mapping[str, str], before: Release | None, path: str
) -> list[ReleaseFile]:  # fmt: skip
    """Bring one file of the site into the release ``new``, with its packed forms."""
    data = _verified(site, path, built[path])
    if path.endswith(".html") and not _POLICY.search(data):
        raise ReleaseError(f"the page {path} does not say what it may do (Content-Security-Policy)")
    place = f"{root.strip('/')}/{path}".removeprefix("/")
    _link(site / path, new / place, data)
    forms: dict[str, bytes] = {}
    if path.endswith(TEXTS):
        forms = _packed_before(before, place, built[path]) or packed(data)
    item = ReleaseFile(place, built[path], len(data), content_type(path), caching(place, root), tuple(forms))
    items = [item]
    for coding, form in forms.items():
        beside = f"{place}{SUFFIXES[coding]}"
        _write(new / beside, form)
        items.append(ReleaseFile(beside, sha256(form).hexdigest(), len(form)))
    return items


def _verified(site: Path, path: str, digest: str) -> bytes:
    try:
        data = (site / path).read_bytes()
    except OSError:
        data = None
    if data is None or sha256(data).hexdigest() != digest:
        raise ReleaseError(f"{site / path} is not as it was built, so nothing was checked of it; build the site again")
    return data


def _packed_before(before: Release | None, place: str, digest: str) -> dict[str, bytes]:
    """Return the packed forms that an older release has of the same bytes; none where they are damaged."""
    old = before.inventory.items.get(place) if before else None
    if before is None or old is None or old.sha256 != digest:
        return {}
    forms = {}
    for coding in old.encodings:
        beside = f"{place}{SUFFIXES[coding]}"
        known = before.inventory.items.get(beside)
        with contextlib.suppress(OSError):
            forms[coding] = (before.folder / beside).read_bytes()
        if known is None or coding not in forms or sha256(forms[coding]).hexdigest() != known.sha256:
            return {}
    return forms


def _inventory(url: str, items: dict[str, ReleaseFile], answers: Answers, new: Path) -> Inventory:
    """Write the rules for hosts, name the release, and return the inventory of all."""
    for path, data in rules.files(answers).items():
        _write(new / path, data)
        items[path] = ReleaseFile(path, sha256(data).hexdigest(), len(data))
    release = sha256(repr([sorted(items.items()), url]).encode()).hexdigest()[:ID_DIGITS]
    return Inventory(release, url, items, answers.redirects, answers.gone)


def _link(source: Path, target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        # Builds replace files and never write into them, so one file may stand in both folders.
        os.link(source, target)
    except OSError:
        target.write_bytes(data)


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def _swap(new: Path, folder: Path) -> None:
    """Put ``new`` in the place of ``folder``. Killed in between, the next release is made from nothing."""
    old = folder.with_name(f"{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
