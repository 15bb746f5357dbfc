"""Streams: what a command prints goes on whatever reads it: a terminal of few letters, or a pipe that is closed."""

from __future__ import annotations

import io
import os
import sys
from typing import TextIO

#: How a refusal of the machine names what is printed.
NAME = "what this command prints"


class PatientStream(io.TextIOWrapper):
    """Shows a letter that the reader cannot show as an escape, and goes on in silence once nobody reads any more."""

    def write(self, text: str) -> int:
        """Write ``text``.

        Raises:
            OSError: when it cannot be written for another reason than that its reader has gone.
        """
        try:
            return super().write(text)
        except OSError as error:
            self._give_up(error)
        return len(text)

    def flush(self) -> None:
        """Hand on what was written.

        Raises:
            OSError: as ``write``.
        """
        try:
            super().flush()
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        # From here on all leads nowhere: else it would fail again, and Python itself would complain at the end.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)
        if not isinstance(error, BrokenPipeError):
            raise OSError(error.errno, error.strerror, NAME) from error


def make_patient() -> None:
    """Let whatever this process prints from here on go through ``PatientStream``."""
    sys.stdout, sys.stderr = _patient(sys.stdout), _patient(sys.stderr)


def _patient(stream: TextIO) -> TextIO:
    # There may be none, or one that a test has put there.
    if type(stream) is not io.TextIOWrapper:
        return stream
    encoding, by_line = stream.encoding, stream.line_buffering
    return PatientStream(stream.detach(), encoding=encoding, errors="backslashreplace", line_buffering=by_line)
