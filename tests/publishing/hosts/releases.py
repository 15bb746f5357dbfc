"""Make small releases with every case that hosts must distinguish."""

from __future__ import annotations

import gzip
import os
import time
from pathlib import Path

import brotli
from msgspec import Struct

from plugins.publishing.hosts.files import files
from plugins.publishing.hosts.response_rules import TEXTS, ResponseRules

#: A file with a hash in its name.
PICTURE = "images/18df33e470-1200.webp"
SCRIPT = "theme/search-box-1aab4520fb.js"
#: Characters that are special in the configuration of a host, for files, aliases and withdrawn addresses.
AWKWARD = 'it\'s "50%" & {$HOME} $x é `b` #1; [a]+(b)|~^!\\'


class Small(Struct, frozen=True):
    """A small release.

    Attributes:
        response_rules: the response rules.
        bodies: the files that readers see, by path.
    """

    response_rules: ResponseRules
    bodies: dict[str, bytes]

    def body(self, path: str) -> bytes:
        """Return the file ``path`` below the root of the site."""
        return self.bodies[f"{self.response_rules.root}/{path}".removeprefix("/")]


def small(root: str = "", words: str = "") -> Small:
    """Return a release of a site at ``root`` whose pages contain ``words``."""
    pages = {
        path: f"<!doctype html><title>{path}</title><p>{words}{'A page of some length. ' * 20}</p>".encode()
        for path in (
            "404.html", "index.html", "help/index.html", "search/index.html", "articles/index.html",
            "articles/Capital/index.html", "articles/capital/index.html", f"articles/{AWKWARD}/index.html",
            "stories/gone/index.html", "old/Gone.html",
        )
    }  # fmt: skip
    others = {
        "old/Page.html": b"<!doctype html><title>moved</title>" + b"<p>moved " * 50,
        "blog/a/index.html": b"<!doctype html><title>moved</title>" + b"<p>moved " * 50,
        PICTURE: bytes(range(256)) * 8,
        SCRIPT: b"// a script\n" * 40,
        "search/index-661d1f536e.js": b"export default {}\n" * 40,
        "feeds/all.atom.xml": b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'/>" + b" " * 200,
        "feeds/all.json": b'{"items": []}' + b" " * 200,
        "feeds/icon.png": b"\x89PNG" + bytes(400),
        "favicon.ico": bytes(500),
        "robots.txt": b"User-agent: *\nAllow: /\n" * 10,
        ".well-known/security.txt": b"Contact: https://example.org/\n" * 10,
        "site.webmanifest": b'{"name": "x"}' + b" " * 200,
        ".build-manifest.json": b"{}",
    }
    below = root.removeprefix("/")
    bodies = {f"{below}/{path}".removeprefix("/"): body for path, body in {**pages, **others}.items()}

    def at(*addresses: str) -> list[str]:
        return [f"{root}{address}" for address in addresses]

    response_rules = ResponseRules(
        root=root,
        redirects={
            **dict.fromkeys(at("/blog/a/", "/blog/a", "/old/Page.html", "/Help/", "/Help"), f"{root}/help/"),
            **dict.fromkeys(at("/?p=12", "/Blog?p=12", "/Blog/?p=12"), f"{root}/help/"),
            **dict.fromkeys(at("/?p=13", "/?page_id=12"), f"{root}/articles/"),
            **dict.fromkeys(at(f"/moved {AWKWARD}", f"/moved {AWKWARD}/"), f"{root}/articles/{AWKWARD}/"),
        },
        gone={
            **dict.fromkeys(
                at("/stories/gone", "/stories/gone/", "/stories/gone/index.html", f"/{AWKWARD}", f"/{AWKWARD}/"),
                f"{below}/stories/gone/index.html".removeprefix("/"),
            ),
            **dict.fromkeys(at("/?p=14"), f"{below}/stories/gone/index.html".removeprefix("/")),
            **dict.fromkeys(at("/old/Gone.html"), f"{below}/old/Gone.html".removeprefix("/")),
        },
    )
    return Small(response_rules, bodies)


def write(release: Small, folder: Path) -> None:
    """Write ``release`` to ``folder``, with compressed forms and host rules."""
    for path, body in {**release.bodies, **files(release.response_rules)}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
        if path in release.bodies and path.endswith(TEXTS):
            Path(f"{file}.gz").write_bytes(gzip.compress(body, mtime=0))
            Path(f"{file}.br").write_bytes(brotli.compress(body))
    # Apache does not send an ETag for a file that was written within the last second.
    minute_ago = time.time() - 60
    for file in folder.rglob("*"):
        os.utime(file, (minute_ago, minute_ago))
