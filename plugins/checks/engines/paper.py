"""Paper: what a page is when it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playwright.sync_api import PdfMargins

from plugins.checks.engines.browser import Look, probe
from plugins.checks.rules import HELP, Miss

#: What printers leave white.
_MARGINS: PdfMargins = {"top": "1cm", "right": "1cm", "bottom": "1cm", "left": "1cm"}
_SHEET = re.compile(rb"/Type\s*/Page\b")


def check(look: Look) -> Iterator[Miss]:
    """Yield the controls that are printed, the links whose address is not, and a help page of more than one sheet."""
    # As wide as A4 at 96 dpi.
    window = look.open(width=794, height=1123)
    window.emulate_media(media="print")
    found = probe(window, "paper")
    yield from look.misses("print-controls", found["controls"])
    yield from look.misses("print-links", found["links"])
    if look.page.address == HELP:
        sheets = len(_SHEET.findall(window.pdf(format="A4", margin=_MARGINS)))
        if sheets != 1:
            yield Miss(look.page.address, "help-sheet", "", f"it takes {sheets} sheets of A4")
