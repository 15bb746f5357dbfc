"""Failure."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import TemplateSyntaxError

from plugins.content_model.failure import CodeFault, explained, fault, where
from plugins.content_model.settings import SiteSettings


def raised() -> Exception:
    """An exception of our own code."""
    with pytest.raises(KeyError) as found:
        SiteSettings.from_pelican({})
    return found.value


def test_it_says_what_where_and_what_to_do() -> None:
    """The paragraph has the exception, what was being done, the line of our code, the outcome and the next step."""
    error = raised()
    error.add_note("making about/index.html")
    said = explained(error, outcome="Nothing was written.")
    assert said.startswith(
        "error: the mistake is ours, not yours. KeyError: 'SITEURL'. It happened while making about/"
    )
    assert "of plugins/content_model/settings.py" in said
    assert "Nothing was written. Please pass this on" in said
    assert "\n" not in said


def test_a_template_that_cannot_be_read_is_named_itself() -> None:
    """An exception that names a file and a line is told there, wherever it was raised."""
    error = TemplateSyntaxError("unexpected end", 3, "page.html", "/theme/templates/page.html")
    assert where(error) == "line 3 of /theme/templates/page.html"


def test_an_exception_from_elsewhere_has_no_place() -> None:
    """Where none of our code took part, no place is told."""
    assert where(ValueError("x")) == ""
    assert "It happened" not in explained(ValueError("x"), outcome="")


def test_it_ends_a_command_with_its_cause() -> None:
    """The fault is a way to exit that keeps the exception."""
    error = raised()
    stop = fault(error, outcome="Nothing was written.")
    assert isinstance(stop, CodeFault)
    assert stop.__cause__ is error
    assert Path(__file__).name not in str(stop.code)
