"""Answered: which addresses lead elsewhere and what is gone, as a build tells those who make a release of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from plugins.content_model.permalink import file, forms
from plugins.content_model.registers import Tombstone
from plugins.publishing.redirects import Redirect

#: The file that says so, beside the output folder.
FILE = "answers.json"


@dataclass(frozen=True, slots=True)
class RedirectMap:
    """Addresses that are no pages of their own; every address is a path of the host, with the site's root.

    Attributes:
        redirects: old addresses in both forms, with and without a slash at the end, and where they lead.
        gone: withdrawn addresses in every form, and the file of the page that stands there, below the root of the host.
        left: ids of stories whose consent has ended, and the days on which feeds told so first, as 2026-11-22.
    """

    redirects: Mapping[str, str]
    gone: Mapping[str, str]
    left: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> bytes:
        """Return them as data, the same for the same addresses."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def moved(found: Iterable[Redirect], root: str) -> dict[str, str]:
    """Return each old address, in both of its forms, and where it leads, as paths of the host.

    Args:
        found: the redirects.
        root: the path prefix of the site.
    """
    return {f"{root}{form}": f"{root}{redirect.target}" for redirect in found for form in forms(redirect.alias)}


def gone(withdrawn: Iterable[Tombstone], root: str) -> dict[str, str]:
    """Return every form of each address of ``withdrawn``, as a path of the host, and the file of the page there.

    A host answers 410 at each, so that search engines forget them.

    Args:
        withdrawn: what was withdrawn; what was never public has no address.
        root: the path prefix of the site, which is also a folder below the root of the host.
    """
    return {
        f"{root}{form}": f"{root}/{page}".removeprefix("/")
        for stone in withdrawn
        for address in stone.public_addresses
        for page in (file(address),)
        for form in (*forms(f"/{page}".removesuffix("index.html")), f"/{page}")
    }


def read(data: bytes) -> RedirectMap:
    """Return what ``to_json`` wrote.

    Raises:
        ValueError: where it is cut off.
        KeyError: where it is something else.
    """
    read = json.loads(data)
    return RedirectMap(read["redirects"], read["gone"], read["left"])
