"""Run the builder of a preview without its server."""

from __future__ import annotations

import hashlib
from typing import Any

from plugins.authoring.preview.builder import Builder
from plugins.authoring.preview.diagnostics import DiagnosticsReporter
from plugins.authoring.preview.messages import Diagnostics, FileRequest, FilesReply, Finished, Planned, Rebuild
from plugins.engine.build import Build, RenderedFiles, files_rendered
from plugins.engine.cache.memory import MemoryCache
from plugins.engine.site import AtomicPelican
from tests.authoring.preview.editing import Scribe
from tests.sites.building import AS_OF, ROOT
from tests.sites.sample_settings import read_as_sample


def site(scribe: Scribe) -> Any:
    """Return the builder of the scribe's site with drafts."""
    override = {
        "AS_OF": AS_OF, "PATH": str(scribe.content), "THEME": str(scribe.theme), "DRAFTS": True,
        "OUTPUT_PATH": str(scribe.content.parent / "output"), "CACHE_PATH": str(scribe.content.parent / "cache"),
    }  # fmt: skip
    read = read_as_sample(str(ROOT / "pelicanconf.py"), override)
    return AtomicPelican(read)


def clean_build(scribe: Scribe) -> dict[str, bytes] | None:
    """Return the files of a build without a cache, or None for an invalid site."""
    try:
        build = site(scribe).plan()
        build.complete()
        if build.problems.errors:
            return None
        files = {output.path: output.make() for output in build.outputs if not output.late}
        digests = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
        files_rendered.send(RenderedFiles(build, files, digests, late=False))
        return files | {output.path: output.make() for output in build.outputs if output.late}
    except Exception:  # noqa: BLE001 - a broken template may raise anything
        return None


class PreviewClient:
    """A preview without a browser: the messages of the builder, and its files.

    Args:
        scribe: the editor of the site.
    """

    def __init__(self, scribe: Scribe) -> None:
        self.reporter = DiagnosticsReporter(scribe.content, ROOT, scribe.theme, ROOT / "pelicanconf.py")
        lasting = site(scribe)
        lasting.cache = MemoryCache()
        self.files: dict[str, bytes] = {}
        self.paths: frozenset[str] = frozenset()
        self.is_whole = self.is_finished = False
        self.problems: tuple[object, ...] = ()
        self.problems_with_page: dict[str, tuple[object, ...]] = {}
        self.builder = Builder(lasting.plan, self.diagnose, lasting.cache, self.receive)

    def diagnose(self, found: Build | Exception) -> Diagnostics:
        """Return the diagnostics of a build or of an exception."""
        return self.reporter.exception(found) if isinstance(found, Exception) else self.reporter.build(found.problems)

    def receive(self, message: object) -> None:
        """Handle a message of the builder as the server does."""
        if isinstance(message, Planned):
            self.paths = message.paths | (frozenset() if message.is_whole else self.paths)
            self.is_whole, self.is_finished = message.is_whole, False
        elif isinstance(message, Finished):
            self.is_finished = True
        elif isinstance(message, Diagnostics):
            self.problems = message.problems
        elif isinstance(message, FilesReply) and message.data is not None:
            self.files[message.path] = message.data
            self.problems_with_page[message.path] = self.problems

    def shown(self) -> dict[str, bytes]:
        """Return every file of the site, as a browser would get it."""
        while self.builder.go_on():
            pass
        for path in self.paths:
            self.builder.take(FileRequest(path))
        return {path: self.files[path] for path in self.paths}

    def save(self, *views: str, patience: int = 10_000) -> None:
        """Build after a save; ``patience`` is the part of the remaining pages to render before the next change."""
        self.builder.take(Rebuild(views))
        while patience and self.builder.go_on():
            patience -= 1
