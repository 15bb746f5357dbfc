"""Register the documents plugin with the build."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from plugins.base.files import FileChangedError, read_file, to_nfc
from plugins.base.problem import Position, Problem, Severity
from plugins.documents.lookup import FOLDER, Documents
from plugins.documents.pdf_author import author_of
from plugins.documents.settings import DocumentSettings
from plugins.engine.build import Build, bodies_ready, library_loaded
from plugins.engine.outputs import Owner
from plugins.views.document import Document


def set_lookup(build: Build) -> None:
    """Set ``build.media.document``, so that texts can link to documents."""
    limit = DocumentSettings.from_pelican(build.settings).limit
    documents = Documents(build.content, build.files.paths, dict(build.site.documents), limit)
    build.media.document = documents.find


def plan(build: Build) -> None:
    """Plan each document that a live text links to."""
    linked = {address for address in build.files_in_texts if address.startswith(FOLDER)}
    if not linked:
        return
    extensions = tuple(dict(build.site.documents))
    found = (build.media.document(to_nfc(path)) for path in build.files.paths if path.lower().endswith(extensions))
    # Files with the same name and content have the same address.
    documents = {each.href: each for each in found if isinstance(each, Document)}
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


def register() -> None:
    """Connect to the stages of the build."""
    library_loaded.connect(set_lookup)
    bodies_ready.connect(plan)
