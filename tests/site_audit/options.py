"""The options of `inv audit`."""

from __future__ import annotations

from typing import TypedDict


class Options(TypedDict, total=False):
    """The options of the command; what is left out is not asked.

    Attributes:
        pages: addresses to check, with commas between them.
        only: names of rules to check, with commas between them.
        every: the heavy engines take every page, not one of each type.
        quick: the heavy engines take none.
        figures: show what was measured, as a table.
        json: a file for the report as JSON.
    """

    pages: str
    only: str
    every: bool
    quick: bool
    figures: bool
    json: str
