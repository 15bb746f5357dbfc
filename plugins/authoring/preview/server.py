"""LiveServer: a live preview, from the first build to Ctrl-C.

Two processes. This one watches files and answers browsers; it never waits for a build. The other builds
(``__main__.py``), one build after the other, and remembers. Where settings or plugins
change, a fresh one takes its place.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import pickle
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict

import uvicorn

from plugins.authoring.preview.app import app
from plugins.authoring.preview.deadline import DeadlineProtocol
from plugins.authoring.preview.messages import LENGTH, Diagnostics, FileRequest, Finished, Rebuild, ServeOptions, packed
from plugins.authoring.preview.site_state import SiteState
from plugins.authoring.preview.watcher import Folders, changes

#: After this the connections that are still open are cut (seconds): Ctrl-C ends at once.
_GRACE = 1
_ENDED_BADLY = "the process that builds has ended; what it said stands above. Save any file to try again"

Say = Callable[[str], None]


class LiveServer:
    """One live preview.

    Args:
        options: what was asked for.
        folders: what is watched; ``root`` is where the process that builds is run.
        say: shows a line to the person at the terminal.
        complain: the same for what is wrong.
    """

    def __init__(self, options: ServeOptions, folders: Folders, say: Say, complain: Say) -> None:
        self._options = options
        self._folders = folders
        self._say = say
        self._complain = complain
        self._process: asyncio.subprocess.Process | None = None
        self._hearing: asyncio.Task[None] | None = None
        self.shown = SiteState(lambda path: self._ask(FileRequest(path)))

    def run(self, listening: socket.socket, opened: Callable[[], None]) -> None:
        """Serve at ``listening`` until Ctrl-C; ``opened`` is called once there is something to see."""
        asyncio.run(self._run(listening, opened))

    async def _run(self, listening: socket.socket, opened: Callable[[], None]) -> None:
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):  # Windows raises KeyboardInterrupt instead
                loop.add_signal_handler(name, ended.set)
        config = uvicorn.Config(
            app(self.shown, self._not_found),
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            http=DeadlineProtocol,
            timeout_graceful_shutdown=_GRACE,
        )
        server = _Server(config)
        ending = asyncio.create_task(ended.wait())
        # Watching begins before the first build reads a file, so that no save falls between the two.
        watching = asyncio.create_task(self._watch())
        serving: asyncio.Task[None] | None = None
        try:
            await self._begin()
            ready = asyncio.create_task(self.shown.ready.wait())
            await asyncio.wait({ready, ending, watching}, return_when=asyncio.FIRST_COMPLETED)
            if not ended.is_set():
                serving = asyncio.create_task(server.serve(sockets=[listening]))
                # The socket listens already: who comes before the server has begun is answered then.
                opened()
                await asyncio.wait({ending, serving, watching}, return_when=asyncio.FIRST_COMPLETED)
            ready.cancel()
        finally:
            self.shown.end()
            server.should_exit = True
            await self._stop()
            # What failed in the background is the reason why this ends.
            failed = watching.exception() if watching.done() else None
            while isinstance(failed, BaseExceptionGroup):
                # Two watchers at once fail for the same reason.
                failed = failed.exceptions[0]
            for task in (watching, ending):
                task.cancel()
            await asyncio.wait({watching})
            if serving is not None:
                await serving
        if failed:
            raise failed

    async def _begin(self) -> None:
        """Start a process that builds, and ask it for the first build."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "plugins.authoring.preview",
            json.dumps(asdict(self._options)),
            cwd=self._folders.root,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # Ctrl-C on the terminal is for this process, which ends the other itself.
            start_new_session=True,
        )
        self._hearing = asyncio.create_task(self._hear(self._process))
        self._ask(Rebuild(self.shown.views))

    async def _stop(self) -> None:
        """End the process that builds; it writes nothing that could be left half done."""
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            # Heard to its end, and no longer heeded: asyncio waits for ever where something is left in the pipe.
            if self._hearing is not None:
                await self._hearing
            await process.wait()
        self.shown.give_up_waiting()

    def _ask(self, message: object) -> None:
        process = self._process
        if process is None or process.stdin is None or process.returncode is not None:
            self.shown.give_up_waiting()
            return
        process.stdin.write(packed(message))

    async def _watch(self) -> None:
        async for files in changes(self._folders):
            ended = self._process is None or self._process.returncode is not None
            if ended or any(map(self._folders.is_code, files)):
                await self._stop()
                await self._begin()
            else:
                self._ask(Rebuild(self.shown.views))

    async def _hear(self, process: asyncio.subprocess.Process) -> None:
        """Take in what the process that builds tells, until it ends."""
        told = False
        pipe = process.stdout
        with contextlib.suppress(asyncio.IncompleteReadError):
            while pipe is not None:
                (length,) = LENGTH.unpack(await pipe.readexactly(LENGTH.size))
                # Written by the other half of this program.
                message = pickle.loads(await pipe.readexactly(length))  # noqa: S301
                told = True
                if process is self._process:
                    self.shown.take(message)
                    self._show(message)
        if process is not self._process:
            return
        if not told:
            self._complain(f"error: {_ENDED_BADLY}")
        self.shown.give_up_waiting()
        self.shown.ready.set()

    def _show(self, message: object) -> None:
        """Show the person at the terminal what came of a build."""
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
    """Leaves signals alone: the desk ends everything in one place."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Do nothing."""
        yield
