"""Build the site on request, render the pages in view first, and send the results to the server.

A build with an error keeps the files of the last good one. A new build does not wait for an earlier one: files that
were not rendered yet are rendered from the new build.
"""

from __future__ import annotations

import gc
import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext

from plugins.authoring.preview.messages import (
    Diagnostics,
    DraftReport,
    FileRequest,
    FilesReply,
    Finished,
    Planned,
    Rebuild,
)
from plugins.base.problem import Problem
from plugins.engine.build import Build, RenderedFiles, files_rendered
from plugins.engine.cache.memory import MemoryCache
from plugins.engine.outputs import Output

#: Returns further problems in drafts, and the text of each draft after the safe fixes.
FindingsOf = Callable[[Build], tuple[Iterable[Problem], Mapping[str, str]]]
#: Begins to check drafts, by path, while the site is built with them.
DraftChecker = Callable[[Mapping[str, bytes]], AbstractContextManager[FindingsOf]]


def _check_nothing(_: Mapping[str, bytes]) -> AbstractContextManager[FindingsOf]:
    return nullcontext(lambda _: ((), {}))


class Builder:
    """Builds one site for as long as its process lives.

    Args:
        plan: returns a build whose outputs are planned; calls its argument with the build before each stage.
        diagnose: returns the diagnostics of a build or of an exception.
        cache: shared by all builds.
        emit: sends a message to the server.
        write: writes the files of a finished build to a folder; None for no folder.
        overlay: called before each build with the drafts that replace files of the content folder.
        checking_drafts: checks such drafts further.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - the functions that build a site and use the result
        self,
        plan: Callable[[Callable[[Build], None]], Build],
        diagnose: Callable[[Build | Exception], Diagnostics],
        cache: MemoryCache,
        emit: Callable[[object], None],
        write: Callable[[Build], object] | None = None,
        overlay: Callable[[Mapping[str, bytes]], None] = lambda _: None,
        checking_drafts: DraftChecker = _check_nothing,
    ) -> None:
        self._plan = plan
        self._diagnose = diagnose
        self._cache = cache
        self._emit = emit
        self._write = write
        self._overlay = overlay
        self._checking_drafts = checking_drafts
        self._build: Build | None = None
        self._is_proved = self._has_failed = False
        self._completion: Iterator[None] = iter(())
        self._outputs: dict[str, Output] = {}
        self._sent: dict[str, bytes] = {}
        self._requested: set[str] = set()
        self._left: Iterator[None] = iter(())
        self._settled = self._has_reported = False

    def take(self, message: object) -> None:
        """Handle ``message``."""
        if isinstance(message, Rebuild):
            self._rebuild(message)
        elif isinstance(message, FileRequest):
            self._requested.add(message.path)
            self._send(message.path)

    def go_on(self) -> bool:
        """Do the next step of the background work; return False when nothing is left."""
        return next(self._left, self) is not self

    def _rebuild(self, request: Rebuild) -> None:
        started = time.monotonic()
        try:
            self._has_reported = False
            self._overlay(request.drafts)
            check = self._checking_drafts if request.drafts else _check_nothing
            with check(request.drafts) as findings_of:
                build = self._plan(self._report_first_errors)
                self._report_findings(build, request, findings_of)
            diagnostics = self._diagnose(build)
            outputs = {output.path: output for output in build.outputs}
            views = request.views
            first = (
                [] if diagnostics.problems else [path for path in views if path in outputs and not outputs[path].late]
            )
            made = {path: outputs[path].make() for path in first}
        except Exception as error:  # noqa: BLE001 - whatever a template or a plugin raises is shown to the author
            self._emit(DraftReport(request.number, failed=str(error)))
            self._emit(self._diagnose(error))
            return
        if diagnostics.problems:
            self._emit(diagnostics)
            _release(build)
            return
        before, self._build = self._build, build
        self._outputs, self._is_proved, self._has_failed = outputs, False, False
        self._completion = self._complete(build)
        self._emit(Planned(frozenset(outputs), _marks(build), is_whole=False))
        # Sent before the pages, so that no browser shows the earlier problems over a new page.
        self._emit(diagnostics)
        changed = sum(self._made(path, data) for path, data in made.items())
        self._left = self._rest(build, set(made), changed, started)
        if before is not None:
            _release(before)

    def _report_findings(self, build: Build, request: Rebuild, findings_of: FindingsOf) -> None:
        """Report the problems in the drafts of ``request``."""
        more, fixed = findings_of(build)
        found = {problem: None for problem in (*build.problems, *more) if problem.path in request.drafts}
        problems = tuple(sorted(found, key=lambda problem: problem.sort_key))
        self._emit(DraftReport(request.number, problems, fixed))

    def _report_first_errors(self, build: Build) -> None:
        """Report the first errors as soon as they are known; the rest follows at the end of the build."""
        if build.problems.errors and not self._has_reported:
            self._has_reported = True
            self._emit(self._diagnose(build))

    def _complete(self, build: Build) -> Iterator[None]:
        """Plan the files that no page shows, one deferred plan at each step."""
        try:
            yield from build.completion()
        except Exception as error:  # noqa: BLE001 - as above
            self._has_failed = True
            self._emit(self._diagnose(error))
            return
        self._outputs = {output.path: output for output in build.outputs}
        self._emit(Planned(frozenset(self._outputs), _marks(build)))
        diagnostics = self._diagnose(build)
        self._has_failed = bool(diagnostics.problems)
        if diagnostics.problems or diagnostics.report:
            self._emit(diagnostics)

    def _complete_now(self) -> None:
        """Take all steps of ``_complete`` that are left."""
        for _ in self._completion:
            pass

    def _rest(self, build: Build, done: set[str], changed: int, started: float) -> Iterator[None]:
        """Plan the other files, then render the other pages and the requested files, one step at a time."""
        yield from self._completion
        yield
        for path in self._outputs:
            if path not in done and (
                path in self._requested or (path.endswith(".html") and not self._outputs[path].late)
            ):
                try:
                    changed += self._made(path, self._make(path))
                except Exception as error:  # noqa: BLE001 - as above
                    if not self._has_failed:
                        self._emit(self._diagnose(error))
                    self._has_failed = True
                yield
        if self._has_failed:
            return
        for path in self._sent.keys() - self._outputs.keys():
            del self._sent[path]
        if not self._put(build):
            return
        self._cache.forget()
        self._emit(Finished(changed, time.monotonic() - started))
        yield
        gc.collect()
        if not self._settled:
            # The cache lives long, so later collections skip it. Only once, because frozen objects are never
            # collected, and each later build leaves some behind.
            self._settled = True
            gc.freeze()

    def _put(self, build: Build) -> bool:
        """Write the files of a build if there is a folder for them; return False if one of them has an error."""
        try:
            if self._write is not None:
                self._write(build)
        except SystemExit:
            # An error in the rendered files, such as a broken promise of privacy.
            self._emit(self._diagnose(build))
            return False
        except Exception as error:  # noqa: BLE001 - a folder that cannot be written does not end the preview
            self._emit(self._diagnose(error))
        return True

    def _send(self, path: str) -> None:
        """Render one file that a browser waits for."""
        if path not in self._outputs:
            self._complete_now()
        if path not in self._outputs:
            self._emit(FilesReply(path, None, failed=True))
            return
        try:
            data = self._make(path)
        except Exception as error:  # noqa: BLE001 - as above
            self._emit(self._diagnose(error))
            self._emit(FilesReply(path, None, failed=True))
        else:
            self._made(path, data)

    def _make(self, path: str) -> bytes:
        output = self._outputs[path]
        if output.late:
            self._prove()
        return output.make()

    def _prove(self) -> None:
        """Render every file and send ``files_rendered``, as a build does, because late files describe the result."""
        self._complete_now()
        build = self._build
        if build is None or self._is_proved:
            return
        self._is_proved = True
        files = {path: output.make() for path, output in self._outputs.items() if not output.late}
        digests = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
        files_rendered.send(RenderedFiles(build, files, digests, late=False))
        diagnostics = self._diagnose(build)
        if diagnostics.problems:
            self._emit(diagnostics)

    def _made(self, path: str, data: bytes) -> bool:
        """Send a file, and return whether it differs from the one that was sent last."""
        digest = hashlib.sha256(data).digest()
        is_new = self._sent.get(path) != digest
        self._sent[path] = digest
        self._emit(FilesReply(path, data if is_new else None))
        return is_new


def _release(build: Build) -> None:
    """Free what ``build`` holds. Its parts refer to it, so only a slow garbage collection would find them."""
    vars(build).clear()


def _marks(build: Build) -> dict[str, str]:
    marked = ((entry.permalink, build.viewer.pending_label(entry)) for entry in build.library.live)
    return {build.site.href(permalink): mark for permalink, mark in marked if mark}
