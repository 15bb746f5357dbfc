"""Store which addresses of a build redirect and which are gone, for the release that is made of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import asdict

from plugins.content_model.permalink import file, forms
from plugins.content_model.tombstone import Tombstone
from plugins.publishing.redirects import Redirect

#: The name of the file beside the output folder.
FILE = "answers.json"


class RedirectMap(Struct, frozen=True):
    """The redirects and gone addresses of a build. Each address is a path on the host, including the site's root.

    Attributes:
        redirects: target by alias, each alias with and without a slash at the end.
        gone: file below the host's root by withdrawn address, each address in every form.
        left: ISO date by story id, for stories whose consent has ended: the day on which feeds first said so.
        trainable: addresses of the pages whose text AI may be trained on.
    """

    redirects: Mapping[str, str]
    gone: Mapping[str, str]
    left: Mapping[str, str] = field(default_factory=dict)
    trainable: Sequence[str] = ()

    def to_json(self) -> bytes:
        """Return the map as JSON with sorted keys."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def moved(found: Iterable[Redirect], root: str) -> dict[str, str]:
    """Return the target of each alias, in both forms, as paths on the host.

    Args:
        found: the redirects.
        root: the path prefix of the site.
    """
    return {f"{root}{form}": f"{root}{redirect.target}" for redirect in found for form in forms(redirect.alias)}


def gone(withdrawn: Iterable[Tombstone], root: str) -> dict[str, str]:
    """Return the file of the page at each withdrawn address, in every form of the address, as paths on the host.

    A host answers 410 there, so that search engines drop the address from their index.

    Args:
        withdrawn: the tombstones. Entries that were never public have no addresses.
        root: the path prefix of the site, which is also a folder below the host's root.
    """
    found: dict[str, str] = {}
    for tombstone in withdrawn:
        for page in tombstone.pages:
            addresses = (*forms(f"/{page.file}".removesuffix("index.html")), f"/{page.file}")
            found |= {f"{root}{form}": f"{root}/{page.file}".removeprefix("/") for form in addresses}
        for alias in tombstone.queries:
            page_file = f"{root}/{file(tombstone.address)}".removeprefix("/")
            found |= {f"{root}{form}": page_file for form in forms(alias)}
    return found


def read(data: bytes) -> RedirectMap:
    """Parse the output of ``to_json``.

    Raises:
        ValueError: if the text is not valid JSON.
        KeyError: if a key is missing.
    """
    read = json.loads(data)
    return RedirectMap(read["redirects"], read["gone"], read["left"], read["trainable"])
