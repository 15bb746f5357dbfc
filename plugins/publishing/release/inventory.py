"""Describe every file of a release: hash, size, and how a host serves it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, urlsplit

from msgspec import Struct, field
from msgspec.structs import asdict

from plugins.publishing.hosts.response_rules import HIDDEN

#: The path of the inventory in the release. Hosts do not serve it.
PATH = "_hosts/release.json"
#: The length of a release id in hexadecimal digits. A target keeps only a few releases, so 12 are enough.
ID_DIGITS = 12
#: The folder of files that only the host reads.
FOR_HOSTS = "_hosts/"


class InventoryError(ValueError):
    """The text is not an inventory. The message gives the reason."""


class ReleaseFile(Struct, frozen=True):
    """A file of a release.

    Attributes:
        path: the path below the root of the release, with forward slashes, including the path of a site below one.
        sha256: the hash of its bytes, in hexadecimal digits.
        size: its size in bytes.
        type: the Content-Type, or "" for a file that hosts do not serve by its own path.
        caching: the Cache-Control, or "" likewise.
        encodings: the content codings of its compressed forms, "br" and "gzip". Those are the files `path.br` and
            `path.gz`, which have items of their own.
    """

    path: str
    sha256: str
    size: int
    type: str = ""
    caching: str = ""
    encodings: tuple[str, ...] = ()

    @property
    def is_shown(self) -> bool:
        """Whether hosts serve the file by its own path."""
        return bool(self.type)


class Changes(Struct, frozen=True):
    """The differences between two releases, as sorted paths.

    Attributes:
        added: new files.
        changed: files with other bytes, another type or other caching.
        removed: files that the new release does not have.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    @property
    def to_send(self) -> tuple[str, ...]:
        """The files to upload, in order."""
        return tuple(sorted((*self.added, *self.changed)))


class Inventory(Struct, frozen=True):
    """All files of a release except the inventory itself.

    Attributes:
        id: the id of the release in hexadecimal digits, computed from its files and its URL.
        site: the URL of the site, without a slash at the end.
        items: the files by path.
        redirects: target by alias, as paths on the host, each alias with and without a slash at the end.
        gone: path in ``items`` by withdrawn address, each address in every form.
        left: ISO date by story id, for stories whose consent has ended: the day on which feeds first said so. The next
            build reads these days from here.
    """

    id: str
    site: str
    items: Mapping[str, ReleaseFile]
    redirects: Mapping[str, str]
    gone: Mapping[str, str]
    left: Mapping[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        """The folder of the site below its host's root, with a slash at the end, or "" for a site at the root."""
        path = urlsplit(self.site).path.strip("/")
        return f"{path}/" if path else ""

    def __iter__(self) -> Iterator[ReleaseFile]:
        return iter(self.items.values())

    def addresses(self, paths: Iterable[str]) -> list[str]:
        """Return the sorted URLs of the files at ``paths``, which a CDN must purge.

        Host rules and compressed forms have no URL of their own.
        """
        host = self.site.removesuffix(f"/{self.folder}".rstrip("/"))
        shown = (path for path in paths if not re.fullmatch(HIDDEN, path))
        return sorted({f"{host}{quote(address)}" for path in shown for address in addresses_of(path)})

    def since(self, old: Inventory | None) -> Changes:
        """Return the changes from ``old``. None means a host without a release."""
        before: Mapping[str, ReleaseFile] = old.items if old else {}
        return Changes(
            added=tuple(sorted(self.items.keys() - before.keys())),
            changed=tuple(sorted(path for path, item in self.items.items() if before.get(path, item) != item)),
            removed=tuple(sorted(before.keys() - self.items.keys())),
        )

    def to_json(self) -> str:
        """Return the inventory as JSON in a fixed order."""
        written = {
            "id": self.id,
            "site": self.site,
            "files": {
                path: {name: value for name, value in asdict(item).items() if name != "path" and value}
                for path, item in sorted(self.items.items())
            },
            "redirects": dict(sorted(self.redirects.items())),
            "gone": dict(sorted(self.gone.items())),
            "left": dict(sorted(self.left.items())),
        }
        return json.dumps(written, ensure_ascii=False, indent=1) + "\n"


def addresses_of(path: str) -> tuple[str, ...]:
    """Return the paths on the host that serve the file ``path``. The first is the one that links use."""
    if path.rpartition("/")[2] == "index.html":
        return (f"/{path.removesuffix('index.html')}", f"/{path}")
    return (f"/{path}",)


def read(text: str | bytes) -> Inventory:
    """Parse the output of ``to_json``.

    Raises:
        InventoryError: if ``text`` is not an inventory.
    """
    try:
        data = json.loads(text)
        items = {
            path: ReleaseFile(
                path, file["sha256"], file.get("size", 0), file.get("type", ""), file.get("caching", ""),
                tuple(file.get("encodings", ())),
            )
            for path, file in data["files"].items()
        }  # fmt: skip
        # Releases of earlier versions have no key `left`.
        left = {str(key): str(day) for key, day in data.get("left", {}).items()}
        return Inventory(data["id"], data["site"], items, data["redirects"], data["gone"], left)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InventoryError("the list of a release cannot be read: it is cut off, or not of this program") from error
