"""Builder: builds again and again, what somebody looks at first, and tells what came of it.

A build with a mistake leaves the last good one as it was: its files can still be asked for. A new build waits for no
earlier one; what that had not made yet is made from the new one.
"""

from __future__ import annotations

import gc
import hashlib
import time
from collections.abc import Callable, Iterator

from plugins.authoring.preview.memory_cache import Memory
from plugins.authoring.preview.messages import Diagnostics, FileRequest, FilesReply, Finished, Planned, Rebuild
from plugins.engine.build import Build, RenderedFiles, files_rendered
from plugins.engine.outputs import Output


class Builder:
    """Builds one site for as long as its process lives.

    Args:
        plan: returns a build whose outputs are planned; shows it before each of its stages to what it is given.
        judge: tells what stops a build, or what an exception while building means.
        memory: what the builds remember of each other.
        tell: hands a message to the server.
        keep: is given each finished build, where a folder is to hold its files.
    """

    def __init__(
        self,
        plan: Callable[[Callable[[Build], None]], Build],
        judge: Callable[[Build | Exception], Diagnostics],
        memory: Memory,
        tell: Callable[[object], None],
        keep: Callable[[Build], None] | None = None,
    ) -> None:
        self._plan = plan
        self._judge = judge
        self._memory = memory
        self._tell = tell
        self._keep = keep
        self._build: Build | None = None
        self._is_whole = self._is_proved = False
        self._outputs: dict[str, Output] = {}
        self._sent: dict[str, bytes] = {}
        self._asked: set[str] = set()
        self._left: Iterator[None] = iter(())
        self._settled = self._has_told = False

    def take(self, message: object) -> None:
        """Do what ``message`` asks."""
        if isinstance(message, Rebuild):
            self._rebuild(message.views)
        elif isinstance(message, FileRequest):
            self._asked.add(message.path)
            self._send(message.path)

    def go_on(self) -> bool:
        """Do the next piece of what is left to do in the background; return False when nothing is left."""
        return next(self._left, self) is not self

    def _rebuild(self, views: tuple[str, ...]) -> None:
        started = time.monotonic()
        # Everything a build makes stays until the next one: collecting in its midst only costs time.
        gc.disable()
        try:
            self._has_told = False
            build = self._plan(self._look)
            judged = self._judge(build)
            outputs = {output.path: output for output in build.outputs}
            first = [] if judged.problems else [path for path in views if path in outputs and not outputs[path].late]
            made = {path: outputs[path].make() for path in first}
        except Exception as error:  # noqa: BLE001 - whatever a template or a plugin raises is the author's to see
            self._tell(self._judge(error))
            return
        finally:
            gc.enable()
        if judged.problems:
            self._tell(judged)
            return
        self._outputs = outputs
        self._build, self._is_whole, self._is_proved = build, False, False
        self._tell(Planned(frozenset(outputs), _marks(build), is_whole=False))
        # Before the pages: a browser that comes as soon as one is there is not told of what was wrong before.
        self._tell(judged)
        changed = sum(self._made(path, data) for path, data in made.items())
        self._left = self._rest(build, set(made), changed, started)

    def _look(self, build: Build) -> None:
        """Tell of the first errors as soon as they are known; the others follow when the build has been through."""
        if build.problems.errors and not self._has_told:
            self._has_told = True
            self._tell(self._judge(build))

    def _complete(self) -> bool:
        """Plan the files that no page shows, if that is still to be done; return False when something is wrong."""
        build = self._build
        if build is None or self._is_whole:
            return True
        self._is_whole = True
        try:
            build.complete()
        except Exception as error:  # noqa: BLE001 - as above
            self._tell(self._judge(error))
            return False
        self._outputs = {output.path: output for output in build.outputs}
        self._tell(Planned(frozenset(self._outputs), _marks(build)))
        judged = self._judge(build)
        if judged.problems or judged.report:
            self._tell(judged)
        return not judged.problems

    def _rest(self, build: Build, done: set[str], changed: int, started: float) -> Iterator[None]:
        """Make the other pages, and the other files that a browser has asked for, one at a step."""
        failed = not self._complete()
        yield
        for path in self._outputs:
            if path not in done and (path in self._asked or (path.endswith(".html") and not self._outputs[path].late)):
                try:
                    changed += self._made(path, self._make(path))
                except Exception as error:  # noqa: BLE001 - as above
                    if not failed:
                        self._tell(self._judge(error))
                    failed = True
                yield
        if failed:
            return
        for path in self._sent.keys() - self._outputs.keys():
            del self._sent[path]
        if not self._put(build):
            return
        self._memory.forget()
        self._tell(Finished(changed, time.monotonic() - started))
        yield
        gc.collect()
        if not self._settled:
            # What is remembered now will be for long: later collections pass it over. Once only, because what is
            # frozen is never collected, and each build that follows leaves something behind.
            self._settled = True
            gc.freeze()

    def _put(self, build: Build) -> bool:
        """Hand on a build whose files a folder is to hold; return False when something is wrong with them."""
        try:
            if self._keep is not None:
                self._keep(build)
        except SystemExit:
            # What breaks a promise to readers is found in the files themselves.
            self._tell(self._judge(build))
            return False
        except Exception as error:  # noqa: BLE001 - a folder that cannot be written is no end of the preview
            self._tell(self._judge(error))
        return True

    def _send(self, path: str) -> None:
        """Make one file because somebody waits for it."""
        if path not in self._outputs:
            self._complete()
        if path not in self._outputs:
            self._tell(FilesReply(path, None, failed=True))
            return
        try:
            data = self._make(path)
        except Exception as error:  # noqa: BLE001 - as above
            self._tell(self._judge(error))
            self._tell(FilesReply(path, None, failed=True))
        else:
            self._made(path, data)

    def _make(self, path: str) -> bytes:
        output = self._outputs[path]
        if output.late:
            self._prove()
        return output.make()

    def _prove(self) -> None:
        """Make every file and have it read, as is done before files are put in place: late ones tell of it."""
        self._complete()
        build = self._build
        if build is None or self._is_proved:
            return
        self._is_proved = True
        files = {path: output.make() for path, output in self._outputs.items() if not output.late}
        digests = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
        files_rendered.send(RenderedFiles(build, files, digests, late=False))
        judged = self._judge(build)
        if judged.problems:
            self._tell(judged)

    def _made(self, path: str, data: bytes) -> bool:
        """Send a file, and tell whether it differs from the last that was sent."""
        digest = hashlib.sha256(data).digest()
        is_new = self._sent.get(path) != digest
        self._sent[path] = digest
        self._tell(FilesReply(path, data if is_new else None))
        return is_new


def _marks(build: Build) -> dict[str, str]:
    marked = ((entry.permalink, build.viewer.pending_label(entry)) for entry in build.library.live)
    return {build.site.href(permalink): mark for permalink, mark in marked if mark}
