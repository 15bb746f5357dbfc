"""Firefox: the same pages in the other browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from plugins.checks.built import BuiltPage
from plugins.checks.engines.programs import answers
from plugins.checks.rules import Miss
from plugins.checks.tools import PACKAGES, Tools

_SCRIPT = PACKAGES / "firefox.mjs"
_WIDTHS = (320, 1280)


def check(url: str, pages: Sequence[BuiltPage], tools: Tools, tick: Callable[[], None]) -> Iterator[Miss]:
    """Yield what Firefox complains of, and what scrolls sideways in it."""
    question = {
        "firefox": str(tools.firefox),
        "root": url,
        "pages": [page.address for page in pages],
        "widths": _WIDTHS,
    }
    for answer in answers(tools.node, _SCRIPT, question, tick):
        for complaint in answer["complaints"]:
            yield Miss(answer["page"], "firefox-error", complaint, "Firefox says so")
        for one in answer["sideways"]:
            yield Miss(answer["page"], "firefox-reflow", "html", f"{one['wide']} px too wide at {one['width']} px")
