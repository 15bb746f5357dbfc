"""Define the options of ``inv audit``."""

from __future__ import annotations

from typing import TypedDict


class Options(TypedDict, total=False):
    """The options of the command. All are optional.

    Attributes:
        pages: the addresses to check, separated by commas.
        only: the names of the rules to check, separated by commas.
        every: run the heavy engines on every page, not on one of each type.
        quick: do not run the heavy engines.
        figures: print the measurements as a table.
        json: the file for the report as JSON.
    """

    pages: str
    only: str
    every: bool
    quick: bool
    figures: bool
    json: str
