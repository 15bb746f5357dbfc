"""Failure: what an exception means to a person who did not write the code, in one paragraph.

Mistakes in the content are problems and never raised. What is raised nonetheless is one of three things: a sentence for
the person (``UserError``), a refusal of the machine such as a full disk, which they can mend, or a mistake in the
code or in a template, which they cannot: they are told that it is not theirs, what was being done, and what to pass on.
"""

from __future__ import annotations

import contextlib
import errno
import os
import traceback
from collections.abc import Iterator
from pathlib import Path

from plugins.base.terminal import shown

_ROOT = Path(__file__).resolve().parents[2]
_MEND = "Please pass this on to somebody who looks after the site. Run again with --debug to see where in the code."


_AGAIN = "run this again"
_GIVE_LEAVE = "let this user read and write it, or choose another folder"
#: What the machine refuses, by the number that it gives, and how to mend it; ``{}`` is the file.
_REFUSALS = {
    errno.ENOSPC: ("the disk is full: there is no room for {}", f"free some space and {_AGAIN}"),
    errno.EDQUOT: (
        "this user's share of the disk is used up: there is no room for {}",
        f"free some space and {_AGAIN}",
    ),
    errno.EFBIG: ("{} would be larger than this user's files may be", f"raise the limit (`ulimit -f`) and {_AGAIN}"),
    errno.EACCES: ("this user may not open or change {}", _GIVE_LEAVE),
    errno.EPERM: ("this user may not open or change {}", _GIVE_LEAVE),
    errno.EROFS: ("{} lies on a disk that can only be read", "choose a folder on another disk"),
    errno.ENOENT: ("{} is not there, or was taken away a moment ago", f"put it back, or {_AGAIN}"),
    errno.ENOTDIR: ("a file stands where {} needs a folder", f"move that file away and {_AGAIN}"),
    errno.EEXIST: ("something stands where {} is to be made", f"move it away and {_AGAIN}"),
    errno.EISDIR: ("a folder stands where the file {} belongs", f"move it away and {_AGAIN}"),
    errno.ENOTEMPTY: ("the folder {} was to be taken away, and something was put into it", _AGAIN),
    errno.ENAMETOOLONG: ("the name {} is longer than this disk can hold", f"shorten it and {_AGAIN}"),
    errno.ELOOP: ("{} is a link that leads back to itself", f"delete it and {_AGAIN}"),
    errno.EXDEV: ("{} lies on another disk than the folder around it", "choose a folder inside it"),
    errno.EBUSY: ("another program holds {}", f"close that program and {_AGAIN}"),
    errno.ETXTBSY: ("another program holds {}", f"close that program and {_AGAIN}"),
    errno.EMFILE: ("too many files are open, so {} cannot be", f"allow more (`ulimit -n 4096`) and {_AGAIN}"),
    errno.ENFILE: ("too many files are open on this machine, so {} cannot be", f"close other programs and {_AGAIN}"),
    errno.EAGAIN: ("this machine can start no more programs now", f"close other programs and {_AGAIN}"),
    errno.ENOMEM: ("this machine has no memory left", f"close other programs and {_AGAIN}"),
    errno.EIO: ("the disk could not read or write {}", f"check the disk, or copy the folder to another, and {_AGAIN}"),
    errno.ESTALE: ("the disk that holds {} is no longer connected", f"connect it and {_AGAIN}"),
    errno.EPIPE: ("a program that was to help ended too early", _AGAIN),
}

#: Status of a command that a person stopped, as shells have it.
STOPPED = 130


class InternalError(SystemExit):
    """A mistake in the code ended a command; ``code`` is the paragraph, its cause the exception.

    It is a way to exit, so that nothing between here and the command takes it for a failure that could be mended.
    """


class Interrupted(SystemExit):
    """A person stopped a command, before anything was put in place; Pelican would only warn of it, and end with 0."""

    def __init__(self) -> None:
        super().__init__(STOPPED)


class UserError(ValueError):
    """Something that the person at the terminal can mend; the message says what is wrong and how to mend it."""


@contextlib.contextmanager
def naming(file: Path) -> Iterator[None]:
    """Let a refusal of the machine name ``file``: one of a write names none, and others name a temporary file."""
    try:
        yield
    except OSError as error:
        if error.errno is not None:
            error.filename, error.filename2 = str(file), None
        raise


def refusal(error: BaseException) -> str:
    """Return what the machine refused and how to mend it, two sentences; "" where ``error`` is no such refusal."""
    if isinstance(error, MemoryError):
        error = OSError(errno.ENOMEM, "")
    if not isinstance(error, OSError) or error.errno not in _REFUSALS:
        return ""
    what, hint = _REFUSALS[error.errno]
    file = error.filename2 or error.filename
    if error.errno == errno.ENOENT and _is_program(error):
        what, hint = "the program {} is not installed", f"install it and {_AGAIN}"
    named = f"`{_shown(file)}`" if isinstance(file, str | bytes) and file else "a file"
    return f"{what.format(named)}. {hint[0].upper()}{hint[1:]}."


def _is_program(error: OSError) -> bool:
    """Tell whether a program was to be started that is not there."""
    steps = traceback.extract_tb(error.__traceback__)
    return bool(steps) and Path(steps[-1].filename).name == "subprocess.py"


def _shown(file: str | bytes) -> str:
    path = Path(os.fsdecode(file))
    # A name alone is that of a program, or of what has no place in a folder.
    return shown(path) if path.is_absolute() else str(path)


def internal_error(error: Exception, *, outcome: str) -> InternalError:
    """Return what ends a command after ``error``.

    Args:
        error: as it was raised; its notes (``add_note``) say what was being done.
        outcome: what became of what the command was to do, one sentence.
    """
    made = InternalError(explained(error, outcome=outcome))
    made.__cause__ = error
    return made


def explained(error: Exception, *, outcome: str) -> str:
    """Return what happened, where, and what to do, in one paragraph."""
    if told := refusal(error):
        return f"error: {told} {outcome}".strip()
    what = f"{type(error).__name__}: {getattr(error, 'message', None) or error}".strip().rstrip(".:")
    parts = [f"error: the mistake is ours, not yours. {what}."]
    doing = getattr(error, "__notes__", [])
    place = where(error)
    if doing:
        parts.append(f"It happened while {', '.join(doing)}{f', in {place}' if place else ''}.")
    elif place:
        parts.append(f"It happened in {place}.")
    return " ".join(filter(None, (*parts, outcome, _MEND)))


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
