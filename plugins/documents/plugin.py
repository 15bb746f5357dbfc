"""Register the documents with the build."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import partial
from html import unescape
from pathlib import Path

from plugins.base.files import FileChangedError, read_file, to_nfc
from plugins.base.problem import Position, Problem, Severity
from plugins.documents.lookup import Documents
from plugins.documents.pdf_author import author_of
from plugins.documents.settings import DocumentSettings
from plugins.engine.build import Build, bodies_ready, library_loaded
from plugins.engine.outputs import Owner
from plugins.views.body import Body
from plugins.views.document import Document

_HREF = re.compile(r'<a href="([^"]*/documents/[^"]+)"')


def offer(build: Build) -> None:
    """Let texts link to documents."""
    limit = DocumentSettings.from_pelican(build.settings).limit
    documents = Documents(build.content, build.files.paths, dict(build.site.documents), limit)
    build.media.document = documents.find


def plan(build: Build) -> None:
    """Plan each document that a live text links to: those of drafts stay at home."""
    bodies = (
        build.texts.bodies[entry.source.path] for entry in build.library.live if entry.source.path in build.texts.bodies
    )
    linked = {
        href
        for body in bodies
        for href in build.cache.get_or_compute("documents", body.lazy_html, partial(_inside, body))
    }
    if not linked:
        return
    ends = tuple(dict(build.site.documents))
    found = (build.media.document(to_nfc(path)) for path in build.files.paths if path.lower().endswith(ends))
    # Two files of the same bytes and name are one document.
    documents = {build.site.href(one.href): one for one in found if isinstance(one, Document)}
    for href, document in documents.items():
        if href in linked:
            read = partial(_read, build.content / document.path, document)
            build.outputs.add(document.href.lstrip("/"), Owner(document.path), read)
            build.problems.extend(_author(document, read(), build.site.name))


def _read(file: Path, document: Document) -> bytes:
    try:
        data = read_file(file)
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise FileChangedError(f"{document.path} changed while the site was being built; build it again")
    return data


def _author(document: Document, data: bytes, site: str) -> Iterator[Problem]:
    author = author_of(data) if document.href.endswith(".pdf") else ""
    if author and author != site:
        yield Problem(
            document.path,
            Position(),
            "document-names-author",
            f"the properties of `{document.path}` name “{author}” as its author, and every reader can see that",
            f"unless readers may know, write “{site}” there in the program that made it, and export it again",
            Severity.WARNING,
        )


def _inside(body: Body) -> tuple[str, ...]:
    """The addresses of documents that a body links to."""
    return tuple(unescape(href) for href in _HREF.findall(body.html))


def register() -> None:
    """Connect to the stages of the build."""
    library_loaded.connect(offer)
    bodies_ready.connect(plan)
