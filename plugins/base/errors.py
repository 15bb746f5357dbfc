"""Turn an exception into one paragraph for a person who did not write the code.

Mistakes in the content are ``Problem`` values and are never raised. An exception is one of three things: a
``UserError``, whose message is meant for the user; an ``OSError`` such as a full disk, which the user can resolve; or a
bug in the code or a template. For a bug the paragraph names the place and what to report.
"""

from __future__ import annotations

import contextlib
import errno
import os
import traceback
from collections.abc import Iterator
from pathlib import Path

from plugins.base.terminal import display_path

_ROOT = Path(__file__).resolve().parents[2]
_REPORT = "Please pass this on to somebody who looks after the site. Run again with --debug to see where in the code."

_AGAIN = "run this again"
_GIVE_LEAVE = "let this user read and write it, or choose another folder"
#: Message and hint by ``errno``. ``{}`` stands for the file.
_OS_ERRORS = {
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

#: Exit status of a command that Ctrl-C ended, as in shells: 128 + SIGINT.
INTERRUPTED_STATUS = 130


class InternalError(SystemExit):
    """A bug ended a command. ``code`` is the paragraph for the user, ``__cause__`` the exception.

    It derives from ``SystemExit`` so that no ``except Exception`` between here and the command handles it.
    """


class Interrupted(SystemExit):
    """Ctrl-C ended a command before it wrote anything. Pelican would log a ``KeyboardInterrupt`` and exit with 0."""

    def __init__(self) -> None:
        super().__init__(INTERRUPTED_STATUS)


class UserError(ValueError):
    """An error that the user can correct. The message says what is wrong and what to do."""


@contextlib.contextmanager
def attach_path(file: Path | str) -> Iterator[None]:
    """Set the file name of an ``OSError`` raised in the block. ``write`` sets none, others name a temporary file."""
    try:
        yield
    except OSError as error:
        if error.errno is not None:
            error.filename, error.filename2 = str(file), None
        raise


def os_error_message(error: BaseException) -> str:
    """Return two sentences on an operating-system error: what failed and what to do. "" for any other exception."""
    if isinstance(error, MemoryError):
        error = OSError(errno.ENOMEM, "")
    if not isinstance(error, OSError) or error.errno not in _OS_ERRORS:
        return ""
    what, hint = _OS_ERRORS[error.errno]
    file = error.filename2 or error.filename
    if error.errno == errno.ENOENT and _is_missing_program(error):
        what, hint = "the program {} is not installed", f"install it and {_AGAIN}"
    name = f"`{_display_name(file)}`" if isinstance(file, str | bytes) and file else "a file"
    return f"{what.format(name)}. {hint[0].upper()}{hint[1:]}."


def _is_missing_program(error: OSError) -> bool:
    """Return True if ``subprocess`` raised ``error`` because a program does not exist."""
    frames = traceback.extract_tb(error.__traceback__)
    return bool(frames) and Path(frames[-1].filename).name == "subprocess.py"


def _display_name(file: str | bytes) -> str:
    path = Path(os.fsdecode(file))
    # A relative name is that of a program or a stream.
    return display_path(path) if path.is_absolute() else str(path)


def internal_error(error: Exception, *, outcome: str) -> InternalError:
    """Return the exception that ends a command after the bug ``error``.

    Args:
        error: the exception. Its notes (``add_note``) say what was being done.
        outcome: one sentence on the state that the command leaves behind.
    """
    internal = InternalError(explain(error, outcome=outcome))
    internal.__cause__ = error
    return internal


def explain(error: Exception, *, outcome: str) -> str:
    """Return one paragraph: what happened, where, and what to do. Arguments as in ``internal_error``."""
    if message := os_error_message(error):
        return f"error: {message} {outcome}".strip()
    what = f"{type(error).__name__}: {getattr(error, 'message', None) or error}".strip().rstrip(".:")
    parts = [f"error: the mistake is ours, not yours. {what}."]
    notes = getattr(error, "__notes__", [])
    location = error_location(error)
    if notes:
        parts.append(f"It happened while {', '.join(notes)}{f', in {location}' if location else ''}.")
    elif location:
        parts.append(f"It happened in {location}.")
    return " ".join(filter(None, (*parts, outcome, _REPORT)))


def error_location(error: Exception) -> str:
    """Return the innermost line of the project in the traceback of ``error``, or the line that it names; else ""."""
    file, line = _file_and_line(error)
    if not line:
        return ""
    path = Path(file)
    name = path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else file
    return f"line {line} of {name}"


def _file_and_line(error: Exception) -> tuple[str, int]:
    # A syntax error of a template names its file. The template has no frame in the traceback.
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
