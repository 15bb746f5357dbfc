"""Failure: what an exception means to a person who did not write the code, in one paragraph.

Mistakes in the content are problems and never raised. What is raised nonetheless is a mistake in the code or in a
template, and is nothing that an author could mend: they are told that it is not theirs, what was being done, and what
to pass on.
"""

from __future__ import annotations

import traceback
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_MEND = "Please pass this on to somebody who looks after the site. Run again with --debug to see where in the code."


#: Status of a command that a person stopped, as shells have it.
STOPPED = 130


class CodeFault(SystemExit):
    """A mistake in the code ended a command; ``code`` is the paragraph, its cause the exception.

    It is a way to exit, so that nothing between here and the command takes it for a failure that could be mended.
    """


class Stopped(SystemExit):
    """A person stopped a command, before anything was put in place; Pelican would only warn of it, and end with 0."""

    def __init__(self) -> None:
        super().__init__(STOPPED)


def fault(error: Exception, *, outcome: str) -> CodeFault:
    """Return what ends a command after ``error``.

    Args:
        error: as it was raised; its notes (``add_note``) say what was being done.
        outcome: what became of what the command was to do, one sentence.
    """
    made = CodeFault(explained(error, outcome=outcome))
    made.__cause__ = error
    return made


def explained(error: Exception, *, outcome: str) -> str:
    """Return what happened, where, and what to do, in one paragraph."""
    what = f"{type(error).__name__}: {getattr(error, 'message', None) or error}".strip().rstrip(".:")
    parts = [f"error: the mistake is ours, not yours. {what}."]
    doing = getattr(error, "__notes__", [])
    place = where(error)
    if doing:
        parts.append(f"It happened while {', '.join(doing)}{f', in {place}' if place else ''}.")
    elif place:
        parts.append(f"It happened in {place}.")
    return " ".join((*parts, outcome, _MEND))


def where(error: Exception) -> str:
    """Return the last line of the project that ``error`` went through, or that it names; "" when there is none."""
    file, line = _place(error)
    if not line:
        return ""
    path = Path(file)
    shown = path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else file
    return f"line {line} of {shown}"


def _place(error: Exception) -> tuple[str, int]:
    # A template that cannot be read is itself at fault, and is no step on the way.
    name, number = getattr(error, "filename", None), getattr(error, "lineno", None)
    if name and number:
        return str(name), int(number)
    last, template = ("", 0), ("", 0)
    for frame, line in traceback.walk_tb(error.__traceback__):
        file = frame.f_code.co_filename
        if file.endswith(".html"):
            template = (file, line)
        elif Path(file).is_relative_to(_ROOT) and "site-packages" not in file:
            last = (file, line)
    return template if template[1] else last
