"""Worker process that builds: ``python -m plugins.authoring.preview OPTIONS``; talks to the server over pipes.

It ends when the server does. What a plugin prints goes to the terminal as errors do, never into the pipe.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from queue import Empty, SimpleQueue
from threading import Thread
from typing import BinaryIO

from plugins.authoring.preview.diagnostics import startup
from plugins.authoring.preview.messages import FileRequest, FilesReply, Rebuild, ServeOptions, receive, send


def main(said: str) -> None:
    """Build what the desk asks for, until it hangs up."""
    hears = os.fdopen(os.dup(0), "rb")
    tells = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    asked: SimpleQueue[object | None] = SimpleQueue()
    Thread(target=_hear, args=(hears, asked), daemon=True).start()
    found = json.loads(said)
    options = ServeOptions(**{**found, "allowed": tuple(found["allowed"])})
    try:
        # Here, because it loads the settings and the plugins, which may hold a mistake.
        from plugins.authoring.preview.plugin import builder  # noqa: PLC0415

        building = builder(options, lambda message: send(tells, message))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, the author must see it
        traceback.print_exc()
        send(tells, startup(error))
        # Nothing can be made until a fresh process takes the place of this one: whoever waits gets the last good file.
        while (message := asked.get()) is not None:
            if isinstance(message, FileRequest):
                send(tells, FilesReply(message.path, None, failed=True))
        return
    busy = False
    while (message := _next(asked, wait=not busy)) is not None:
        building.take(message)
        busy = building.go_on()


def _hear(pipe: BinaryIO, asked: SimpleQueue[object | None]) -> None:
    message: object | None = ""
    while message is not None:
        message = receive(pipe)
        asked.put(message)


def _next(asked: SimpleQueue[object | None], *, wait: bool) -> object | None:
    """The next message: "" when there is none and nobody waits, None at the end. Of builds in a row, the last."""
    try:
        message = asked.get(block=wait)
    except Empty:
        return ""
    while isinstance(message, Rebuild):
        try:
            later = asked.get(block=False)
        except Empty:
            return message
        if later is None or isinstance(later, Rebuild):
            message = later
        else:
            # A file that somebody waits for comes from the build that is about to be.
            asked.put(later)
            return message
    return message


if __name__ == "__main__":
    main(sys.argv[1])
