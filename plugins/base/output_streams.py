"""Make stdout and stderr tolerate terminals with a small character set and pipes that are closed early."""

from __future__ import annotations

import io
import os
import sys
from typing import TextIO

#: File name of an ``OSError`` raised by a standard stream.
NAME = "what this command prints"


class TolerantStream(io.TextIOWrapper):
    """A text stream that drops what is written after its reader closed the pipe."""

    def write(self, text: str) -> int:
        """Write ``text``.

        Raises:
            OSError: for any error but a closed pipe.
        """
        try:
            return super().write(text)
        except OSError as error:
            self._discard_output(error)
        return len(text)

    def flush(self) -> None:
        """Flush the buffer.

        Raises:
            OSError: for any error but a closed pipe.
        """
        try:
            super().flush()
        except OSError as error:
            self._discard_output(error)

    def _discard_output(self, error: OSError) -> None:
        # Otherwise each later write fails, too, and Python prints a warning when it flushes the stream at exit.
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, self.fileno())
        os.close(null)
        if not isinstance(error, BrokenPipeError):
            raise OSError(error.errno, error.strerror, NAME) from error


def make_streams_tolerant() -> None:
    """Replace stdout and stderr with a ``TolerantStream`` that escapes characters outside the terminal's encoding."""
    sys.stdout, sys.stderr = _tolerant(sys.stdout), _tolerant(sys.stderr)


def _tolerant(stream: TextIO) -> TextIO:
    # Under pythonw there is no stream. Tests replace it with one of another type.
    if type(stream) is not io.TextIOWrapper:
        return stream
    encoding, by_line = stream.encoding, stream.line_buffering
    return TolerantStream(stream.detach(), encoding=encoding, errors="backslashreplace", line_buffering=by_line)
