"""Hold the files and problems that browsers see, and notify the browsers of changes."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable

from msgspec import Struct, field
from msgspec.structs import asdict

from plugins.authoring.preview.messages import Diagnostics, FilesReply, Finished, Planned, ShownProblem

NOT_FOUND_FILE = "404.html"


class Listener(Struct, eq=False):
    """A browser that shows a page.

    Attributes:
        page: the file of the page; there may be none yet.
        digest: of the version that the browser has.
        events: names and data of the events to send.
    """

    page: str
    digest: str
    events: asyncio.Queue[tuple[str, str]] = field(default_factory=asyncio.Queue)


class SiteState:
    """The files of the last good build, the problems of the last build, and the connected browsers.

    Args:
        request: requests a file from the worker.
    """

    def __init__(self, request: Callable[[str], None]) -> None:
        self._request = request
        self._files: dict[str, bytes] = {}
        self._digests: dict[str, str] = {}
        self._fresh: set[str] = set()
        self._waiting: dict[str, list[asyncio.Future[None]]] = {}
        self._listeners: set[Listener] = set()
        self._problems: tuple[ShownProblem, ...] = ()
        self._marks: dict[str, str] = {}
        self.paths: frozenset[str] = frozenset()
        self._has_whole_plan = False
        #: Set once there is something to show: a site, or the problems that stop it.
        self.ready = asyncio.Event()

    @property
    def views(self) -> tuple[str, ...]:
        """The files of the pages that browsers show."""
        return tuple(dict.fromkeys(self._page_or_404(listener.page) for listener in self._listeners))

    @property
    def problems(self) -> tuple[ShownProblem, ...]:
        """The errors of the last build."""
        return self._problems

    def take(self, message: object) -> None:
        """Handle a message of the worker."""
        if isinstance(message, Planned):
            self._plan(message)
        elif isinstance(message, FilesReply):
            self._made(message)
        elif isinstance(message, Diagnostics):
            self._problems = message.problems
            self._broadcast("problems", self._problems_data())
            self.ready.set()
        elif isinstance(message, Finished):
            self._fresh.update(path for path in self._files if path.endswith(".html"))

    def give_up_waiting(self) -> None:
        """End all waits, because the worker has ended and will send no file."""
        self._fresh.clear()
        for waiting in self._waiting.values():
            for future in waiting:
                if not future.done():
                    future.set_result(None)
        self._waiting.clear()

    async def file(self, path: str) -> bytes | None:
        """Return the file of the last good build, or its earlier version if it cannot be rendered now."""
        # Until the first whole plan, only the worker knows which files there are, such as feeds.
        if (path in self.paths or not self._has_whole_plan) and path not in self._fresh:
            future = asyncio.get_running_loop().create_future()
            waiting = self._waiting.setdefault(path, [])
            waiting.append(future)
            if len(waiting) == 1:
                self._request(path)
            await future
        return self._files.get(path)

    def digest(self, page: str) -> str:
        """Return what identifies this version of a page."""
        return self._digests.get(self._page_or_404(page), "")

    def listen(self, page: str, digest: str) -> Listener:
        """Return a listener for a browser that shows ``page``, with the events that it needs at once."""
        listener = Listener(page, digest)
        self._listeners.add(listener)
        listener.events.put_nowait(("marks", self._marks_data()))
        listener.events.put_nowait(("problems", self._problems_data()))
        # Below problems, a page that was never made has nothing newer to show, and would be loaded again without end.
        if page in self.paths or not self._problems:
            self._send_refresh(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Remove a browser that has disconnected."""
        self._listeners.discard(listener)

    def end(self) -> None:
        """Notify all browsers that the preview ends."""
        self._broadcast("end", "")

    def _plan(self, planned: Planned) -> None:
        if not planned.is_whole:
            self._fresh.clear()
            self._marks = dict(planned.marks)
            self.paths |= planned.paths
            # Sent before the page, which shows the marks.
            self._broadcast("marks", self._marks_data())
            self.ready.set()
            return
        self.paths, self._has_whole_plan = planned.paths, True
        for path in self._files.keys() - self.paths:
            del self._files[path], self._digests[path]
        for listener in self._listeners:
            if listener.page not in self.paths:
                self._send_refresh(listener)

    def _made(self, made: FilesReply) -> None:
        path = made.path
        if made.data is not None and self._files.get(path) != made.data:
            is_first = path not in self._files
            self._files[path] = made.data
            self._digests[path] = hashlib.sha256(made.data).hexdigest()[:16]
            for listener in self._listeners:
                if self._page_or_404(listener.page) == path:
                    self._send_refresh(listener)
            if not path.endswith(".html") and not is_first:
                # The file keeps its address, so no page changes with it.
                self._broadcast("refresh", "")
        if not made.failed:
            self._fresh.add(path)
        for future in self._waiting.pop(path, ()):
            if not future.done():
                future.set_result(None)

    def _page_or_404(self, page: str) -> str:
        return page if page in self.paths else NOT_FOUND_FILE

    def _send_refresh(self, listener: Listener) -> None:
        digest = self.digest(listener.page)
        if digest and listener.digest != digest:
            listener.digest = digest
            listener.events.put_nowait(("refresh", ""))

    def _broadcast(self, event: str, data: str) -> None:
        for listener in self._listeners:
            listener.events.put_nowait((event, data))

    def _problems_data(self) -> str:
        return json.dumps([asdict(problem) for problem in self._problems])

    def _marks_data(self) -> str:
        return json.dumps(self._marks)
