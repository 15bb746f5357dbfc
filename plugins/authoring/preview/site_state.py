"""Shown: what the browsers of this machine see, and which of them must be told of what."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from plugins.authoring.preview.messages import Diagnostics, FilesReply, Finished, Planned, ShownProblem

NOT_FOUND_FILE = "404.html"


@dataclass(eq=False)
class Listener:
    """A browser that looks at a page.

    Attributes:
        page: the file of the page; there may be none yet.
        digest: of the page as the browser has it.
        events: names and data of what it is to be told.
    """

    page: str
    digest: str
    events: asyncio.Queue[tuple[str, str]] = field(default_factory=asyncio.Queue)


class SiteState:
    """The files of the last good build, the problems of the last one, and who is looking.

    Args:
        want: asks the process that builds for a file.
    """

    def __init__(self, want: Callable[[str], None]) -> None:
        self._want = want
        self._files: dict[str, bytes] = {}
        self._digests: dict[str, str] = {}
        self._fresh: set[str] = set()
        self._waiting: dict[str, list[asyncio.Future[None]]] = {}
        self._listeners: set[Listener] = set()
        self._problems: tuple[ShownProblem, ...] = ()
        self._marks: dict[str, str] = {}
        self.paths: frozenset[str] = frozenset()
        #: Set once there is something to show: a site, or what keeps it from being built.
        self.ready = asyncio.Event()

    @property
    def views(self) -> tuple[str, ...]:
        """The files that somebody is looking at."""
        return tuple(dict.fromkeys(self._there(listener.page) for listener in self._listeners))

    @property
    def problems(self) -> tuple[ShownProblem, ...]:
        """What stops the build."""
        return self._problems

    def take(self, message: object) -> None:
        """Take in what the process that builds has told."""
        if isinstance(message, Planned):
            self._plan(message)
        elif isinstance(message, FilesReply):
            self._made(message)
        elif isinstance(message, Diagnostics):
            self._problems = message.problems
            self._tell_all("problems", self._problems_data())
            self.ready.set()
        elif isinstance(message, Finished):
            self._fresh.update(path for path in self._files if path.endswith(".html"))

    def give_up_waiting(self) -> None:
        """The process that builds has ended: what was asked of it will not come."""
        self._fresh.clear()
        for waiting in self._waiting.values():
            for future in waiting:
                if not future.done():
                    future.set_result(None)
        self._waiting.clear()

    async def file(self, path: str) -> bytes | None:
        """Return the file as the last good build makes it, or as it was before if it cannot be made now."""
        if path in self.paths and path not in self._fresh:
            future = asyncio.get_running_loop().create_future()
            waiting = self._waiting.setdefault(path, [])
            waiting.append(future)
            if len(waiting) == 1:
                self._want(path)
            await future
        return self._files.get(path)

    def digest(self, page: str) -> str:
        """Return what tells this state of a page from any other."""
        return self._digests.get(self._there(page), "")

    def listen(self, page: str, digest: str) -> Listener:
        """Return a listener for a browser that looks at ``page``, and tell it what it should know already."""
        listener = Listener(page, digest)
        self._listeners.add(listener)
        listener.events.put_nowait(("marks", self._marks_data()))
        listener.events.put_nowait(("problems", self._problems_data()))
        self._tell_of_page(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a browser that has gone."""
        self._listeners.discard(listener)

    def end(self) -> None:
        """Tell all browsers that the preview ends."""
        self._tell_all("end", "")

    def _plan(self, planned: Planned) -> None:
        if not planned.is_whole:
            self._fresh.clear()
            self._marks = dict(planned.marks)
            self.paths |= planned.paths
            # Before the page itself is told: what is drawn on it belongs to it.
            self._tell_all("marks", self._marks_data())
            self.ready.set()
            return
        self.paths = planned.paths
        for path in self._files.keys() - self.paths:
            del self._files[path], self._digests[path]
        for listener in self._listeners:
            if listener.page not in self.paths:
                self._tell_of_page(listener)

    def _made(self, made: FilesReply) -> None:
        path = made.path
        if made.data is not None and self._files.get(path) != made.data:
            is_first = path not in self._files
            self._files[path] = made.data
            self._digests[path] = hashlib.sha256(made.data).hexdigest()[:16]
            for listener in self._listeners:
                if self._there(listener.page) == path:
                    self._tell_of_page(listener)
            if not path.endswith(".html") and not is_first:
                # The file keeps its address, so no page tells that it changed.
                self._tell_all("refresh", "")
        if not made.failed:
            self._fresh.add(path)
        for future in self._waiting.pop(path, ()):
            if not future.done():
                future.set_result(None)

    def _there(self, page: str) -> str:
        return page if page in self.paths else NOT_FOUND_FILE

    def _tell_of_page(self, listener: Listener) -> None:
        digest = self.digest(listener.page)
        if digest and listener.digest != digest:
            listener.digest = digest
            listener.events.put_nowait(("refresh", ""))

    def _tell_all(self, event: str, data: str) -> None:
        for listener in self._listeners:
            listener.events.put_nowait((event, data))

    def _problems_data(self) -> str:
        return json.dumps([asdict(problem) for problem in self._problems])

    def _marks_data(self) -> str:
        return json.dumps(self._marks)
