"""Check the print layout of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playwright.sync_api import PdfMargins

from plugins.link_check.pages import HELP
from plugins.link_check.violation import Violation
from tests.site_audit.engines.browser import Look, probe

#: The margins of a printer.
_MARGINS: PdfMargins = {"top": "1cm", "right": "1cm", "bottom": "1cm", "left": "1cm"}
_SHEET = re.compile(rb"/Type\s*/Page\b")


def check(look: Look) -> Iterator[Violation]:
    """Yield printed controls, links without a printed address, and a help page of more than one sheet."""
    # The width of A4 at 96 dpi.
    window = look.open(width=794, height=1123)
    window.emulate_media(media="print")
    found = probe(window, "print")
    yield from look.violations("print-controls", found["controls"])
    yield from look.violations("print-links", found["links"])
    if look.page.address == HELP:
        sheets = len(_SHEET.findall(window.pdf(format="A4", margin=_MARGINS)))
        if sheets != 1:
            yield Violation(look.page.address, "help-sheet", "", f"it takes {sheets} sheets of A4")
