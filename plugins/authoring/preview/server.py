"""Serve the live preview, from the first build to Ctrl-C.

There are two processes. This one watches files and answers browsers, and never waits for a build. The worker
(``__main__.py``) builds and keeps a cache. A change of settings or plugins starts a new worker.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import pickle
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

import uvicorn
from msgspec.structs import asdict
from starlette.types import ASGIApp

from plugins.authoring.preview.app import LOCAL, app
from plugins.authoring.preview.deadline import DeadlineProtocol
from plugins.authoring.preview.messages import (
    LENGTH,
    Diagnostics,
    DraftReport,
    FileRequest,
    Finished,
    Rebuild,
    ServeOptions,
    packed,
)
from plugins.authoring.preview.site_state import SiteState
from plugins.authoring.preview.watcher import Folders, changes

#: Seconds after which open connections are closed, so that Ctrl-C ends the preview at once.
_GRACE = 1
_ENDED_BADLY = "the process that builds has ended; what it said stands above. Save any file to try again"

Say = Callable[[str], None]


class LiveServer:
    """One live preview.

    Args:
        options: the options of the command.
        folders: the watched folders; the worker runs in ``root``.
        say: prints a line.
        complain: prints an error.
        hosts: the names of hosts that it answers to, without ports.
    """

    def __init__(
        self, options: ServeOptions, folders: Folders, say: Say, complain: Say, hosts: Sequence[str] = LOCAL
    ) -> None:
        self._options = options
        self._folders = folders
        self._say = say
        self._complain = complain
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._drafts: Mapping[str, bytes] = {}
        self._number = 0
        self._waiting: dict[int, asyncio.Future[DraftReport]] = {}
        self.state = SiteState(lambda path: self._send(FileRequest(path)))
        #: The application that is served. A caller may wrap it before ``run``.
        self.application: ASGIApp = app(self.state, self._not_found, hosts)

    def run(self, listening: socket.socket, opened: Callable[[], None]) -> None:
        """Serve on ``listening`` until Ctrl-C; call ``opened`` once there is something to show."""
        asyncio.run(self._run(listening, opened))

    async def show_drafts(self, drafts: Mapping[str, bytes]) -> DraftReport:
        """Show the site with ``drafts`` in place of files of the content folder, and return the problems in them.

        The drafts stay until the next call. The findings may be those of later drafts.
        """
        self._drafts = dict(drafts)
        self._rebuild()
        future: asyncio.Future[DraftReport] = asyncio.get_running_loop().create_future()
        self._waiting[self._number] = future
        return await future

    def _rebuild(self) -> None:
        self._number += 1
        self._send(Rebuild(self.state.views, self._drafts, self._number))

    def _settle(self, found: DraftReport) -> None:
        for number in [number for number in self._waiting if number <= found.number]:
            future = self._waiting.pop(number)
            if not future.done():
                future.set_result(found)

    async def _run(self, listening: socket.socket, opened: Callable[[], None]) -> None:
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):  # Windows raises KeyboardInterrupt instead
                loop.add_signal_handler(name, ended.set)
        config = uvicorn.Config(
            self.application,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            # The client is who connects, not who a header names.
            proxy_headers=False,
            http=DeadlineProtocol,
            timeout_graceful_shutdown=_GRACE,
        )
        server = _Server(config)
        ending = asyncio.create_task(ended.wait())
        # Watch before the first build reads a file, so that no save is missed.
        watching = asyncio.create_task(self._watch())
        serving: asyncio.Task[None] | None = None
        try:
            await self._begin()
            ready = asyncio.create_task(self.state.ready.wait())
            await asyncio.wait({ready, ending, watching}, return_when=asyncio.FIRST_COMPLETED)
            if not ended.is_set():
                serving = asyncio.create_task(server.serve(sockets=[listening]))
                # The socket listens already, so an early browser waits until the server runs.
                opened()
                await asyncio.wait({ending, serving, watching}, return_when=asyncio.FIRST_COMPLETED)
            ready.cancel()
        finally:
            self.state.end()
            server.should_exit = True
            await self._stop()
            # Raise the error of the watcher, if that is why this ends.
            failed = watching.exception() if watching.done() else None
            while isinstance(failed, BaseExceptionGroup):
                # Both watchers fail for the same reason.
                failed = failed.exceptions[0]
            for task in (watching, ending):
                task.cancel()
            await asyncio.wait({watching})
            if serving is not None:
                await serving
        if failed:
            raise failed

    async def _begin(self) -> None:
        """Start a worker, and request the first build."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "plugins.authoring.preview",
            json.dumps(asdict(self._options)),
            cwd=self._folders.root,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # Ctrl-C in the terminal reaches only this process, which ends the worker itself.
            start_new_session=True,
        )
        self._reading = asyncio.create_task(self._read_messages(self._process))
        self._rebuild()

    async def _stop(self) -> None:
        """End the worker, which writes nothing that could be left incomplete."""
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            # Read the pipe to its end, because asyncio waits without end if something is left in it.
            if self._reading is not None:
                await self._reading
            await process.wait()
        self._give_up_waiting()

    def _send(self, message: object) -> None:
        process = self._process
        if process is None or process.stdin is None or process.returncode is not None:
            # The caller begins to wait after this call.
            asyncio.get_running_loop().call_soon(self._give_up_waiting)
            return
        process.stdin.write(packed(message))

    async def _watch(self) -> None:
        async for files in changes(self._folders):
            ended = self._process is None or self._process.returncode is not None
            if ended or any(map(self._folders.is_code, files)):
                await self._stop()
                await self._begin()
            else:
                self._rebuild()

    async def _read_messages(self, process: asyncio.subprocess.Process) -> None:
        """Handle the messages of the worker until it ends."""
        has_spoken = False
        pipe = process.stdout
        with contextlib.suppress(asyncio.IncompleteReadError):
            while pipe is not None:
                (length,) = LENGTH.unpack(await pipe.readexactly(LENGTH.size))
                # The worker, a child of this process, wrote it.
                message = pickle.loads(await pipe.readexactly(length))  # noqa: S301
                has_spoken = True
                if process is self._process:
                    self.state.take(message)
                    if isinstance(message, DraftReport):
                        self._settle(message)
                    self._show(message)
        if process is not self._process:
            return
        if not has_spoken:
            self._complain(f"error: {_ENDED_BADLY}")
        self._give_up_waiting()
        self.state.ready.set()

    def _give_up_waiting(self) -> None:
        """Answer the requests that an ended worker cannot answer."""
        self.state.give_up_waiting()
        self._settle(DraftReport(self._number, failed=_ENDED_BADLY))

    def _show(self, message: object) -> None:
        """Print the result of a build."""
        if isinstance(message, Diagnostics) and message.report:
            self._complain(f"{message.report}\n")
        if isinstance(message, Diagnostics) and message.problems:
            count = len(message.problems)
            problems = "1 problem stops" if count == 1 else f"{count} problems stop"
            self._complain(f"{problems} the site; the last good one is shown until that is mended.")
        if isinstance(message, Finished):
            pages = "1 page is" if message.changed == 1 else f"{message.changed} pages are"
            self._say(f"{pages} new, after {message.seconds:.2f} s.")

    def _not_found(self, target: str) -> None:
        self._complain(f"not found: {ascii(target)[1:-1]}")


class _Server(uvicorn.Server):
    """Leaves signals alone: ``LiveServer`` handles them."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Do nothing."""
        yield
