"""Answers: what a host answers at each address. The one source of the rules of every kind of host.

Caching, headers, redirects and what is gone stand here; the modules beside this one only translate.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from plugins.engine.security_policy import SITE_POLICY

#: The ends of files that get smaller when they are packed.
TEXTS = (".html", ".css", ".js", ".xml", ".json", ".txt", ".webmanifest", ".svg", ".ico")

#: A file whose name holds a hash of its content, below the root of the site: it never changes. Every kind of host that
#: knows regular expressions understands it.
FINGERPRINTED = r"(?:images|social|theme|search|documents)/(?:[^/]*-)?[0-9a-f]{10}(?:-[0-9]+)?\.[a-z0-9]+"
#: The same for hosts that know no regular expressions: `*` stands for anything. `search/` holds a page, too.
FINGERPRINTED_PLACES = ("documents/*", "images/*", "search/*.js", "social/*", "theme/*")
#: A year, the longest that RFC 9111's predecessor allowed and caches keep.
FOREVER = "public, max-age=31536000, immutable"
#: Five minutes: what is withdrawn or corrected must not stand in caches for long. After that, an ETag is asked for.
BRIEF = "public, max-age=300, must-revalidate"
#: What is gone, or not there, may come back with the next release.
NEVER = "no-cache"

#: Paths, below the document root, that no host shows: what is for hosts alone, and the packed form of a file by its
#: own name.
HIDDEN = r"_hosts(?:/.*)?|_headers|_redirects|(?:.*/)?\.(?:htaccess|build-manifest\.json)|.*\.(?:br|gz)"

#: The headers of every answer. Mozilla's HTTP Observatory asks for them.
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": SITE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Readers of feeds on the web show our pictures, so pictures and feeds may be asked for by others.
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a host answers for a release.

    Addresses and paths are plain text, without percent-encoding; each module spells them as its host wants them. The
    folder of a release is the document root of its host: a site below a path has its files in a folder of that path.

    Attributes:
        root: the path of the site on its host, such as "/community"; "" for a host of its own.
        redirects: old addresses, as paths of the host in both forms, and where they lead; status 301.
        gone: withdrawn addresses, as paths of the host in every form, and the page that stands there, as a file of the
            release; status 410.
    """

    root: str
    redirects: Mapping[str, str]
    gone: Mapping[str, str]

    @property
    def missing(self) -> str:
        """The page for wrong addresses, as a file of the release; status 404."""
        return f"{self.root.removeprefix('/')}/404.html".removeprefix("/")


def caching(path: str, root: str = "") -> str:
    """Return the Cache-Control of the file ``path`` of a release whose site lies at ``root``."""
    place = f"{root.removeprefix('/')}/".removeprefix("/")
    return FOREVER if re.fullmatch(re.escape(place) + FINGERPRINTED, path) else BRIEF
