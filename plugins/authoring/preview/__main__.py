"""Worker process that builds: ``python -m plugins.authoring.preview OPTIONS``; talks to the server over pipes.

It ends when the server does. Output of plugins goes to stderr, never into the pipe.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
import traceback
from queue import Empty, SimpleQueue
from threading import Thread
from typing import BinaryIO

from plugins.authoring.preview.diagnostics import startup
from plugins.authoring.preview.messages import FileRequest, FilesReply, Rebuild, ServeOptions, receive, send

#: Seconds after the last change of a draft before background work begins. Otherwise the check of the next change would
#: wait for a step of that work.
_PAUSE = 2.0


def main(options_json: str) -> None:
    """Build what the server requests, until it closes the pipe."""
    # All objects of a build live until the next one. The builder collects the others when it has nothing else to do.
    gc.disable()
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    messages: SimpleQueue[object | None] = SimpleQueue()
    Thread(target=_read_messages, args=(incoming, messages), daemon=True).start()
    found = json.loads(options_json)
    options = ServeOptions(**{**found, "allowed": tuple(found["allowed"])})
    try:
        # Imported here, because it loads the settings and the plugins, which may contain a mistake.
        from plugins.authoring.preview.command import builder  # noqa: PLC0415

        building = builder(options, lambda message: send(outgoing, message))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, the author must see it
        traceback.print_exc()
        send(outgoing, startup(error))
        # This process can build nothing. Until the server replaces it, requests get the last good file.
        while (message := messages.get()) is not None:
            if isinstance(message, FileRequest):
                send(outgoing, FilesReply(message.path, None, failed=True))
        return
    busy, begins = False, 0.0
    while (message := _next(messages, begins - time.monotonic() if busy else None)) is not None:
        building.take(message)
        if isinstance(message, Rebuild):
            begins = time.monotonic() + (_PAUSE if message.drafts else 0)
        busy = begins > time.monotonic() or building.go_on()


def _read_messages(pipe: BinaryIO, messages: SimpleQueue[object | None]) -> None:
    message: object | None = ""
    while message is not None:
        message = receive(pipe)
        messages.put(message)


def _next(messages: SimpleQueue[object | None], seconds: float | None) -> object | None:
    """Return the next message, None at the end. Skip outdated rebuilds.

    Args:
        messages: the messages received.
        seconds: how long to wait for one before "" is returned; None for ever.
    """
    try:
        message = messages.get(timeout=None if seconds is None else max(0, seconds))
    except Empty:
        return ""
    while isinstance(message, Rebuild):
        try:
            later = messages.get(block=False)
        except Empty:
            return message
        if later is None or isinstance(later, Rebuild):
            message = later
        else:
            # A requested file comes from the build that is about to run.
            messages.put(later)
            return message
    return message


if __name__ == "__main__":
    main(sys.argv[1])
