"""Messages for exceptions."""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path

import pytest
from jinja2 import TemplateSyntaxError

from plugins.base.errors import InternalError, attach_path, error_location, explain, internal_error, os_error_message
from plugins.engine.settings import SiteSettings


def raised() -> Exception:
    """An exception of our own code."""
    with pytest.raises(KeyError) as found:
        SiteSettings.from_pelican({})
    return found.value


def test_explanation_of_a_bug() -> None:
    """It has the exception, its notes, the line of the project, the outcome and the next step."""
    error = raised()
    error.add_note("making about/index.html")
    said = explain(error, outcome="Nothing was written.")
    assert said.startswith(
        "error: the mistake is ours, not yours. KeyError: 'SITEURL'. It happened while making about/"
    )
    assert "of plugins/engine/settings.py" in said
    assert "Nothing was written. Please pass this on" in said
    assert "\n" not in said


def test_a_template_that_cannot_be_read_is_named_itself() -> None:
    """The location of a template's syntax error is the line of the template."""
    error = TemplateSyntaxError("unexpected end", 3, "page.html", "/theme/templates/page.html")
    assert error_location(error) == "line 3 of /theme/templates/page.html"


def test_no_location_without_a_line_of_the_project() -> None:
    """An exception whose traceback has no line of the project has no location."""
    assert error_location(ValueError("x")) == ""
    assert "It happened" not in explain(ValueError("x"), outcome="")


def test_internal_error_keeps_its_cause() -> None:
    """``InternalError`` has the exception as its cause."""
    error = raised()
    stop = internal_error(error, outcome="Nothing was written.")
    assert isinstance(stop, InternalError)
    assert stop.__cause__ is error
    assert Path(__file__).name not in str(stop.code)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(errno.ENOSPC, "x", "/srv/a"), "the disk is full: there is no room for `/srv/a`. Free some space"),
        (OSError(errno.EDQUOT, "x", "/srv/a"), "share of the disk is used up: there is no room for `/srv/a`."),
        (PermissionError(errno.EACCES, "x", "/srv/a"), "this user may not open or change `/srv/a`. Let this user"),
        (OSError(errno.EROFS, "x", "/srv/a"), "`/srv/a` lies on a disk that can only be read. Choose a folder"),
        (FileNotFoundError(errno.ENOENT, "x", "/srv/a"), "`/srv/a` is not there, or was taken away a moment ago."),
        (OSError(errno.ENAMETOOLONG, "x", "/srv/a"), "the name `/srv/a` is longer than this disk can hold. Shorten"),
        (OSError(errno.EMFILE, "x", "/srv/a"), "too many files are open, so `/srv/a` cannot be. Allow more"),
        (OSError(errno.ENOTDIR, "x", b"/srv/a"), "a file stands where `/srv/a` needs a folder. Move that file"),
        (OSError(errno.EXDEV, "x", "/srv/a", None, "/srv/b"), "`/srv/b` lies on another disk than the folder around"),
        (OSError(errno.ENOSPC, "x"), "there is no room for a file."),
        (BrokenPipeError(errno.EPIPE, "x"), "a program that was to help ended too early. Run this again."),
        (MemoryError(), "this machine has no memory left. Close other programs"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_message_of_an_os_error(error: Exception, says: str) -> None:
    """The message names the file and what to do. The explanation adds the outcome."""
    assert says in os_error_message(error)
    explanation = explain(error, outcome="Nothing was written.")
    assert explanation == f"error: {os_error_message(error)} Nothing was written."


def test_missing_program_is_named() -> None:
    """A program that does not exist is reported as a program, not as a file."""
    with pytest.raises(FileNotFoundError) as found:
        subprocess.run(["no-such-program"], check=False)
    assert (
        os_error_message(found.value)
        == "the program `no-such-program` is not installed. Install it and run this again."
    )


@pytest.mark.parametrize("error", [OSError("broken data stream"), OSError(errno.EINVAL, "x"), ValueError(28)])
def test_other_exceptions_are_bugs(error: Exception) -> None:
    """An ``OSError`` without a known number is explained as a bug."""
    assert os_error_message(error) == ""
    assert "the mistake is ours" in explain(error, outcome="")


def test_attach_path_sets_the_file_name(tmp_path: Path) -> None:
    """``attach_path`` replaces the file name of an ``OSError`` that has a number."""
    with pytest.raises(OSError, match="No space left") as found, attach_path(tmp_path / "page.html"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert f"`{tmp_path / 'page.html'}`" in os_error_message(found.value)
    with pytest.raises(OSError, match="broken"), attach_path(tmp_path):
        raise OSError("broken data stream")
