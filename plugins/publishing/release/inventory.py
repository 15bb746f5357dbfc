"""Inventory: every file of a release, with its hash and size, and what a host must know of each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from urllib.parse import quote, urlsplit

from plugins.publishing.hosts.response_rules import HIDDEN

#: The file of a release that holds its inventory, below its root. No host shows it.
PATH = "_hosts/release.json"
#: How many hexadecimal digits name a release. A release is never looked for among more than a few.
ID_DIGITS = 12
#: Below this folder stands what is for the host alone.
FOR_HOSTS = "_hosts/"


class InventoryError(ValueError):
    """What should be an inventory is none; the message says why."""


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A file of a release.

    Attributes:
        path: below the root of the release, with forward slashes; a site below a path has that path in it.
        sha256: of its bytes, in hexadecimal digits.
        size: in bytes.
        type: the Content-Type; "" for a file that no host shows by itself.
        caching: the Cache-Control; "" likewise.
        encodings: the content codings, "br" and "gzip", in which it also lies beside itself, as `path.br` and
            `path.gz`; those are items of their own, which no host shows by themselves.
    """

    path: str
    sha256: str
    size: int
    type: str = ""
    caching: str = ""
    encodings: tuple[str, ...] = ()

    @property
    def is_shown(self) -> bool:
        """Whether readers can ask for it."""
        return bool(self.type)


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from one release to the next; paths in order.

    Attributes:
        added: files that are new.
        changed: files with other bytes, or that are answered with another type or caching.
        removed: files that are no more.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    @property
    def to_send(self) -> tuple[str, ...]:
        """The files that the host does not have yet, in order."""
        return tuple(sorted((*self.added, *self.changed)))


@dataclass(frozen=True)
class Inventory:
    """All files of a release but the inventory itself.

    Attributes:
        id: the release's name: hexadecimal digits, the same for the same files and answers, whenever and wherever they
            were made.
        site: the address of the site, without a slash at its end.
        items: by path.
        redirects: old addresses and where they lead, as paths of the host, in both forms (with and without a slash).
        gone: withdrawn addresses, in every form, and the page that stands there, as a path of ``items``.
        left: ids of stories whose consent has ended, and the days on which feeds told so first, as 2026-11-22. The next
            release tells the same days, which stand nowhere else.
    """

    id: str
    site: str
    items: Mapping[str, ReleaseFile]
    redirects: Mapping[str, str]
    gone: Mapping[str, str]
    left: Mapping[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        """The folder of the site below the root of its host, with a slash at its end; "" for a host of its own."""
        path = urlsplit(self.site).path.strip("/")
        return f"{path}/" if path else ""

    def __iter__(self) -> Iterator[ReleaseFile]:
        return iter(self.items.values())

    def addresses(self, paths: Iterable[str]) -> list[str]:
        """Return the whole addresses at which readers ask for the files ``paths``, in order: what a CDN must forget.

        Rules for hosts and packed forms have none.
        """
        host = self.site.removesuffix(f"/{self.folder}".rstrip("/"))
        shown = (path for path in paths if not re.fullmatch(HIDDEN, path))
        return sorted({f"{host}{quote(address)}" for path in shown for address in addresses_of(path)})

    def since(self, old: Inventory | None) -> Changes:
        """Return what is different from ``old``; None stands for a host without a release."""
        before: Mapping[str, ReleaseFile] = old.items if old else {}
        return Changes(
            added=tuple(sorted(self.items.keys() - before.keys())),
            changed=tuple(sorted(path for path, item in self.items.items() if before.get(path, item) != item)),
            removed=tuple(sorted(before.keys() - self.items.keys())),
        )

    def to_json(self) -> str:
        """Return the inventory as text, the same for the same inventory."""
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
    """Return the paths of the host at which the file ``path`` is answered, the one that links name first."""
    if path.rpartition("/")[2] == "index.html":
        return (f"/{path.removesuffix('index.html')}", f"/{path}")
    return (f"/{path}",)


def read(text: str | bytes) -> Inventory:
    """Return the inventory that ``to_json`` wrote.

    Raises:
        InventoryError: when ``text`` is none.
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
        # Releases of earlier versions do not say who left when.
        left = {str(key): str(day) for key, day in data.get("left", {}).items()}
        return Inventory(data["id"], data["site"], items, data["redirects"], data["gone"], left)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InventoryError("the list of a release cannot be read: it is cut off, or not of this program") from error
