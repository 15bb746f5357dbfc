"""Define the response rules of a release: headers, caching, redirects and gone addresses.

The other modules of this package write these rules in the syntax of each host.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from plugins.base.fingerprint import FILE_HASH_LENGTH
from plugins.content_model.permalink import split_query
from plugins.engine.security_policy import SITE_POLICY

#: The suffixes of files that are worth compressing.
TEXTS = (".html", ".css", ".js", ".xml", ".json", ".txt", ".webmanifest", ".svg", ".ico")

#: Matches a file whose name holds a hash of its content, relative to the root of the site. Every host that supports
#: regular expressions understands this pattern.
FINGERPRINTED = (
    rf"(?:images|social|theme|search|documents)/(?:[^/]*-)?[0-9a-f]{{{FILE_HASH_LENGTH}}}(?:-[0-9]+)?\.[a-z0-9]+"
)
#: The same as globs, for hosts without regular expressions. `search/` also holds a page.
FINGERPRINTED_PLACES = ("documents/*", "images/*", "search/*.js", "social/*", "theme/*")
#: One year, the maximum that RFC 2616 recommends.
FOREVER = "public, max-age=31536000, immutable"
#: Five minutes, so that caches drop withdrawn and corrected text soon. Then they revalidate by ETag.
BRIEF = "public, max-age=300, must-revalidate"
#: An address that is gone or missing may exist in the next release.
NEVER = "no-cache"

#: Matches paths below the document root that hosts must not serve: files for the host itself, and compressed forms by
#: their own names.
HIDDEN = r"_hosts(?:/.*)?|_headers|_redirects|(?:.*/)?\.(?:htaccess|build-manifest\.json)|.*\.(?:br|gz)"

#: What is asked of programs that train AI (draft-ietf-aipref-vocab-08), and what is allowed where somebody agreed.
NO_TRAINING, TRAINING = "train-ai=n", "train-ai=y"

#: The headers of every response, as Mozilla's HTTP Observatory recommends.
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": SITE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Feed readers on the web load images and feeds from other origins.
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Usage": NO_TRAINING,
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class ResponseRules(Struct, frozen=True):
    """The response rules of a release.

    Addresses and paths are plain text without percent-encoding. The folder of a release is the document root of its
    host, so a site below a path has its files in a folder of that path.

    Attributes:
        root: the path of the site on its host, such as "/community", or "" for a site at the root.
        redirects: target by alias, as paths on the host in both forms. An alias may have a query. The status is 301.
        gone: file of the tombstone page in the release, by withdrawn address in every form, some with a query. The
            status is 410.
        trainable: addresses of the pages whose text AI may be trained on, each as a path with a slash at its end.
    """

    root: str
    redirects: Mapping[str, str]
    gone: Mapping[str, str]
    trainable: Collection[str] = ()

    @property
    def trainable_paths(self) -> list[str]:
        """The addresses in ``trainable`` and those of their files, sorted."""
        return sorted(form for address in self.trainable for form in (address, f"{address}index.html"))

    @property
    def missing(self) -> str:
        """The file of the release for addresses that do not exist. The status is 404."""
        return f"{self.root.removeprefix('/')}/404.html".removeprefix("/")


def by_parameter(table: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the parts of ``table`` by the name of the parameter in the query of an address; first "", for no query.

    Other parameters of a request do not matter.
    """
    found: dict[str, dict[str, str]] = {"": {}}
    for address, value in sorted(table.items()):
        name = split_query(address)[1].removeprefix("?").partition("=")[0]
        found.setdefault(name, {})[address] = value
    return dict(sorted(found.items()))


def chained_by_parameter(variable: str, table: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str], str, str]]:
    """Yield a map of a host's configuration for each part of ``by_parameter``; the last one sets ``variable``.

    Each is the name of the parameter, the values by address, the variable to set, and the variable of the map before,
    which is the default, or "".
    """
    tables, before = by_parameter(table), ""
    for name, values in tables.items():
        after = variable if name == list(tables)[-1] else f"{variable}_before_{name}"
        yield name, values, after, before
        before = after


def caching(path: str, root: str = "") -> str:
    """Return the Cache-Control of the file ``path`` of a release whose site has the path prefix ``root``."""
    place = f"{root.removeprefix('/')}/".removeprefix("/")
    return FOREVER if re.fullmatch(re.escape(place) + FINGERPRINTED, path) else BRIEF
